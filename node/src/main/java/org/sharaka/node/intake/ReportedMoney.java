package org.sharaka.node.intake;

import java.util.Optional;

/**
 * Money that a report speaks of.
 *
 * @param from the account or wallet that it left
 * @param to the account or wallet that it went to
 */
public record ReportedMoney(
        Money money,
        MoneyKind kind,
        Optional<OccurredAt> when,
        Optional<GivenIdentifier> from,
        Optional<GivenIdentifier> to) {
    /** Digits behind the point; ISO 4217 knows at most four. */
    static final int SCALE_MAX = 4;

    /** @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#BAD_MONEY} */
    public ReportedMoney {
        if (money.amount().stripTrailingZeros().scale() > SCALE_MAX)
            throw IntakeProblem.BAD_MONEY.because("an amount has more than " + SCALE_MAX + " decimals");
    }
}
