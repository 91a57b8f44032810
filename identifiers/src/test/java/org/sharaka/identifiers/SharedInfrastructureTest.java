package org.sharaka.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedInfrastructureTest {
    private static final SharedInfrastructure SHARED = SharedInfrastructure.bundled();

    @ParameterizedTest
    @CsvSource({
        "HOST, bit.ly, SHORTENER",
        "HOST, duckdns.org, DYNAMIC_DNS",
        "DOMAIN, onedumb.com, DYNAMIC_DNS",
        "HOST, github.io, FREE_HOST",
        "HOST, www.weebly.com, FREE_HOST",
        "HOST, sites.google.com, FREE_HOST",
        "HOST, maps.google.com, SEARCH_ENGINE",
        "HOST, docs.google.com, CLOUD_STORAGE",
        "HOST, play.google.com, APP_STORE",
        "DOMAIN, gmail.com, MAIL_PROVIDER",
        "DOMAIN, yopmail.com, DISPOSABLE_MAIL",
        "HOST, linktr.ee, LINK_IN_BIO",
        "HOST, www.facebook.com, SOCIAL_PLATFORM",
        "HOST, accounts.binance.com, EXCHANGE",
        "DOMAIN, attijariwafabank.com, BANK",
        "HOST, plainte.unlisted.gov.ma, POPULAR_SITE",
        "DOMAIN, unlisted.gob.es, POPULAR_SITE",
        "DOMAIN, e-blagh.ma, POPULAR_SITE",
        "URL, https://www.google.com/, SEARCH_ENGINE",
        "URL, https://bit.ly/, SHORTENER",
        "URL, http://192.168.1.1/x, PUBLIC_OR_LOCAL_ADDRESS",
        "IPV4, 8.8.8.8, PUBLIC_OR_LOCAL_ADDRESS",
        "IPV4, 10.1.2.3, PUBLIC_OR_LOCAL_ADDRESS",
        "IPV6, fe80::1, PUBLIC_OR_LOCAL_ADDRESS",
        "TRX, TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t, WELL_KNOWN_CONTRACT",
        "ETH, 0xdac17f958d2ee523a2206206994597c13d831ec7, WELL_KNOWN_CONTRACT",
        "FILE_HASH, d41d8cd98f00b204e9800998ecf8427e, COMMON_FILE"
    })
    void whatEverybodyUsesLinksNobody(IdentifierKind kind, String canonical, SharedReason reason) {
        assertThat(SHARED.reason(new Identifier(kind, canonical, ""))).hasValue(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "URL, https://bit.ly/3exAmple",
        "URL, https://sites.google.com/view/example",
        "URL, https://docs.google.com/forms/d/example",
        "HOST, tenant.duckdns.org",
        "HOST, www.tenant.onedumb.com",
        "DOMAIN, tenant.onedumb.com",
        "DOMAIN, tenant.weebly.com",
        "HOST, tenant.github.io",
        "HOST, a.tenant.workers.dev",
        "EMAIL, someone@gmail.com",
        "EMAIL, someone@yopmail.com",
        "DOMAIN, example.com",
        "HOST, google.com.evil.example",
        "HOST, notgoogle.com",
        "IPV4, 203.0.113.7",
        "PHONE, +212522123456",
        "IBAN, MA64011519000001205000534921"
    })
    void whatOnePartyHoldsMayLink(IdentifierKind kind, String canonical) {
        assertThat(SHARED.reason(new Identifier(kind, canonical, ""))).isEmpty();
    }

    @Test
    void anAdministratorAddsLinesAndOverrules() {
        SharedInfrastructure more = SHARED.withAdditional(List.of(
                "# ours",
                "portal.example",
                "*.hosting.example FREE_HOST",
                "[BANK]",
                "bank.example other-bank.example",
                "8.8.8.8"));

        assertThat(more.reason(host("www.portal.example"))).hasValue(SharedReason.LISTED_LOCALLY);
        assertThat(more.reason(host("hosting.example"))).hasValue(SharedReason.FREE_HOST);
        assertThat(more.reason(host("tenant.hosting.example"))).isEmpty();
        assertThat(more.reason(host("other-bank.example"))).hasValue(SharedReason.BANK);
        assertThat(SHARED.reason(host("portal.example"))).isEmpty();
        assertThatThrownBy(() -> SHARED.withAdditional(List.of("not a host !")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a host");
        assertThatThrownBy(() -> SHARED.withAdditional(List.of("[NO_SUCH_REASON]")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Identifier host(String host) {
        return new Identifier(IdentifierKind.HOST, host, host);
    }
}
