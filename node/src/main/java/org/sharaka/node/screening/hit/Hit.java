package org.sharaka.node.screening.hit;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.Standing;

/**
 * A possible match that an officer compared and confirmed (S1). It is known to its officer and the own bureau alone until the bureau
 * releases it (S2).
 *
 * @param entity id of the entry or the registered thing
 * @param confirmedBy id of the officer
 */
public record Hit(
        HitId id,
        String entity,
        Standing standing,
        HitContent content,
        String confirmedBy,
        Optional<String> unit,
        Instant confirmedAt,
        HitState state,
        Optional<HitDecision> decision) {
    static final int REASON_MIN = 3;
    static final int TEXT_MAX = 1_000;

    /**
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#DECIDED_BEFORE}, {@link ScreeningProblem#OWN_HIT} for
     *     who confirmed it, {@link ScreeningProblem#CHECK_INCOMPLETE} while a question is open, {@link ScreeningProblem#REASON_MISSING},
     *     {@link ScreeningProblem#CHECK_FORBIDS} if an answer forbids the decision
     */
    Hit decide(Actor by, HitState wanted, Map<Concern, Concern.Answer> check, String reason, Instant now) {
        if (state != HitState.WAITING) throw ScreeningProblem.DECIDED_BEFORE.because("hit " + id);
        if (wanted == HitState.WAITING) throw ScreeningProblem.BAD_PARAMETER.because("waiting is no decision");
        if (by.id().equals(confirmedBy)) throw ScreeningProblem.OWN_HIT.because("hit " + id);
        for (Concern concern : Concern.values())
            if (!check.containsKey(concern)) throw ScreeningProblem.CHECK_INCOMPLETE.because("hit " + id);
        String words = reason.strip();
        if (words.length() < REASON_MIN || words.length() > TEXT_MAX)
            throw ScreeningProblem.REASON_MISSING.because(REASON_MIN + " to " + TEXT_MAX + " characters");
        check.forEach((concern, answer) -> {
            if (!concern.allows(answer, wanted)) throw ScreeningProblem.CHECK_FORBIDS.because("hit " + id);
        });
        return new Hit(
                id,
                entity,
                standing,
                content,
                confirmedBy,
                unit,
                confirmedAt,
                wanted,
                Optional.of(new HitDecision(new EnumMap<>(check), words, by.id(), now)));
    }
}
