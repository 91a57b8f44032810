package org.sharaka.linking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkerTest {
    private static final LinkKey ACCOUNT = LinkKey.of(KeyKind.IBAN, "account");
    private static final LinkKey PHONE = LinkKey.of(KeyKind.PHONE, "phone");
    private static final LinkKey SITE = LinkKey.of(KeyKind.DOMAIN, "site");

    private final InMemoryLinkStore store = new InMemoryLinkStore();
    private final LinkPolicy policy = LinkPolicy.standard();
    private final Linker linker = new Linker(store, policy);
    private final Reasons reasons = new Reasons(store, policy);

    @Test
    void aReportThatHoldsTheKeysOfTwoCampaignsJoinsThem() {
        add(1, ACCOUNT);
        add(2, PHONE);
        Changes changes = add(3, ACCOUNT, PHONE);

        assertThat(group(1)).isEqualTo(group(2)).isEqualTo(group(3));
        assertThat(changes.moved()).hasSize(2);
    }

    @Test
    void aCampaignFallsApartWhenTheReportThatHeldItTogetherIsWithdrawn() {
        add(1, ACCOUNT);
        add(2, PHONE);
        add(3, ACCOUNT, PHONE);

        linker.withdraw(List.of(3L));
        linker.settle(100);

        assertThat(group(1)).isNotEqualTo(group(2));
    }

    @Test
    void aCampaignFallsApartWhenOneIdentifierIsWithdrawn() {
        add(1, ACCOUNT);
        add(2, PHONE);
        add(3, ACCOUNT, PHONE);

        linker.revise(new LinkedReport(3, List.of(ACCOUNT)));
        linker.settle(100);

        assertThat(group(3)).isEqualTo(group(1)).isNotEqualTo(group(2));
    }

    @Test
    void aSplitStaysSplitWhenALaterReportCarriesTheKeysOfBothSides() {
        add(1, ACCOUNT, PHONE);
        add(2, ACCOUNT, SITE);
        linker.decide(new Decision.Split(1, Set.of(1L), Set.of(2L)));
        linker.settle(100);
        add(3, ACCOUNT, PHONE, SITE);
        linker.settle(100);

        assertThat(group(1)).isNotEqualTo(group(2));
        assertThat(group(3)).isIn(group(1), group(2));
        assertThat(reasons.of(2, group(2)).cut()).isNotEmpty();
    }

    @Test
    void reportsOfOneSideStayTogetherAlthoughTheyShareTheirOnlyKeyWithTheOther() {
        for (int report = 1; report <= 6; report++) add(report, PHONE);
        linker.decide(new Decision.Split(1, Set.of(5L, 6L), Set.of(1L, 2L, 3L, 4L)));
        linker.settle(100);

        assertThat(group(5)).isEqualTo(group(6)).isNotEqualTo(group(1));
        assertThat(group(1)).isEqualTo(group(4));
    }

    @Test
    void aJoinStaysJoinedUntilALaterSplitSupersedesIt() {
        add(1, ACCOUNT);
        add(2, PHONE);
        linker.decide(new Decision.Join(1, 1, 2));
        assertThat(group(1)).isEqualTo(group(2));

        Linker.Decided decided = linker.decide(new Decision.Split(2, Set.of(1L), Set.of(2L)));
        linker.settle(100);

        assertThat(decided.superseded()).containsExactly(1L);
        assertThat(group(1)).isNotEqualTo(group(2));
    }

    @Test
    void aKeyMarkedSharedIsToldAsTheReasonForNotLinking() {
        add(1, PHONE);
        add(2, PHONE);
        linker.mark(PHONE.hash(), KeyMark.SHARED);
        linker.settle(100);

        assertThat(group(1)).isNotEqualTo(group(2));
        assertThat(reasons.of(1, group(1)).ignored()).containsValue(Reasons.Ignored.MARKED);
        linker.mark(PHONE.hash(), KeyMark.NONE);
        assertThat(group(1)).isEqualTo(group(2));
    }

    @Test
    void aReasonTellsTheKeyItsStrengthAndHowManyHoldIt() {
        add(1, ACCOUNT, SITE);
        add(2, ACCOUNT);

        Reasons.Explanation explanation = reasons.of(1, group(1));

        assertThat(explanation.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.key().label()).isEqualTo("account");
            assertThat(reason.degreeInGroup()).isEqualTo(2);
            assertThat(reason.strength()).isBetween(0.9, 1.0);
        });
        assertThat(explanation.alone()).extracting(KeyState::label).containsExactly("site");
    }

    @Test
    void thePathOfEvidenceLeadsThroughSharedKeys() {
        add(1, ACCOUNT);
        add(2, ACCOUNT, PHONE);
        add(3, PHONE);

        assertThat(reasons.path(1, 3, group(1)))
                .extracting(step -> step.from() + " " + step.key().label() + " " + step.to())
                .containsExactly("1 account 2", "2 phone 3");
        assertThat(reasons.path(1, 1, group(1))).isEmpty();
    }

    private Changes add(long report, LinkKey... keys) {
        return linker.add(List.of(new LinkedReport(report, Arrays.asList(keys))));
    }

    private long group(long report) {
        return store.placements(new long[] {report}).get(0).group();
    }
}
