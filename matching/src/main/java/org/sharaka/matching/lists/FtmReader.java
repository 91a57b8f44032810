package org.sharaka.matching.lists;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Region;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.Schema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Entities of the FollowTheMoney model, one JSON object a line, as OpenSanctions publishes them. Other schemata than ours are passed over. */
public final class FtmReader {
    private static final int LINE_MAX = 20_000_000;

    private final JsonFactory json = new JsonFactory();

    /**
     * Hands on each entity of a schema that is matched.
     *
     * @throws IOException when the file cannot be read, or its last line breaks off
     */
    public ListReport read(Reader in, Consumer<Entry> entries) throws IOException {
        Refusals refusals = new Refusals();
        BufferedReader lines = new BufferedReader(in);
        long number = 0;
        String line = lines.readLine();
        while (line != null) {
            number++;
            String next = lines.readLine();
            if (!line.isBlank()) {
                try {
                    if (line.length() > LINE_MAX) throw new IllegalArgumentException("too long");
                    one(line, number, entries, refusals);
                } catch (JacksonException | IllegalArgumentException e) {
                    if (next == null) throw new IOException("the last line, " + number + ", breaks off", e);
                    refusals.refuse("line " + number, "is no JSON object of an entity");
                }
            }
            line = next;
        }
        return refusals.report();
    }

    private void one(String line, long number, Consumer<Entry> entries, Refusals refusals) {
        String id = "";
        String schemaName = "";
        Map<String, List<String>> properties = new HashMap<>();
        try (JsonParser parser = json.createParser(tools.jackson.core.ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new IllegalArgumentException("no object");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("id") && value == JsonToken.VALUE_STRING) id = parser.getString();
                else if (name.equals("schema") && value == JsonToken.VALUE_STRING) schemaName = parser.getString();
                else if (name.equals("properties") && value == JsonToken.START_OBJECT) properties(parser, properties);
                else parser.skipChildren();
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) throw new IllegalArgumentException("no end");
        }
        Optional<Schema> schema = Schema.of(schemaName);
        if (schema.isEmpty()) return;
        Set<String> names = new LinkedHashSet<>();
        for (String property : List.of("name", "alias", "weakAlias", "previousName"))
            names.addAll(properties.getOrDefault(property, List.of()));
        if (id.isBlank() || names.isEmpty()) {
            refusals.refuse("line " + number, id.isBlank() ? "has no id" : "has no name");
            return;
        }
        entries.accept(new Entry(id, particulars(schema.get(), names, properties)));
        refusals.entry();
    }

    private static void properties(JsonParser parser, Map<String, List<String>> into) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            List<String> values = into.computeIfAbsent(name, n -> new ArrayList<>());
            if (value == JsonToken.START_ARRAY) {
                for (JsonToken item = parser.nextToken();
                        item != null && item != JsonToken.END_ARRAY;
                        item = parser.nextToken()) {
                    if (item == JsonToken.VALUE_STRING) values.add(parser.getString());
                    else parser.skipChildren();
                }
            } else if (value == JsonToken.VALUE_STRING) {
                values.add(parser.getString());
            } else {
                parser.skipChildren();
            }
        }
    }

    /** What properties of the model say, in any of its schemata. */
    public static Particulars particulars(Schema schema, Set<String> names, Map<String, List<String>> properties) {
        List<PartialDate> births = new ArrayList<>();
        for (String property : List.of("birthDate", "incorporationDate", "buildDate")) {
            for (String date : properties.getOrDefault(property, List.of()))
                PartialDate.parse(date).ifPresent(births::add);
        }
        Set<String> countries = new LinkedHashSet<>();
        for (String property : List.of("nationality", "citizenship", "country", "jurisdiction", "flag")) {
            for (String country : properties.getOrDefault(property, List.of()))
                Countries.code(country).ifPresent(countries::add);
        }
        String issuer = countries.size() == 1 ? countries.iterator().next() : "";
        Set<ExactKey> keys = new LinkedHashSet<>();
        each(properties, "passportNumber", value -> ExactKey.document(value, ""), keys);
        each(properties, "idNumber", value -> ExactKey.document(value, ""), keys);
        each(properties, "registrationNumber", value -> ExactKey.number(number(schema), value, issuer), keys);
        each(properties, "imoNumber", ExactKey::imo, keys);
        each(properties, "mmsi", value -> ExactKey.number(ExactKey.Kind.MMSI, value, ""), keys);
        each(properties, "iban", value -> ExactKey.parse(IdentifierKind.IBAN, value, Region.UNKNOWN), keys);
        each(properties, "email", value -> ExactKey.parse(IdentifierKind.EMAIL, value, Region.UNKNOWN), keys);
        each(properties, "phone", value -> ExactKey.parse(IdentifierKind.PHONE, value, Region.UNKNOWN), keys);
        return new Particulars(schema, List.copyOf(names), births, countries, keys);
    }

    private static ExactKey.Kind number(Schema schema) {
        return switch (schema) {
            case AIRCRAFT -> ExactKey.Kind.TAIL;
            case VEHICLE -> ExactKey.Kind.VEHICLE;
            default -> ExactKey.Kind.COMPANY_NUMBER;
        };
    }

    private static void each(
            Map<String, List<String>> properties,
            String property,
            java.util.function.Function<String, Optional<ExactKey>> read,
            Set<ExactKey> keys) {
        for (String value : properties.getOrDefault(property, List.of()))
            read.apply(value).ifPresent(keys::add);
    }
}
