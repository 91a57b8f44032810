package org.sharaka.node.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.content.Urgency;

/** SAFEGUARDS S18: what an agreement lets pass, and when it does not. Countries are user-assigned codes of nowhere. */
class AgreementBookTest {
    private static final PartyCode XA = new PartyCode("XA");
    private static final PartyCode XB = new PartyCode("XB");
    private static final PartyCode XC = new PartyCode("XC");
    private static final AgreementCode TREATY = new AgreementCode("treaty.one");
    private static final AgreementCode OTHER = new AgreementCode("treaty.two");
    private static final OffenceCode FRAUD = new OffenceCode("fraud.online");
    private static final OffenceCode THEFT = new OffenceCode("theft");
    private static final Names NAMES = new Names("اسم", "Name", "Nombre", "Nom");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");

    @Test
    void anAgreementInForceBetweenTwoBoundPartiesLetsItPass() {
        LegalFindings found = book(treaty(bound(XA), bound(XB))).check(passage(XA, XB));

        assertThat(found.valid()).extracting(LegalBasis::code).containsExactly(TREATY);
        assertThat(found.refusals()).isEmpty();
    }

    @Test
    void whoIsNoPartyGetsAndSendsNothing() {
        AgreementBook book = book(treaty(bound(XA), bound(XB)));

        assertThat(obstacle(book, passage(XA, XC))).isEqualTo(Obstacle.RECIPIENT_NOT_PARTY);
        assertThat(obstacle(book, passage(XC, XB))).isEqualTo(Obstacle.SENDER_NOT_PARTY);
        assertThatThrownBy(() -> book.require(TREATY, passage(XA, XC)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(AgreementProblem.NO_LEGAL_BASIS))
                .hasMessageContaining("RECIPIENT_NOT_PARTY");
    }

    @Test
    void anAgreementBeginsAndEndsOnItsDays() {
        Agreement dated = dated(Optional.of(TODAY), Optional.of(TODAY.plusDays(1)));
        AgreementBook book = book(dated);

        assertThat(obstacle(book, at("2026-11-23T23:59:59.999Z"))).isEqualTo(Obstacle.NOT_IN_FORCE);
        assertThat(book.check(at("2026-11-24T00:00:00Z")).valid()).hasSize(1);
        assertThat(book.check(at("2026-11-24T23:59:59.999Z")).valid()).hasSize(1);
        assertThat(obstacle(book, at("2026-11-25T00:00:00Z"))).isEqualTo(Obstacle.ENDED);
        assertThat(obstacle(book(dated(Optional.empty(), Optional.empty())), passage(XA, XB)))
                .isEqualTo(Obstacle.NOT_IN_FORCE);
    }

    @Test
    void aPartyThatWithdrewIsBoundUntilTheDayBefore() {
        Party leaving = new Party(XB, Optional.of(TODAY.minusYears(5)), Optional.of(TODAY), true);
        AgreementBook book = book(treaty(bound(XA), leaving));

        assertThat(book.check(at("2026-11-23T12:00:00Z")).valid()).hasSize(1);
        assertThat(obstacle(book, passage(XA, XB))).isEqualTo(Obstacle.RECIPIENT_WITHDREW);
        assertThat(obstacle(book, passage(XB, XA))).isEqualTo(Obstacle.SENDER_WITHDREW);
    }

    @Test
    void aPartyThatRatifiedIsBoundFromItsOwnDay() {
        AgreementBook later = book(treaty(bound(XA), new Party(XB, Optional.of(TODAY.plusDays(1)), none(), true)));
        AgreementBook open = book(treaty(bound(XA), new Party(XB, none(), none(), true)));

        assertThat(obstacle(later, passage(XA, XB))).isEqualTo(Obstacle.RECIPIENT_NOT_YET_BOUND);
        assertThat(later.check(at("2026-11-25T00:00:00Z")).valid()).hasSize(1);
        assertThat(obstacle(open, passage(XB, XA))).isEqualTo(Obstacle.SENDER_NOT_YET_BOUND);
    }

    @Test
    void aPartyThatNobodyComparedWithTheDepositaryBindsNobody() {
        AgreementBook book = book(treaty(bound(XA), new Party(XB, Optional.of(TODAY.minusYears(1)), none(), false)));

        assertThat(obstacle(book, passage(XA, XB))).isEqualTo(Obstacle.RECIPIENT_UNVERIFIED);
    }

    @Test
    void aPurposeThatTheAgreementDoesNotNameIsRefused() {
        AgreementBook book = book(treaty(bound(XA), bound(XB)));
        Passage check = new Passage(XA, XB, Optional.of(FRAUD), Purpose.SECURITY_CHECK, NOON);

        assertThat(obstacle(book, check)).isEqualTo(Obstacle.PURPOSE_NOT_COVERED);
    }

    @Test
    void anOffenceMustBeNamedKnownAndCovered() {
        AgreementBook book = book(treaty(bound(XA), bound(XB)));

        assertThat(obstacle(book, of(none()))).isEqualTo(Obstacle.OFFENCE_MISSING);
        assertThat(obstacle(book, of(Optional.of(new OffenceCode("fraud.unheard-of")))))
                .isEqualTo(Obstacle.OFFENCE_UNKNOWN);
        assertThat(obstacle(book, of(Optional.of(THEFT)))).isEqualTo(Obstacle.OFFENCE_NOT_COVERED);
        assertThat(book.check(of(Optional.of(FRAUD))).valid()).hasSize(1);
    }

    @Test
    void aFamilyCoversItsOffencesAndNoOtherThatBeginsAlike() {
        OffenceCode family = new OffenceCode("fraud");

        assertThat(family.covers(FRAUD)).isTrue();
        assertThat(family.covers(family)).isTrue();
        assertThat(family.covers(new OffenceCode("fraudulent.bankruptcy"))).isFalse();
        assertThat(FRAUD.covers(family)).isFalse();
    }

    @Test
    void aThresholdAsksTheSendersVerifiedLaw() {
        Agreement serious = covering(List.of(new Coverage(none(), Optional.of(48))), false);

        assertThat(obstacle(book(serious), passage(XA, XB))).isEqualTo(Obstacle.PENALTY_NOT_KNOWN);
        assertThat(obstacle(book(serious, fraud(Map.of("XA", months(60, false)))), passage(XA, XB)))
                .isEqualTo(Obstacle.PENALTY_NOT_KNOWN);
        assertThat(obstacle(book(serious, fraud(Map.of("XA", months(47, true)))), passage(XA, XB)))
                .isEqualTo(Obstacle.PENALTY_TOO_LOW);
        assertThat(obstacle(
                        book(serious, fraud(Map.of("XA", new Punishment(false, none(), none(), true)))),
                        passage(XA, XB)))
                .isEqualTo(Obstacle.PENALTY_TOO_LOW);
        assertThat(book(serious, fraud(Map.of("XA", months(48, true))))
                        .check(passage(XA, XB))
                        .valid())
                .hasSize(1);
    }

    @Test
    void dualCriminalityIsShownAlwaysAndDemandedWhereTheAgreementSaysSo() {
        Offence both = fraud(Map.of("XA", months(60, true), "XB", months(24, true)));
        Offence one = fraud(Map.of("XA", months(60, true), "XB", new Punishment(false, none(), none(), true)));
        Offence unsure = fraud(Map.of("XA", months(60, true), "XB", months(24, false)));
        Agreement demanding = covering(List.of(new Coverage(none(), none())), true);
        Agreement easy = covering(List.of(new Coverage(none(), none())), false);

        assertThat(book(demanding, both).check(passage(XA, XB)).valid()).hasSize(1);
        assertThat(obstacle(book(demanding, one), passage(XA, XB))).isEqualTo(Obstacle.NOT_PUNISHABLE_IN_BOTH);
        assertThat(obstacle(book(demanding, unsure), passage(XA, XB))).isEqualTo(Obstacle.DUAL_CRIMINALITY_NOT_KNOWN);
        LegalFindings shown = book(easy, one).check(passage(XA, XB));
        assertThat(shown.valid()).hasSize(1);
        assertThat(shown.dualCriminality().answer()).isEqualTo(DualCriminality.Answer.NOT_BOTH);
    }

    @Test
    void onwardTheThirdCountryMustBeCoveredToo() {
        Agreement first = treaty(bound(XA), bound(XB));
        Agreement second = named(OTHER, List.of(bound(XB), bound(XC)), false);
        AgreementBook book = book(first, second);

        assertThat(book.check(onward(XB, XC, OTHER)).valid())
                .extracting(LegalBasis::code)
                .containsExactly(OTHER);
        assertThat(book(first).check(onward(XB, XC, TREATY)).valid()).isEmpty();
    }

    @Test
    void onwardTheAgreementThatItCameUnderMayKeepItAmongItsParties() {
        Agreement closed = named(TREATY, List.of(bound(XA), bound(XB)), true);
        Agreement second = named(OTHER, List.of(bound(XA), bound(XB), bound(XC)), false);
        AgreementBook book = book(closed, second);

        assertThat(obstacleOf(book, OTHER, onward(XB, XC, TREATY))).isEqualTo(Obstacle.ORIGIN_BINDS_TO_PARTIES);
        assertThat(book.check(onward(XB, XA, TREATY)).valid()).isNotEmpty();
        assertThat(obstacleOf(book, OTHER, onward(XB, XC, new AgreementCode("not.known-here"))))
                .isEqualTo(Obstacle.ORIGIN_BINDS_TO_PARTIES);
    }

    /** From XA to XB under an agreement that binds to its parties, from XB to XC under one that does not: XC is bound by the first. */
    @Test
    void onwardEveryAgreementThatItCameUnderBindsThroughHoweverManyHands() {
        PartyCode xd = new PartyCode("XD");
        AgreementCode third = new AgreementCode("test.third");
        Agreement closed = named(TREATY, List.of(bound(XA), bound(XB), bound(XC)), true);
        Agreement open = named(OTHER, List.of(bound(XB), bound(XC), bound(xd)), false);
        Agreement last = named(third, List.of(bound(XC), bound(xd)), false);
        AgreementBook book = book(closed, open, last);
        Passage through = new Passage(XC, xd, Optional.of(FRAUD), Purpose.INVESTIGATION, NOON, List.of(OTHER, TREATY));

        assertThat(book.check(onward(XC, xd, OTHER)).valid()).isNotEmpty();
        assertThat(obstacleOf(book, third, through)).isEqualTo(Obstacle.ORIGIN_BINDS_TO_PARTIES);
        assertThat(book.check(through).valid()).isEmpty();
    }

    @Test
    void theClosestMissIsToldFirst() {
        Agreement far = treaty(bound(XA), bound(XC));
        Agreement near = named(OTHER, List.of(bound(XA), new Party(XB, none(), none(), false)), false);

        LegalFindings found = book(far, near).check(passage(XA, XB));

        assertThat(found.closest().orElseThrow().agreement().code()).isEqualTo(OTHER);
        assertThat(found.refusals()).hasSize(2);
    }

    @Test
    void anAgreementOfOthersIsNotMentioned() {
        assertThat(book(treaty(bound(XA), bound(XB)))
                        .check(passage(XC, new PartyCode("XD")))
                        .refusals())
                .isEmpty();
    }

    @Test
    void theDeadlineIsTheAgreementsOwnOrTheNodes() {
        LegalBasis basis = book(treaty(bound(XA), bound(XB)))
                .check(passage(XA, XB))
                .valid()
                .get(0);

        assertThat(basis.replyWithin(Urgency.URGENT)).isEqualTo(Duration.ofHours(4));
        assertThat(basis.replyWithin(Urgency.PRIORITY)).isEqualTo(Duration.ofDays(3));
        assertThat(basis.replyWithin(Urgency.ROUTINE)).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void aBodyOfNoCountryIsAPartyByItsMemberId() {
        PartyCode body = new PartyCode("world-secretariat");
        AgreementBook book = book(treaty(bound(XA), bound(body)));

        assertThat(book.check(passage(XA, body)).valid()).hasSize(1);
    }

    // What the tests are made of

    private static AgreementBook book(Agreement... agreements) {
        return book(List.of(agreements), fraud(Map.of()));
    }

    private static AgreementBook book(Agreement agreement, Offence fraud) {
        return book(List.of(agreement), fraud);
    }

    private static AgreementBook book(List<Agreement> agreements, Offence fraud) {
        return new AgreementBook(
                agreements,
                List.of(
                        new Offence(new OffenceCode("fraud"), NAMES, Map.of()),
                        fraud,
                        new Offence(THEFT, NAMES, Map.of())),
                Map.of(
                        Urgency.URGENT,
                        Duration.ofHours(8),
                        Urgency.PRIORITY,
                        Duration.ofDays(3),
                        Urgency.ROUTINE,
                        Duration.ofDays(7)));
    }

    private static Offence fraud(Map<String, Punishment> punishments) {
        return new Offence(FRAUD, NAMES, punishments);
    }

    private static Punishment months(int months, boolean verified) {
        return new Punishment(true, Optional.of(months), none(), verified);
    }

    private static Party bound(PartyCode code) {
        return new Party(code, Optional.of(TODAY.minusYears(10)), none(), true);
    }

    private static Agreement treaty(Party... parties) {
        return named(TREATY, List.of(parties), false);
    }

    private static Agreement named(AgreementCode code, List<Party> parties, boolean partiesOnly) {
        return new Agreement(
                code,
                AgreementKind.CONVENTION,
                NAMES,
                "",
                Optional.of(TODAY.minusYears(10)),
                none(),
                parties,
                List.of(new Coverage(Optional.of(new OffenceCode("fraud")), none())),
                true,
                Set.of(Purpose.INVESTIGATION),
                false,
                partiesOnly,
                Names.NONE,
                Map.of(Urgency.URGENT, Duration.ofHours(4)));
    }

    private static Agreement dated(Optional<LocalDate> from, Optional<LocalDate> until) {
        Agreement like = treaty(bound(XA), bound(XB));
        return new Agreement(
                TREATY,
                like.kind(),
                NAMES,
                "",
                from,
                until,
                like.parties(),
                like.coverage(),
                true,
                like.purposes(),
                false,
                false,
                Names.NONE,
                Map.of());
    }

    private static Agreement covering(List<Coverage> coverage, boolean dual) {
        Agreement like = treaty(bound(XA), bound(XB));
        return new Agreement(
                TREATY,
                like.kind(),
                NAMES,
                "",
                like.inForceFrom(),
                none(),
                like.parties(),
                coverage,
                true,
                like.purposes(),
                dual,
                false,
                Names.NONE,
                Map.of());
    }

    private static Passage passage(PartyCode sender, PartyCode recipient) {
        return new Passage(sender, recipient, Optional.of(FRAUD), Purpose.INVESTIGATION, NOON);
    }

    private static Passage at(String instant) {
        return new Passage(XA, XB, Optional.of(FRAUD), Purpose.INVESTIGATION, Instant.parse(instant));
    }

    private static Passage of(Optional<OffenceCode> offence) {
        return new Passage(XA, XB, offence, Purpose.INVESTIGATION, NOON);
    }

    private static Passage onward(PartyCode sender, PartyCode recipient, AgreementCode cameUnder) {
        return new Passage(sender, recipient, Optional.of(FRAUD), Purpose.INVESTIGATION, NOON, List.of(cameUnder));
    }

    private static Obstacle obstacle(AgreementBook book, Passage passage) {
        return book.check(passage).closest().orElseThrow().obstacle();
    }

    private static Obstacle obstacleOf(AgreementBook book, AgreementCode code, Passage passage) {
        return book.check(passage).refusals().stream()
                .filter(refusal -> refusal.agreement().code().equals(code))
                .findFirst()
                .orElseThrow()
                .obstacle();
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }
}
