package org.sharaka.node.intake;

import java.util.List;
import java.util.Locale;

/** The answer to a submission. A replay answers the same, so it says nothing of the moment of asking. */
record ReceiptJson(
        String reference, String receivedAt, List<IdentifierJson> identifiers, List<NotRecognisedJson> notRecognised) {
    /** @param origin {@code given} or {@code found} */
    record IdentifierJson(int position, String kind, String display, String origin) {
        static IdentifierJson of(ReportedIdentifier identifier) {
            return new IdentifierJson(
                    identifier.position(),
                    identifier.identifier().kind().name(),
                    identifier.identifier().display(),
                    identifier.origin().name().toLowerCase(Locale.ROOT));
        }
    }

    /** @param reason a stable word */
    record NotRecognisedJson(String kind, String value, String reason) {
        static NotRecognisedJson of(NotRecognised given) {
            return new NotRecognisedJson(given.kind().name(), given.value(), given.reason());
        }
    }

    static ReceiptJson of(Receipt receipt) {
        return new ReceiptJson(
                receipt.reference().grouped(),
                receipt.receivedAt().toString(),
                receipt.identifiers().stream().map(IdentifierJson::of).toList(),
                receipt.notRecognised().stream().map(NotRecognisedJson::of).toList());
    }
}
