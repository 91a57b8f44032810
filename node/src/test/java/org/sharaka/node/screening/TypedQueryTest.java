package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sharaka.identifiers.Region;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Schema;

class TypedQueryTest {
    private static TypedQuery read(String typed) {
        return TypedQuery.read(typed, Region.of("MA"));
    }

    @Test
    void aNameIsAName() {
        assertThat(read("  Yasmine   Tazerwalti ").as(Schema.PERSON).names()).containsExactly("Yasmine Tazerwalti");
        assertThat(read("قاسم الزنجبيلي").as(Schema.PERSON).names()).containsExactly("قاسم الزنجبيلي");
        assertThat(read("Yasmine").as(Schema.PERSON).keys()).isEmpty();
    }

    @Test
    void aDateBesideANameIsWhenThePersonWasBorn() {
        PartialDate day = PartialDate.parse("1970-05-03").orElseThrow();
        for (String typed : List.of("Awa Diakhate 03/05/1970", "3-5-1970 Awa Diakhate", "Awa Diakhate 1970-05-03")) {
            assertThat(read(typed).as(Schema.PERSON).births()).as(typed).containsExactly(day);
            assertThat(read(typed).as(Schema.PERSON).names()).as(typed).containsExactly("Awa Diakhate");
        }
        assertThat(read("أوا دياخاتي ٠٣/٠٥/١٩٧٠").births()).containsExactly(day);
        assertThat(read("Awa Diakhate 1970").as(Schema.PERSON).births()).containsExactly(PartialDate.year(1970));
    }

    @Test
    void aYearMayBelongToACompanysName() {
        assertThat(read("Nordquell 1970").as(Schema.ORGANIZATION).names()).containsExactly("Nordquell 1970");
        assertThat(read("Nordquell 1970").as(Schema.ORGANIZATION).births()).isEmpty();
    }

    @Test
    void aNumberIsLookedUpAsWhateverItMayBe() {
        assertThat(read("x 1234567").as(Schema.PERSON).keys())
                .contains(new ExactKey(ExactKey.Kind.DOCUMENT, "X1234567", ""));
        assertThat(read("IMO 9074729").as(Schema.VEHICLE).keys())
                .contains(new ExactKey(ExactKey.Kind.IMO, "9074729", ""));
        assertThat(read("GB29 NWBK 6016 1331 9268 19").as(Schema.PERSON).keys())
                .contains(new ExactKey(ExactKey.Kind.ACCOUNT, "GB29NWBK60161331926819", ""));
        assertThat(read("Awa Diakhate AB123456").as(Schema.PERSON).keys())
                .contains(new ExactKey(ExactKey.Kind.DOCUMENT, "AB123456", ""));
        assertThat(read("Awa Diakhate AB123456").as(Schema.PERSON).names()).containsExactly("Awa Diakhate");
        assertThat(read("someone@mail.example").as(Schema.PERSON).keys())
                .contains(new ExactKey(ExactKey.Kind.EMAIL, "someone@mail.example", ""));
    }

    @Test
    void nothingToLookUpIsSaidToBeNothing() {
        for (String typed : List.of("", "   ", "-.,;", "\u202e\u200f\u0000", "😀😀", "17"))
            assertThat(read(typed).isEmpty()).as(typed).isTrue();
    }

    @Test
    void whateverIsTypedIsReadInBoundedTime() {
        for (String typed : List.of(
                "a".repeat(100_000),
                "1".repeat(100_000),
                "12/12/1212 ".repeat(10_000),
                "A1234567 ".repeat(10_000),
                "y" + "\u0301".repeat(100_000),
                "\ud800".repeat(1_000),
                "@".repeat(10_000))) {
            long begun = System.nanoTime();
            TypedQuery query = read(typed);

            // No figure: it only tells a bound from none.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            assertThat(query.as(Schema.PERSON).keys()).hasSizeLessThanOrEqualTo(ScreeningService.NUMBERS_MAX);
        }
    }
}
