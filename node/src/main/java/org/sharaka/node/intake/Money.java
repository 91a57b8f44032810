package org.sharaka.node.intake;

import java.math.BigDecimal;
import java.util.Currency;

/** An amount that a reporter says was lost or demanded; not negative, at most 18 digits before the point. */
public record Money(BigDecimal amount, Currency currency) {
    public Money {
        if (amount.signum() < 0) throw new IllegalArgumentException("amount is negative");
        if (amount.precision() - amount.scale() > 18) throw new IllegalArgumentException("amount is too large");
    }
}
