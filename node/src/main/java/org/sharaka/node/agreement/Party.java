package org.sharaka.node.agreement;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A country or body bound by an agreement.
 *
 * @param from first day on which it is bound; empty if it has ratified and is not bound yet
 * @param until first day on which it is bound no longer
 * @param verified whether somebody compared this with the depositary's list; what nobody compared binds nobody here
 */
public record Party(PartyCode code, Optional<LocalDate> from, Optional<LocalDate> until, boolean verified) {
    public Party {
        if (from.isPresent() && until.isPresent() && !until.get().isAfter(from.get()))
            throw AgreementProblem.BAD_DATES.because("party " + code + " ends before it begins");
    }

    /** Why it is not bound on a day, or nothing. */
    Optional<Bond> missingOn(LocalDate day) {
        if (!verified) return Optional.of(Bond.UNVERIFIED);
        if (from.isEmpty() || day.isBefore(from.get())) return Optional.of(Bond.NOT_YET);
        if (until.isPresent() && !day.isBefore(until.get())) return Optional.of(Bond.WITHDRAWN);
        return Optional.empty();
    }

    /** What keeps a party from being bound. */
    enum Bond {
        UNVERIFIED,
        NOT_YET,
        WITHDRAWN
    }
}
