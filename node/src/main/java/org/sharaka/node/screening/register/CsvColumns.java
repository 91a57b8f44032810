package org.sharaka.node.screening.register;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.screening.ScreeningProblem;

/** Which column of a file holds what: by what the administrator stated, else by the header's word. */
final class CsvColumns {
    private static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry("number", Set.of("number", "numero", "numéro", "número", "document_number", "din", "no")),
            Map.entry("kind", Set.of("kind", "type", "document_type", "nature")),
            Map.entry("country", Set.of("country", "pays", "pais", "país", "issuing_country", "issuer")),
            Map.entry(
                    "circumstances",
                    Set.of("circumstances", "circonstances", "circunstancias", "fraud_type", "status")),
            Map.entry("date", Set.of("date", "fecha", "theft_date", "happened_on")),
            Map.entry("expiry", Set.of("expiry", "expires_on", "expiry_date", "expiration", "caducidad")),
            Map.entry("reference", Set.of("reference", "référence", "referencia", "national_reference", "file")),
            Map.entry("vin", Set.of("vin", "chassis", "châssis", "bastidor")),
            Map.entry("plate", Set.of("plate", "plaque", "matricula", "matrícula", "immatriculation", "registration")),
            Map.entry("make", Set.of("make", "marque", "marca", "brand")),
            Map.entry("model", Set.of("model", "modele", "modèle", "modelo")),
            Map.entry("action", Set.of("action", "acción", "accion")));

    private final Map<String, Integer> places = new HashMap<>();

    /**
     * @param header as the file has it
     * @param stated column to field
     * @param needed fields without which a file is none
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#BAD_COLUMNS}
     */
    CsvColumns(List<String> header, Map<String, String> stated, Set<String> needed) {
        for (String column : stated.keySet())
            if (!header.contains(column))
                throw ScreeningProblem.BAD_COLUMNS.because("--map names no column of the file");
        for (int i = 0; i < header.size(); i++) {
            String said = stated.get(header.get(i));
            String field = said == null ? guessed(header.get(i)) : said;
            if (!field.isEmpty() && !WORDS.containsKey(field) && !field.equals("ignore"))
                throw ScreeningProblem.BAD_COLUMNS.because("--map names a field that is none");
            if (!field.isEmpty()) places.putIfAbsent(field, i);
        }
        for (String field : needed)
            if (!places.containsKey(field))
                throw ScreeningProblem.BAD_COLUMNS.because("no column for " + field + ": say with --map which it is");
    }

    private static String guessed(String column) {
        String header = column.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
        return WORDS.entrySet().stream()
                .filter(each -> each.getValue().contains(header))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** What a row says, empty if nothing. */
    Optional<String> value(List<String> row, String field) {
        Integer place = places.get(field);
        if (place == null || place >= row.size()) return Optional.empty();
        return Optional.of(row.get(place).strip()).filter(text -> !text.isEmpty());
    }
}
