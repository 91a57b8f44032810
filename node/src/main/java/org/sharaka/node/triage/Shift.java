package org.sharaka.node.triage;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * When an officer is on duty.
 *
 * @param position in which order the officers on duty are alarmed
 */
public record Shift(UUID id, String officer, Instant beginsAt, Instant endsAt, int position) {
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int POSITION_MAX = 20;

    /** @throws org.sharaka.node.platform.ProblemException {@link TriageProblem#BAD_SHIFT} */
    public Shift {
        if (!endsAt.isAfter(beginsAt) || Duration.between(beginsAt, endsAt).compareTo(LONGEST) > 0)
            throw TriageProblem.BAD_SHIFT.because("a shift begins before it ends and lasts 31 days at most");
        if (position < 1 || position > POSITION_MAX) throw TriageProblem.BAD_SHIFT.because("the position is 1 to 20");
    }

    boolean on(Instant now) {
        return !now.isBefore(beginsAt) && now.isBefore(endsAt);
    }
}
