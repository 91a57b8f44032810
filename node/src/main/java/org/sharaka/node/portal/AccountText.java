package org.sharaka.node.portal;

import java.util.Optional;
import org.sharaka.identifiers.IdentifierKind;

/** Says of an account as people paste it what kind of account it looks like; the node checks whether it is one. */
final class AccountText {
    private AccountText() {}

    static Optional<IdentifierKind> kindOf(String typed) {
        String text = typed.replaceAll("[\\s-]", "");
        if (text.matches("(?i)[a-z]{2}\\d{2}[a-z0-9]{11,30}")) return Optional.of(IdentifierKind.IBAN);
        if (text.matches("\\p{Nd}{24}")) return Optional.of(IdentifierKind.RIB_MA);
        if (text.matches("(?i)0x[0-9a-f]{40}")) return Optional.of(IdentifierKind.ETH);
        if (text.matches("T[1-9A-HJ-NP-Za-km-z]{33}")) return Optional.of(IdentifierKind.TRX);
        if (text.matches("(?i)bc1[02-9ac-hj-np-z]{11,87}")) return Optional.of(IdentifierKind.BTC);
        if (text.matches("[13][1-9A-HJ-NP-Za-km-z]{25,34}")) return Optional.of(IdentifierKind.BTC);
        if (text.matches("(?i)ltc1[02-9ac-hj-np-z]{11,87}|[LM][1-9A-HJ-NP-Za-km-z]{26,33}"))
            return Optional.of(IdentifierKind.LTC);
        if (text.matches("[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}")) return Optional.of(IdentifierKind.XMR);
        return Optional.empty();
    }
}
