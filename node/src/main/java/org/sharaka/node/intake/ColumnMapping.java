package org.sharaka.node.intake;

import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sharaka.identifiers.IdentifierKind;

/**
 * What each column of a file means, in the order of the file.
 *
 * @param columns one for each column of the header
 */
record ColumnMapping(List<Column> columns) {
    private static final Pattern MONEY_IN = Pattern.compile("(?:.*_)?(?:loss|amount|montant|importe)_([a-z]{3})");

    /** Headers as the files that we know write them, in lower case with underscores. */
    private static final Map<ImportField, Set<String>> HEADERS = headers();

    /**
     * @param header as the file has it
     * @param kind for {@link ImportField#IDENTIFIER}
     * @param currency for {@link ImportField#AMOUNT} where the header names it
     */
    record Column(String header, ImportField field, Optional<IdentifierKind> kind, Optional<Currency> currency) {
        static Column of(String header, ImportField field) {
            return new Column(header, field, Optional.empty(), Optional.empty());
        }
    }

    ColumnMapping {
        columns = List.copyOf(columns);
    }

    /**
     * Takes what is stated, and guesses the rest from the header.
     *
     * @param stated column to field: {@code Montant} to {@code amount}, {@code Compte} to {@code identifier:IBAN}
     * @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#BAD_MAPPING}
     */
    static ColumnMapping of(ImportKind kind, List<String> header, Map<String, String> stated) {
        for (String column : stated.keySet()) {
            if (!header.contains(column))
                throw IntakeProblem.BAD_MAPPING.because(
                        "--map names the column " + column + "; the file has " + String.join(", ", header));
        }
        var columns = new ArrayList<Column>();
        for (String column : header) {
            String field = stated.get(column);
            columns.add(field == null ? guessed(kind, column) : stated(column, field));
        }
        var mapping = new ColumnMapping(columns);
        if (!mapping.tellsSomething())
            throw IntakeProblem.BAD_MAPPING.because(
                    "no column of " + String.join(", ", header) + " is understood: say with --map what they mean");
        return mapping;
    }

    /** The mapping as text: equal for equal meanings. */
    String signature() {
        return columns.toString();
    }

    private boolean tellsSomething() {
        boolean pair = has(ImportField.TYPE) && has(ImportField.VALUE);
        return pair || has(ImportField.IDENTIFIER) || has(ImportField.NARRATIVE) || has(ImportField.CATEGORY);
    }

    private boolean has(ImportField field) {
        return columns.stream().anyMatch(column -> column.field() == field);
    }

    private static Column stated(String column, String field) {
        int colon = field.indexOf(':');
        String word = colon < 0 ? field : field.substring(0, colon);
        ImportField meaning = ImportField.of(word)
                .orElseThrow(() -> IntakeProblem.BAD_MAPPING.because("--map " + column + " is of no known field"));
        if (meaning == ImportField.IDENTIFIER) {
            IdentifierKind kind = kindNamed(colon < 0 ? "" : field.substring(colon + 1))
                    .orElseThrow(() -> IntakeProblem.BAD_MAPPING.because(
                            "--map " + column + "=identifier:… names no kind of identifier"));
            return new Column(column, meaning, Optional.of(kind), Optional.empty());
        }
        if (meaning == ImportField.AMOUNT && colon > 0) {
            return new Column(
                    column, meaning, Optional.empty(), Optional.of(currencyNamed(field.substring(colon + 1))));
        }
        return Column.of(column, meaning);
    }

    private static Currency currencyNamed(String code) {
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw IntakeProblem.BAD_MAPPING.because("--map amount:… names no ISO 4217 currency");
        }
    }

    private static Column guessed(ImportKind kind, String column) {
        String header = column.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
        if (kind == ImportKind.CSV_INDICATORS && header.equals("description"))
            return Column.of(column, ImportField.LABEL);
        for (ImportField field : ImportField.values()) {
            if (HEADERS.getOrDefault(field, Set.of()).contains(header)) return Column.of(column, field);
        }
        Matcher money = MONEY_IN.matcher(header);
        if (money.matches())
            return new Column(column, ImportField.AMOUNT, Optional.empty(), currencyOf(money.group(1)));
        // A column x is a coordinate more often than an account at X.
        Optional<IdentifierKind> identifier = header.length() < 2 ? Optional.empty() : kindNamed(header);
        return identifier.isPresent()
                ? new Column(column, ImportField.IDENTIFIER, identifier, Optional.empty())
                : Column.of(column, ImportField.IGNORE);
    }

    private static Optional<Currency> currencyOf(String code) {
        return Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getCurrencyCode().equalsIgnoreCase(code))
                .findFirst();
    }

    /** The kind that a source calls so. */
    static Optional<IdentifierKind> kindNamed(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT).replace('-', '_')) {
            case "url", "uri", "link", "website" -> Optional.of(IdentifierKind.URL);
            // Sources call a host a domain; what is registered is found from it.
            case "domain", "host", "hostname", "fqdn" -> Optional.of(IdentifierKind.HOST);
            case "ip", "ipv4", "ip_address" -> Optional.of(IdentifierKind.IPV4);
            case "e_mail", "email", "mail", "email_address" -> Optional.of(IdentifierKind.EMAIL);
            case "phone", "tel", "telephone", "msisdn" -> Optional.of(IdentifierKind.PHONE);
            case "hash", "md5", "sha1", "sha256", "sha512" -> Optional.of(IdentifierKind.FILE_HASH);
            case "bitcoin" -> Optional.of(IdentifierKind.BTC);
            case "ethereum" -> Optional.of(IdentifierKind.ETH);
            case "tron" -> Optional.of(IdentifierKind.TRX);
            case "rib" -> Optional.of(IdentifierKind.RIB_MA);
            default -> named(word.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
        };
    }

    private static Optional<IdentifierKind> named(String name) {
        for (IdentifierKind kind : IdentifierKind.values()) {
            if (kind.name().equals(name)) return Optional.of(kind);
        }
        return Optional.empty();
    }

    private static Map<ImportField, Set<String>> headers() {
        var headers = new EnumMap<ImportField, Set<String>>(ImportField.class);
        headers.put(ImportField.ID, Set.of("id", "report_id", "numero"));
        headers.put(
                ImportField.TIME,
                Set.of("date", "time", "timestamp", "datetime", "occurred_at", "first_seen", "seen_at", "fecha"));
        headers.put(ImportField.CATEGORY, Set.of("category", "categorie", "catégorie", "categoria", "categoría"));
        headers.put(
                ImportField.NARRATIVE,
                Set.of("narrative", "text", "message", "description", "texte", "recit", "récit", "texto"));
        headers.put(ImportField.LANGUAGE, Set.of("language", "lang", "langue", "idioma"));
        headers.put(ImportField.COUNTRY, Set.of("country", "pays", "pais", "país"));
        headers.put(
                ImportField.LOCALITY,
                Set.of("locality", "city", "province", "region", "région", "ville", "ciudad", "town"));
        headers.put(ImportField.AMOUNT, Set.of("amount", "loss", "montant", "importe"));
        headers.put(ImportField.CURRENCY, Set.of("currency", "devise", "moneda"));
        headers.put(ImportField.ROLE, Set.of("role"));
        headers.put(ImportField.LABEL, Set.of("tags", "tag", "label", "labels", "brand", "target", "marque"));
        headers.put(ImportField.TYPE, Set.of("type", "indicator_type", "kind"));
        headers.put(ImportField.VALUE, Set.of("value", "indicator", "ioc", "observable"));
        return headers;
    }
}
