package org.sharaka.node.agreement;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.TestNode;

/** Invented agreements between countries, in force for investigations of every offence. */
public final class TestAgreements {
    private TestAgreements() {}

    /** Has a node know of an agreement that lets its parties write to each other. */
    public static void add(TestNode node, String code, String... parties) {
        add(node, code, Optional.empty(), false, parties);
    }

    /** @param partiesOnly whether what was sent under it may be passed on to its parties only */
    public static void add(
            TestNode node, String code, Optional<LocalDate> until, boolean partiesOnly, String... parties) {
        add(node, code, until, partiesOnly, Purpose.INVESTIGATION, parties);
    }

    /** Of one that lets its parties write to each other for something else. */
    public static void addFor(Purpose purpose, TestNode node, String code, String... parties) {
        add(node, code, Optional.empty(), false, purpose, parties);
    }

    /** Has a node know that an agreement binds a country again. */
    public static void bind(TestNode node, String code, String party) {
        Actor actor = Actor.system("test");
        node.service(AgreementService.class)
                .putParty(
                        actor,
                        new AgreementCode(code),
                        seen(node, code),
                        new Party(new PartyCode(party), Optional.of(LocalDate.of(2020, 1, 1)), Optional.empty(), true));
    }

    private static long seen(TestNode node, String code) {
        return requireNonNull(node.service(AgreementService.class)
                        .latest(Actor.system("test"), SqlAgreements.Subject.AGREEMENT)
                        .get(code))
                .serial();
    }

    private static void add(
            TestNode node,
            String code,
            Optional<LocalDate> until,
            boolean partiesOnly,
            Purpose purpose,
            String... parties) {
        Optional<LocalDate> since = Optional.of(LocalDate.of(2020, 1, 1));
        node.service(AgreementService.class)
                .add(
                        Actor.system("test"),
                        new Agreement(
                                new AgreementCode(code),
                                partiesOnly ? AgreementKind.CONVENTION : AgreementKind.BILATERAL,
                                new Names(
                                        "اتفاق تعاون شرطي",
                                        "Police cooperation",
                                        "Cooperación policial",
                                        "Accord de police"),
                                "an invented one",
                                since,
                                until,
                                Arrays.stream(parties)
                                        .map(party -> new Party(new PartyCode(party), since, Optional.empty(), true))
                                        .toList(),
                                List.of(new Coverage(Optional.empty(), Optional.empty())),
                                false,
                                Set.of(purpose),
                                false,
                                partiesOnly,
                                Names.NONE,
                                Map.of()));
    }

    /** Has a node know that an agreement binds a country no more. */
    public static void unbind(TestNode node, String code, String country) {
        node.service(AgreementService.class)
                .removeParty(Actor.system("test"), new AgreementCode(code), seen(node, code), new PartyCode(country));
    }
}
