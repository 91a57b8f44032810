package org.sharaka.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.assembly.SignedTwice;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.roster.Equivocation;
import org.springframework.jdbc.core.JdbcTemplate;

/** What officers are shown of the network. All members are invented. */
class NetworkServiceIT {
    private static NetworkFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new NetworkFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static NetworkService network() {
        return fixture.node.service(NetworkService.class);
    }

    private static Actor officer(Permission permission) {
        return new Actor(
                Actor.Kind.OFFICER,
                "amina",
                "amina",
                Optional.of("Bureau"),
                Set.of(permission),
                Optional.of(Purpose.INVESTIGATION));
    }

    @Test
    void whoSignedTwoListsOfOneNumberIsShownWithTheProofThatAnyMemberVerifies() {
        Actor amina = officer(Permission.NETWORK_READ);
        SignedTwice twice = network().overview(amina).signedTwice().get(0);

        byte[] proof = network().signedTwice(amina, twice.hash()).orElseThrow();

        assertThat(twice.members()).containsExactly(NetworkFixture.LIAR);
        assertThat(Equivocation.parse(proof, fixture.network.chain().get(0).roster())
                        .members())
                .containsExactly(NetworkFixture.LIAR);
        assertThat(network().signedTwice(amina, "0".repeat(64))).isEmpty();
    }

    @Test
    void whatWaitsBehindAMessageThatHasNotComeIsShownAtItsSender() {
        fixture.behindAGap("1", "2 hours");
        fixture.behindAGap("2", "1 hour");
        fixture.behindAGap("3", "1 second");

        assertThat(network().overview(officer(Permission.NETWORK_READ)).neighbours())
                .filteredOn(each -> each.line().behind() > 0)
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.member().id()).isEqualTo(NetworkFixture.LIAR);
                    assertThat(each.line().behind()).isEqualTo(2);
                    assertThat(each.line().behindSince().orElseThrow())
                            .isCloseTo(Instant.now().minus(Duration.ofHours(2)), within(Duration.ofMinutes(5)));
                });
    }

    @Test
    void whoDoesNotSeeTheNetworkGetsNoProofAndTheRefusalIsEntered() {
        assertThatThrownBy(() -> network().signedTwice(officer(Permission.REPORT_READ), "0".repeat(64)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(AccessProblem.FORBIDDEN));
        assertThat(fixture.node
                        .service(JdbcTemplate.class)
                        .queryForObject(
                                "select count(*) from audit.entry where action = 'network.proof' and outcome = 'REFUSED'",
                                Integer.class))
                .isEqualTo(1);
    }
}
