package org.sharaka.node.intake;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.node.platform.ProblemException;

/** Makes a draft of one row of a file. */
final class RowReader {
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,18}(?:[.,]\\d{1,4})?");

    private final ColumnMapping mapping;
    private final ImportKind kind;
    private final ZoneId zone;
    private final Optional<Currency> currency;
    private final Optional<String> country;

    /**
     * @param zone what times without an offset mean
     * @param currency of amounts whose row and header name none
     * @param country of rows that name none
     */
    RowReader(
            ColumnMapping mapping,
            ImportKind kind,
            ZoneId zone,
            Optional<Currency> currency,
            Optional<String> country) {
        this.mapping = mapping;
        this.kind = kind;
        this.zone = zone;
        this.currency = currency;
        this.country = country;
    }

    /** A problem with the column where it is. */
    static final class ColumnProblem extends Exception {
        private static final long serialVersionUID = 1L;

        private final String column;
        private final String code;

        ColumnProblem(String column, String code) {
            super(code);
            this.column = column;
            this.code = code;
        }

        String column() {
            return column;
        }

        String code() {
            return code;
        }
    }

    ReportDraft read(List<String> fields, Instant now) throws ColumnProblem {
        var row = new RowSoFar(kind.category());
        if (fields.size() != mapping.columns().size()) throw new ColumnProblem("", RowRefused.COLUMNS_DIFFER);
        for (int i = 0; i < fields.size(); i++) {
            ColumnMapping.Column column = mapping.columns().get(i);
            String value = fields.get(i);
            if (value.isBlank()) continue;
            try {
                take(row, column, value, now);
            } catch (ProblemException e) {
                throw new ColumnProblem(column.header(), e.type().code());
            }
        }
        try {
            return row.draft(currency, country);
        } catch (ProblemException e) {
            throw new ColumnProblem("", e.type().code());
        }
    }

    private void take(RowSoFar row, ColumnMapping.Column column, String value, Instant now) {
        switch (column.field()) {
            case TIME -> row.occurredAt = OccurredAt.parse(value, Optional.of(zone), now);
            case CATEGORY -> row.category(value);
            case NARRATIVE -> row.narrative(value);
            case LANGUAGE -> row.language = language(value);
            case COUNTRY -> row.country = CountryNames.codeOf(value).orElse(null);
            case LOCALITY ->
                row.locality = WrittenText.line("locality", value, ReportDraft.LOCALITY_LENGTH_MAX)
                        .filter(place -> !saysNothing(place))
                        .orElse(null);
            case AMOUNT -> {
                row.amount = amount(value);
                row.currency = column.currency().orElse(row.currency);
            }
            case CURRENCY -> row.currency = currency(value);
            case ROLE -> row.role = role(value);
            case LABEL -> row.labels.addAll(labels(value));
            case TYPE -> row.type = identifierKind(value);
            case VALUE -> row.value = value;
            case IDENTIFIER -> column.kind().ifPresent(of -> row.identifiers.add(new GivenIdentifier(of, value)));
            case ID, IGNORE -> {}
        }
    }

    /** The source's number of the row, if it gives one. */
    Optional<String> idOf(List<String> fields) {
        for (int i = 0; i < Math.min(fields.size(), mapping.columns().size()); i++) {
            boolean id = mapping.columns().get(i).field() == ImportField.ID;
            if (id && !fields.get(i).isBlank()) return Optional.of(fields.get(i).strip());
        }
        return Optional.empty();
    }

    private static boolean saysNothing(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "not specified", "not available", "unknown", "n/a", "-" -> true;
            default -> false;
        };
    }

    private static @Nullable String language(String value) {
        if (saysNothing(value.strip())) return null;
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "english", "anglais" -> "en";
            case "french", "français", "francais" -> "fr";
            case "arabic", "arabe", "العربية" -> "ar";
            case "spanish", "espagnol", "español" -> "es";
            default -> WrittenText.language("language", value).orElse(null);
        };
    }

    private static BigDecimal amount(String value) {
        String plain = value.strip().replaceAll("[\\s\\u00a0\\u202f']", "");
        // 1,234.50 is written with grouping commas; 1234,50 with a decimal comma.
        if (plain.indexOf(',') >= 0 && plain.indexOf('.') > plain.lastIndexOf(',')) plain = plain.replace(",", "");
        if (!AMOUNT.matcher(plain).matches()) throw IntakeProblem.BAD_MONEY.because("an amount is not a number");
        return new BigDecimal(plain.replace(',', '.'));
    }

    private static Currency currency(String value) {
        try {
            return Currency.getInstance(value.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw IntakeProblem.UNKNOWN_VALUE.because("currency is no ISO 4217 code");
        }
    }

    private static ReporterRole role(String value) {
        for (ReporterRole role : ReporterRole.values()) {
            if (role.name().equalsIgnoreCase(value.strip().replace(' ', '_'))) return role;
        }
        throw IntakeProblem.UNKNOWN_VALUE.because("role is none of ours");
    }

    private static IdentifierKind identifierKind(String value) {
        return ColumnMapping.kindNamed(value)
                .orElseThrow(() -> IntakeProblem.UNKNOWN_VALUE.because("type is no kind of identifier"));
    }

    /** Hash tags one by one, else the text as it is. */
    private static List<String> labels(String value) {
        String text = value.strip();
        return text.startsWith("#") ? List.of(text.split("[\\s,;]+")) : List.of(text);
    }

    /** What was read of a row. */
    private static final class RowSoFar {
        private Category category;
        private String narrative = "";
        private @Nullable OccurredAt occurredAt;
        private @Nullable String language;
        private @Nullable String country;
        private @Nullable String locality;
        private @Nullable BigDecimal amount;
        private @Nullable Currency currency;
        private @Nullable IdentifierKind type;
        private @Nullable String value;
        private ReporterRole role = ReporterRole.VICTIM;
        private final List<String> labels = new ArrayList<>();
        private final List<GivenIdentifier> identifiers = new ArrayList<>();

        RowSoFar(Category category) {
            this.category = category;
        }

        /** The source's own word is kept beside ours, which may say less. */
        void category(String text) {
            Optional<Category> known = CategoryNames.of(text);
            category = known.orElse(Category.OTHER);
            if (known.isEmpty() || !known.get().name().equalsIgnoreCase(text.strip())) labels.add(text);
        }

        void narrative(String text) {
            if (narrative.length() + text.length() > ReportDraft.NARRATIVE_LENGTH_MAX)
                throw IntakeProblem.NARRATIVE_TOO_LONG.because("the narrative is too long");
            narrative = narrative.isEmpty() ? text : narrative + "\n" + text;
        }

        ReportDraft draft(Optional<Currency> otherwise, Optional<String> elsewhere) {
            if (type != null && value != null) identifiers.add(new GivenIdentifier(type, value));
            else if (value != null) narrative(value);
            return new ReportDraft(
                    category,
                    narrative,
                    Optional.ofNullable(language),
                    Optional.ofNullable(occurredAt),
                    Optional.ofNullable(country).or(() -> elsewhere),
                    Optional.ofNullable(locality),
                    money(otherwise),
                    identifiers,
                    labels,
                    Optional.empty(),
                    role);
        }

        private List<ReportedMoney> money(Optional<Currency> otherwise) {
            if (amount == null || amount.signum() == 0) return List.of();
            Currency of = Optional.ofNullable(currency)
                    .or(() -> otherwise)
                    .orElseThrow(() -> IntakeProblem.BAD_MONEY.because("an amount has no currency: say --currency"));
            var money = new Money(amount, of);
            return List.of(
                    new ReportedMoney(money, MoneyKind.LOST, Optional.empty(), Optional.empty(), Optional.empty()));
        }
    }
}
