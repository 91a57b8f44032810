package org.sharaka.node.agreement;

import java.util.Optional;

/**
 * Offences that an agreement covers.
 *
 * @param offences an offence or a family; empty for any offence
 * @param minimumPenaltyMonths only where the sender's law allows at least so long a deprivation of liberty
 */
public record Coverage(Optional<OffenceCode> offences, Optional<Integer> minimumPenaltyMonths) {
    private static final int MONTHS_MAX = 1200;

    public Coverage {
        if (minimumPenaltyMonths.isPresent()
                && (minimumPenaltyMonths.get() < 1 || minimumPenaltyMonths.get() > MONTHS_MAX))
            throw AgreementProblem.BAD_FIELD.because("a penalty threshold is 1 to 1200 months");
    }
}
