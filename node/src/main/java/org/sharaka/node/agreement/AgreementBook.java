package org.sharaka.node.agreement;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sharaka.protocol.content.Urgency;

/**
 * All agreements and offences as they stand, and what follows from them. A treaty's days are days of UTC here, so that
 * both sides of a message count the same.
 */
final class AgreementBook {
    private final Map<AgreementCode, Agreement> agreements = new TreeMap<>();
    private final Map<OffenceCode, Offence> offences = new TreeMap<>();
    private final Map<Urgency, Duration> replyWithin;

    AgreementBook(List<Agreement> agreements, List<Offence> offences, Map<Urgency, Duration> replyWithin) {
        agreements.forEach(agreement -> this.agreements.put(agreement.code(), agreement));
        offences.forEach(offence -> this.offences.put(offence.code(), offence));
        this.replyWithin = Map.copyOf(replyWithin);
    }

    List<Agreement> agreements() {
        return List.copyOf(agreements.values());
    }

    List<Offence> offences() {
        return List.copyOf(offences.values());
    }

    Optional<Agreement> agreement(AgreementCode code) {
        return Optional.ofNullable(agreements.get(code));
    }

    Optional<Offence> offence(OffenceCode code) {
        return Optional.ofNullable(offences.get(code));
    }

    LegalFindings check(Passage passage) {
        DualCriminality dual = dualCriminality(passage);
        List<LegalBasis> valid = new ArrayList<>();
        List<LegalFindings.Refusal> refusals = new ArrayList<>();
        for (Agreement agreement : agreements.values()) {
            Optional<Obstacle> obstacle = obstacle(agreement, passage, dual);
            if (obstacle.isEmpty()) valid.add(basis(agreement, dual));
            else if (concerns(agreement, passage)) refusals.add(new LegalFindings.Refusal(agreement, obstacle.get()));
        }
        refusals.sort(Comparator.comparing(LegalFindings.Refusal::obstacle).reversed());
        return new LegalFindings(valid, refusals, dual);
    }

    private LegalBasis basis(Agreement agreement, DualCriminality dual) {
        EnumMap<Urgency, Duration> deadlines = new EnumMap<>(Urgency.class);
        deadlines.putAll(replyWithin);
        deadlines.putAll(agreement.replyWithin());
        return new LegalBasis(agreement, dual, deadlines);
    }

    Duration replyWithin(AgreementCode code, Urgency urgency) {
        return agreement(code)
                .flatMap(known -> Optional.ofNullable(known.replyWithin().get(urgency)))
                .or(() -> Optional.ofNullable(replyWithin.get(urgency)))
                .orElseThrow(() -> new IllegalStateException("no deadline for " + urgency));
    }

    private static boolean concerns(Agreement agreement, Passage passage) {
        return agreement.party(passage.sender()).isPresent()
                || agreement.party(passage.recipient()).isPresent();
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link AgreementProblem#NO_LEGAL_BASIS}, its detail the obstacle */
    LegalBasis require(AgreementCode code, Passage passage) {
        Agreement agreement = agreements.get(code);
        if (agreement == null) throw refused(code, Obstacle.UNKNOWN_AGREEMENT);
        DualCriminality dual = dualCriminality(passage);
        Optional<Obstacle> obstacle = obstacle(agreement, passage, dual);
        if (obstacle.isPresent()) throw refused(code, obstacle.get());
        return basis(agreement, dual);
    }

    private static RuntimeException refused(AgreementCode code, Obstacle obstacle) {
        return AgreementProblem.NO_LEGAL_BASIS.because(code + ": " + obstacle);
    }

    private DualCriminality dualCriminality(Passage passage) {
        Optional<Offence> offence = passage.offence().map(offences::get);
        return new DualCriminality(
                offence.flatMap(known -> known.in(passage.sender())),
                offence.flatMap(known -> known.in(passage.recipient())));
    }

    private Optional<Obstacle> obstacle(Agreement agreement, Passage passage, DualCriminality dual) {
        LocalDate day = passage.at().atZone(ZoneOffset.UTC).toLocalDate();
        Optional<Party> sender = agreement.party(passage.sender());
        if (sender.isEmpty()) return Optional.of(Obstacle.SENDER_NOT_PARTY);
        Optional<Party> recipient = agreement.party(passage.recipient());
        if (recipient.isEmpty()) return Optional.of(Obstacle.RECIPIENT_NOT_PARTY);
        return force(agreement, day)
                .or(() -> bond(sender.get(), day, true))
                .or(() -> bond(recipient.get(), day, false))
                .or(() -> agreement.purposes().contains(passage.purpose())
                        ? Optional.empty()
                        : Optional.of(Obstacle.PURPOSE_NOT_COVERED))
                .or(() -> offence(agreement, passage, dual))
                .or(() -> criminality(agreement, dual))
                .or(() -> origin(passage, day));
    }

    private static Optional<Obstacle> bond(Party party, LocalDate day, boolean sender) {
        return party.missingOn(day).map(bond -> switch (bond) {
            case UNVERIFIED -> sender ? Obstacle.SENDER_UNVERIFIED : Obstacle.RECIPIENT_UNVERIFIED;
            case NOT_YET -> sender ? Obstacle.SENDER_NOT_YET_BOUND : Obstacle.RECIPIENT_NOT_YET_BOUND;
            case WITHDRAWN -> sender ? Obstacle.SENDER_WITHDREW : Obstacle.RECIPIENT_WITHDREW;
        });
    }

    private static Optional<Obstacle> force(Agreement agreement, LocalDate day) {
        if (agreement.inForceOn(day)) return Optional.empty();
        boolean over =
                agreement.inForceUntil().filter(end -> !day.isBefore(end)).isPresent();
        return Optional.of(over ? Obstacle.ENDED : Obstacle.NOT_IN_FORCE);
    }

    private Optional<Obstacle> offence(Agreement agreement, Passage passage, DualCriminality dual) {
        if (passage.offence().isEmpty()) {
            boolean needed = agreement.offenceNamed()
                    || agreement.coverage().stream()
                            .noneMatch(each -> each.offences().isEmpty()
                                    && each.minimumPenaltyMonths().isEmpty());
            return needed ? Optional.of(Obstacle.OFFENCE_MISSING) : Optional.empty();
        }
        OffenceCode offence = passage.offence().get();
        if (!offences.containsKey(offence)) return Optional.of(Obstacle.OFFENCE_UNKNOWN);
        Obstacle closest = Obstacle.OFFENCE_NOT_COVERED;
        for (Coverage each : agreement.coverage()) {
            if (each.offences().isPresent() && !each.offences().get().covers(offence)) continue;
            Optional<Obstacle> penalty = penalty(each, dual.sender());
            if (penalty.isEmpty()) return Optional.empty();
            if (penalty.get().compareTo(closest) > 0) closest = penalty.get();
        }
        return Optional.of(closest);
    }

    private static Optional<Obstacle> penalty(Coverage coverage, Optional<Punishment> sender) {
        if (coverage.minimumPenaltyMonths().isEmpty()) return Optional.empty();
        Optional<Punishment> known = sender.filter(Punishment::verified);
        if (known.isPresent() && !known.get().punishable()) return Optional.of(Obstacle.PENALTY_TOO_LOW);
        return known.flatMap(Punishment::maximumMonths)
                .map(months -> months >= coverage.minimumPenaltyMonths().get()
                        ? Optional.<Obstacle>empty()
                        : Optional.of(Obstacle.PENALTY_TOO_LOW))
                .orElse(Optional.of(Obstacle.PENALTY_NOT_KNOWN));
    }

    private static Optional<Obstacle> criminality(Agreement agreement, DualCriminality dual) {
        if (!agreement.dualCriminality()) return Optional.empty();
        return switch (dual.answer()) {
            case BOTH -> Optional.empty();
            case NOT_BOTH -> Optional.of(Obstacle.NOT_PUNISHABLE_IN_BOTH);
            case NOT_KNOWN -> Optional.of(Obstacle.DUAL_CRIMINALITY_NOT_KNOWN);
        };
    }

    /** What came under an agreement that keeps it among its parties does not go to a third country outside, through however many hands it came. */
    private Optional<Obstacle> origin(Passage passage, LocalDate day) {
        boolean free = passage.onwardFrom().stream().allMatch(code -> letsGo(code, passage.recipient(), day));
        return free ? Optional.empty() : Optional.of(Obstacle.ORIGIN_BINDS_TO_PARTIES);
    }

    /** An agreement that this node does not know may bind to its parties. */
    private boolean letsGo(AgreementCode code, PartyCode recipient, LocalDate day) {
        Agreement origin = agreements.get(code);
        return origin != null
                && (!origin.partiesOnly()
                        || origin.party(recipient)
                                .filter(party -> party.missingOn(day).isEmpty())
                                .isPresent());
    }
}
