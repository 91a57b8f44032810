package org.sharaka.node.intake;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report as other systems read it: all but who reported. */
record ReportViewJson(
        String reference,
        String receivedAt,
        String category,
        String narrative,
        @Nullable String language,
        @Nullable String occurredAt,
        @Nullable String occurredPrecision,
        @Nullable String country,
        @Nullable String locality,
        List<MoneyJson> money,
        List<IdentifierJson> identifiers,
        List<ReceiptJson.NotRecognisedJson> notRecognised,
        List<String> labels,
        String role,
        boolean anonymous,
        String channel,
        @Nullable String source,
        @Nullable String withdrawnAt,
        String purpose,
        String originator,
        String handling,
        String expiresAt) {
    record MoneyJson(
            String amount,
            String currency,
            String kind,
            @Nullable String occurredAt,
            @Nullable String from,
            @Nullable String to) {
        static MoneyJson of(ReportView.Amount amount) {
            return new MoneyJson(
                    amount.money().amount().stripTrailingZeros().toPlainString(),
                    amount.money().currency().getCurrencyCode(),
                    amount.kind().name(),
                    text(amount.when().map(OccurredAt::from)),
                    amount.from().orElse(null),
                    amount.to().orElse(null));
        }
    }

    record IdentifierJson(
            int position, String kind, String canonical, String display, String origin, boolean withdrawn) {
        static IdentifierJson of(ReportedIdentifier each) {
            return new IdentifierJson(
                    each.position(),
                    each.identifier().kind().name(),
                    each.identifier().canonical(),
                    each.identifier().display(),
                    each.origin().name().toLowerCase(Locale.ROOT),
                    each.withdrawn());
        }
    }

    static ReportViewJson of(ReportView report) {
        return new ReportViewJson(
                report.reference().grouped(),
                report.receivedAt().toString(),
                report.category().name(),
                report.narrative(),
                report.language().orElse(null),
                text(report.occurredAt().map(OccurredAt::from)),
                text(report.occurredAt().map(OccurredAt::precision)),
                report.country().orElse(null),
                report.locality().orElse(null),
                report.money().stream().map(MoneyJson::of).toList(),
                report.identifiers().stream().map(IdentifierJson::of).toList(),
                report.notRecognised().stream()
                        .map(ReceiptJson.NotRecognisedJson::of)
                        .toList(),
                report.labels(),
                report.role().name(),
                report.anonymous(),
                report.channel().name(),
                report.source().orElse(null),
                text(report.withdrawal().map(Withdrawal::at)),
                report.retention().purpose().name(),
                report.retention().originator(),
                report.retention().handling(),
                report.retention().expiresAt().toString());
    }

    private static @Nullable String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }
}
