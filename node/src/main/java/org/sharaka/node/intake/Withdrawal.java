package org.sharaka.node.intake;

import java.time.Instant;

/** Why and when a report no longer counts. */
public record Withdrawal(Instant at, String reason) {
    static final int REASON_LENGTH_MIN = 3;
    static final int REASON_LENGTH_MAX = 1_000;

    /** @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#REASON_MISSING} */
    public Withdrawal {
        if (reason.length() > REASON_LENGTH_MAX)
            throw IntakeProblem.REASON_MISSING.because("a reason is longer than " + REASON_LENGTH_MAX + " characters");
        reason = WrittenText.repaired(reason).strip();
        if (reason.length() < REASON_LENGTH_MIN)
            throw IntakeProblem.REASON_MISSING.because("a reason is under " + REASON_LENGTH_MIN + " characters");
    }
}
