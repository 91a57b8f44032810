package org.sharaka.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.identifiers.LookalikeReason.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookalikesTest {
    private static final Lookalikes LOOKALIKES = Lookalikes.of(List.of(
            Brand.of("Littoral Bank", "littoralbank.example"),
            Brand.of("Paymor", "paymor.example", "paymor.co.uk"),
            Brand.of("Marlin", "marlin.example"),
            Brand.of("Bvac", "bvac.example")));

    @ParameterizedTest
    @CsvSource({
        "littoralbank.test, Littoral Bank, OTHER_SUFFIX",
        "paymor-secure-login.test, Paymor, ADDED_WORDS",
        "securepaymor.test, Paymor, ADDED_WORDS",
        "paym0r.test, Paymor, CONFUSABLE",
        "payrnor.test, Paymor, CONFUSABLE",
        "pay-mor.test, Paymor, HYPHENATED",
        "paymorr.test, Paymor, TYPO",
        "pamyor.test, Paymor, TYPO",
        "litoralbank.test, Littoral Bank, TYPO",
        "paymor.evil.test, Paymor, SUBDOMAIN",
        "www.paymor.co.uk.evil.test, Paymor, OFFICIAL_DOMAIN_INSIDE",
        "paymor-co-uk.test, Paymor, OFFICIAL_DOMAIN_INSIDE",
        "paymor.weebly.com, Paymor, OTHER_SUFFIX",
        "bvac-login.test, Bvac, ADDED_WORDS",
        "bvaclogin.test, Bvac, ADDED_WORDS",
        "раymor.test, Paymor, CONFUSABLE",
        "xn--paymr-mua.test, Paymor, CONFUSABLE",
        "mar1in.test, Marlin, CONFUSABLE"
    })
    void anImitationIsNamedWithItsBrandAndReason(String host, String brand, LookalikeReason reason) {
        assertThat(LOOKALIKES.find(host)).hasValueSatisfying(found -> {
            assertThat(found.brand().name()).isEqualTo(brand);
            assertThat(found.reasons()).contains(reason);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paymor.example", "login.paymor.example", "www.littoralbank.example", "paymor.co.uk", "example.com",
                        "obvacate.test",
                "www.google.com", "com", "", "not a host", "192.0.2.1", "unrelated-shop.test"
            })
    void theOwnersDomainsAndOtherNamesAreNeverFlagged(String host) {
        assertThat(LOOKALIKES.find(host)).isEmpty();
    }

    @Test
    void severalReasonsStandTogether() {
        assertThat(LOOKALIKES.find("paym0r-login.evil.test"))
                .hasValueSatisfying(found -> assertThat(found.reasons()).contains(SUBDOMAIN, ADDED_WORDS, CONFUSABLE));
        assertThat(LOOKALIKES.find("paymor.test"))
                .hasValueSatisfying(found -> assertThat(found.reasons()).containsOnly(OTHER_SUFFIX));
    }
}
