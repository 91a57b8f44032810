package org.sharaka.linking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.SharedInfrastructure;

class HostileEvidenceTest {
    private final LinkPolicy policy = LinkPolicy.standard();
    private final KeyDeriver deriver = new KeyDeriver(policy, SharedInfrastructure.bundled());

    @Test
    void aReportOfTenThousandIdentifiersLinksThroughABoundedSubsetAndSaysSo() {
        List<Identifier> identifiers = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            identifiers.add(new Identifier(IdentifierKind.PHONE, "+2126%08d".formatted(i), "+212 6 " + i));
        }

        KeyDeriver.Derivation derivation = deriver.derivation(new Evidence(identifiers, ""));

        assertThat(derivation.keys()).hasSize(policy.keysPerReportMax());
        assertThat(derivation.leftOut()).isEqualTo(10_000 - policy.keysPerReportMax());
        Collections.reverse(identifiers);
        assertThat(deriver.derive(new Evidence(identifiers, "")))
                .containsExactlyInAnyOrderElementsOf(derivation.keys());
    }

    @Test
    void anEmptyTextGivesNoKey() {
        assertThat(deriver.derive(new Evidence(List.of(), ""))).isEmpty();
        assertThat(deriver.derive(new Evidence(List.of(), " \n\u200b\ud83d "))).isEmpty();
    }

    @Test
    void aMegabyteOfAnythingIsReadInReasonableTime() {
        for (String unit : List.of("a", "http", "a.", "ـ", "@", "٣", "名", "www.", "x-", "\"", "word ")) {
            assertThat(deriver.derive(new Evidence(List.of(), unit.repeat(1_000_000 / unit.length()))))
                    .hasSizeLessThanOrEqualTo(policy.keysPerReportMax());
        }
    }

    @Test
    void aMegabyteOfCuesAndOfPlacesToLookIntoIsReadInReasonableTime() {
        List<Identifier> identifiers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            identifiers.add(new Identifier(IdentifierKind.EMAIL, "a".repeat(5 + i % 40) + "@a.example", "a"));
        }
        for (String unit : List.of(
                "my account ",
                "in the name of ",
                "platform called ",
                "order number ",
                "\"my bank ",
                "«",
                "au nom de A-",
                "1 ",
                "aaaa")) {
            String text = unit.repeat(1_000_000 / unit.length());
            assertThat(deriver.derive(new Evidence(identifiers, text)))
                    .as(unit)
                    .hasSizeLessThanOrEqualTo(policy.keysPerReportMax());
        }
    }

    @Test
    void anIdentifierInAHundredThousandReportsStaysCheapAndJoinsNobodyOnceObserved() {
        InMemoryLinkStore store = new InMemoryLinkStore();
        Linker linker = new Linker(store, policy);
        LinkKey hotline = LinkKey.of(KeyKind.PHONE, "everybody's number");
        long report = 0;
        for (int batch = 0; batch < 200; batch++) {
            List<LinkedReport> reports = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                report++;
                LinkKey own = LinkKey.of(KeyKind.IBAN, "account " + report % 20_000);
                reports.add(new LinkedReport(report, List.of(hotline, own)));
            }
            linker.add(reports);
            linker.settle(2000);
        }
        while (!linker.settled()) linker.settle(5000);

        KeyState state = store.keys(new long[] {hotline.hash()}).get(0);
        assertThat(state.degree()).isEqualTo(100_000);
        assertThat(state.crowded()).isTrue();
        assertThat(store.group(store.placements(new long[] {1}).get(0).group()).reports())
                .hasSize(5);
    }
}
