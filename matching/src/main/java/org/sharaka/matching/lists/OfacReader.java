package org.sharaka.matching.lists;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Region;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.Schema;

/**
 * OFAC's list of specially designated nationals in its CSV form (sdn, alt, sdn_comments; no header row; {@code -0-} stands for nothing). Other
 * names are held in memory, since they come in a file of their own; entries stream.
 */
public final class OfacReader {
    private static final int SDN_FIELDS = 12;
    private static final int ALT_FIELDS = 4;
    private static final Pattern QUOTED_NAME =
            Pattern.compile("(?:a\\.k\\.a\\.|f\\.k\\.a\\.|n\\.k\\.a\\.)\\s*'([^']+)'");
    private static final Pattern NUMBERED = Pattern.compile(
            "(?:alt\\. )?(Passport|National ID No\\.|Identification Number|National Foreign ID Number|Cedula No\\.|Tax ID No\\.|"
                    + "D\\.N\\.I\\.|SSN|C\\.U\\.I\\.T\\.|C\\.U\\.R\\.P\\.|R\\.F\\.C\\.|NIT #|Registration ID|Business Registration Number|Company Number|"
                    + "Registration Number|Commercial Registry Number)\\s+([^;(]+?)\\s*(?:\\(([^)]*)\\))?(?:\\s+(?:issued|expires).*)?");
    private static final Pattern WALLET = Pattern.compile("(?:alt\\. )?Digital Currency Address - (\\w+) (\\w+)");
    private static final Set<String> COMPANY_NUMBERS = Set.of(
            "NIT #",
            "Registration ID",
            "Business Registration Number",
            "Company Number",
            "Registration Number",
            "Commercial Registry Number");

    private final Map<String, List<String>> otherNames = new HashMap<>();
    private final Map<String, String> moreRemarks = new HashMap<>();

    /**
     * Reads the file of other names, before the entries.
     *
     * @throws IOException when it cannot be read or breaks off
     */
    public void readOtherNames(Reader alt) throws IOException {
        CsvRows rows = new CsvRows(alt);
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            if (row.size() < ALT_FIELDS) throw new IOException("row " + rows.row() + " of the other names breaks off");
            String name = value(row.get(3));
            if (!name.isEmpty())
                otherNames
                        .computeIfAbsent(row.get(0).strip(), id -> new ArrayList<>())
                        .add(name);
        }
    }

    /**
     * Reads the file of remarks that were too long, before the entries.
     *
     * @throws IOException when it cannot be read or breaks off
     */
    public void readRemarks(Reader comments) throws IOException {
        CsvRows rows = new CsvRows(comments);
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            if (row.size() < 2) throw new IOException("row " + rows.row() + " of the remarks breaks off");
            moreRemarks.merge(row.get(0).strip(), row.get(1), String::concat);
        }
    }

    /**
     * Hands on each entry; ids are {@code ofac-} and OFAC's number.
     *
     * @throws IOException when the file cannot be read or breaks off
     */
    public ListReport read(Reader sdn, Consumer<Entry> entries) throws IOException {
        Refusals refusals = new Refusals();
        CsvRows rows = new CsvRows(sdn);
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            if (row.size() < SDN_FIELDS) throw new IOException("row " + rows.row() + " breaks off");
            String number = row.get(0).strip();
            String name = value(row.get(1));
            if (number.isEmpty() || name.isEmpty()) {
                refusals.refuse("row " + rows.row(), number.isEmpty() ? "has no number" : "has no name");
                continue;
            }
            entries.accept(entry(number, name, row));
            refusals.entry();
        }
        return refusals.report();
    }

    private Entry entry(String number, String name, List<String> row) {
        Schema schema =
                switch (value(row.get(2))) {
                    case "individual" -> Schema.PERSON;
                    case "vessel" -> Schema.VESSEL;
                    case "aircraft" -> Schema.AIRCRAFT;
                    default -> Schema.ORGANIZATION;
                };
        Set<String> names = new LinkedHashSet<>();
        names.add(name);
        names.addAll(otherNames.getOrDefault(number, List.of()));
        List<PartialDate> births = new ArrayList<>();
        Set<String> countries = new LinkedHashSet<>();
        Set<ExactKey> keys = new LinkedHashSet<>();
        if (schema == Schema.VESSEL) Countries.code(value(row.get(9))).ifPresent(countries::add);
        if (schema == Schema.AIRCRAFT)
            ExactKey.number(ExactKey.Kind.TAIL, name, "").ifPresent(keys::add);
        String remarks = value(row.get(11)) + moreRemarks.getOrDefault(number, "");
        for (String part : remarks.split("; ?")) remark(part.strip(), births, countries, keys);
        Matcher quoted = QUOTED_NAME.matcher(remarks);
        while (quoted.find()) names.add(quoted.group(1));
        return new Entry("ofac-" + number, new Particulars(schema, List.copyOf(names), births, countries, keys));
    }

    private static void remark(String raw, List<PartialDate> births, Set<String> countries, Set<ExactKey> keys) {
        String part = raw.endsWith(".") ? raw.substring(0, raw.length() - 1) : raw;
        String plain = part.startsWith("alt. ") ? part.substring(5) : part;
        if (plain.startsWith("DOB ")) {
            PartialDate.parse(plain.substring(4)).ifPresent(births::add);
        } else if (plain.startsWith("nationality ") || plain.startsWith("citizen ")) {
            Countries.code(plain.substring(plain.indexOf(' ') + 1)).ifPresent(countries::add);
        } else if (plain.startsWith("Vessel Registration Identification IMO ")) {
            ExactKey.imo(plain.substring(plain.lastIndexOf(' ') + 1)).ifPresent(keys::add);
        } else if (plain.startsWith("MMSI ")) {
            ExactKey.number(ExactKey.Kind.MMSI, plain.substring(5), "").ifPresent(keys::add);
        } else if (plain.startsWith("Email Address ")) {
            ExactKey.parse(IdentifierKind.EMAIL, plain.substring(14), Region.UNKNOWN)
                    .ifPresent(keys::add);
        } else if (plain.startsWith("Phone Number ")) {
            ExactKey.parse(IdentifierKind.PHONE, "+" + plain.substring(13).replace("+", ""), Region.UNKNOWN)
                    .ifPresent(keys::add);
        } else {
            numbered(part, keys);
        }
    }

    private static void numbered(String part, Set<ExactKey> keys) {
        Matcher wallet = WALLET.matcher(part);
        if (wallet.matches()) {
            IdentifierKind kind =
                    switch (wallet.group(1)) {
                        case "XBT" -> IdentifierKind.BTC;
                        case "ETH" -> IdentifierKind.ETH;
                        case "LTC" -> IdentifierKind.LTC;
                        case "XMR" -> IdentifierKind.XMR;
                        case "TRX" -> IdentifierKind.TRX;
                        default -> IdentifierKind.TRANSACTION;
                    };
            if (kind == IdentifierKind.TRANSACTION) {
                ExactKey.number(ExactKey.Kind.OTHER, wallet.group(1) + wallet.group(2), "")
                        .ifPresent(keys::add);
            } else {
                ExactKey.parse(kind, wallet.group(2), Region.UNKNOWN).ifPresent(keys::add);
            }
            return;
        }
        Matcher numbered = NUMBERED.matcher(part);
        if (!numbered.matches()) return;
        ExactKey.Kind kind =
                COMPANY_NUMBERS.contains(numbered.group(1)) ? ExactKey.Kind.COMPANY_NUMBER : ExactKey.Kind.DOCUMENT;
        String country = numbered.group(3) == null
                ? ""
                : Countries.code(numbered.group(3)).orElse("");
        ExactKey.number(kind, numbered.group(2), country).ifPresent(keys::add);
    }

    private static String value(String field) {
        String value = field.strip();
        return value.equals("-0-") ? "" : value;
    }
}
