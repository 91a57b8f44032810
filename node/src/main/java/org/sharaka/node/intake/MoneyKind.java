package org.sharaka.node.intake;

/** What became of an amount. The names are stored: never rename one. */
public enum MoneyKind {
    /** Paid and gone. */
    LOST,
    /** Asked for, not paid. */
    DEMANDED,
    /** Paid or frozen, and may still be stopped. */
    AT_RISK
}
