package org.sharaka.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.roster.Roster;

class RenewalTest {
    private static final MemberId US = TestNetwork.bureauOf("xs");

    private final Roster roster = TestNetwork.of("xs", "xb").current().roster();

    private Renewal after(Duration time) {
        return Renewal.of(roster, US, roster.issued().plus(time));
    }

    @Test
    void longBeforeItsEndNothingIsDue() {
        Renewal renewal = after(Duration.ofDays(1));

        assertThat(renewal.validity()).isEqualTo(Roster.Validity.IN_FORCE);
        assertThat(renewal.soon()).isFalse();
        assertThat(renewal.keys()).isEmpty();
    }

    @Test
    void twoMonthsBeforeItsEndAListIsDue() {
        assertThat(after(Duration.ofDays(304)).soon()).isFalse();
        assertThat(after(Duration.ofDays(306)).soon()).isTrue();
    }

    @Test
    void itsGraceAndTheEndOfThatAreTold() {
        Instant end = roster.issued().plus(Duration.ofDays(365 + 30));

        assertThat(after(Duration.ofDays(366)).validity()).isEqualTo(Roster.Validity.IN_GRACE);
        assertThat(after(Duration.ofDays(366)).over()).isEqualTo(end);
        assertThat(after(Duration.ofDays(396)).validity()).isEqualTo(Roster.Validity.OVER);
    }

    @Test
    void ourOwnKeysAreToldAndNobodyElses() {
        Renewal renewal = after(Duration.ofDays(680));

        assertThat(renewal.keys()).hasSize(KeyUse.values().length);
        assertThat(renewal.keys()).allMatch(key -> key.member().equals(US));
    }
}
