package org.sharaka.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sharaka.matching.Entry;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is asked: persons of whom most are on no list, as at a border, and some who are, their names damaged. In the shape of the yente API,
 * so that a peer can be asked the same. Names of real persons stay in memory.
 */
final class ScreeningQueries {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<byte[]> bodies;

    private ScreeningQueries(List<byte[]> bodies) {
        this.bodies = List.copyOf(bodies);
    }

    /** @param listed how many of a hundred are on a list */
    static ScreeningQueries published(Path data, int count, int listed, long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> strangers = strangers(data);
        List<byte[]> damaged = damaged(data);
        Collections.shuffle(strangers, random);
        Collections.shuffle(damaged, random);
        return mixed(strangers, damaged, count, listed, random);
    }

    /** Persons who do not exist, against entries of such; who is listed has one letter changed. */
    static ScreeningQueries generated(SyntheticNames names, int entries, int count, int listed, long seed) {
        Random random = new Random(seed);
        SyntheticNames others = new SyntheticNames(count, seed + 1);
        List<byte[]> strangers = new ArrayList<>();
        List<byte[]> known = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strangers.add(body(others.entry(i).particulars(), false, random));
            known.add(body(names.entry(random.nextInt(entries)).particulars(), true, random));
        }
        return mixed(strangers, known, count, listed, random);
    }

    private static ScreeningQueries mixed(
            List<byte[]> strangers, List<byte[]> known, int count, int listed, Random random) {
        List<byte[]> mixed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<byte[]> from = random.nextInt(100) < listed ? known : strangers;
            mixed.add(from.get(i % from.size()));
        }
        return new ScreeningQueries(mixed);
    }

    int size() {
        return bodies.size();
    }

    byte[] body(int number) {
        return bodies.get(number % bodies.size());
    }

    private static List<byte[]> strangers(Path data) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        try (CsvReader rows = new CsvReader(
                Files.newBufferedReader(data.resolve("names/negatives_us_25k.csv"), StandardCharsets.UTF_8),
                ',',
                true)) {
            List<String> header = rows.next();
            if (header == null) throw new IOException("the strangers' file is empty");
            int name = header.indexOf("full_name");
            int birth = header.indexOf("date_of_birth");
            for (List<String> row = rows.next(); row != null; row = rows.next())
                bodies.add(person(row.get(name), row.get(birth)));
        }
        return bodies;
    }

    private static List<byte[]> damaged(Path data) throws IOException {
        TsvTable table = TsvTable.read(data.resolve("names/un_treated_pairs.tsv"));
        List<byte[]> bodies = new ArrayList<>();
        for (int row = 0; row < table.size(); row++)
            bodies.add(person(table.get(row, "treated"), table.get(row, "dob_treated")));
        return bodies;
    }

    private static byte[] body(Particulars listed, boolean damaged, Random random) {
        String name = listed.names().get(0);
        if (damaged) {
            int at = random.nextInt(name.length());
            name = name.substring(0, at) + (char) ('a' + random.nextInt(26)) + name.substring(at + 1);
        }
        return person(
                name,
                listed.births().stream().findFirst().map(PartialDate::toString).orElse(""));
    }

    /** One query for one person, as {@code POST /match/DATASET} takes it. */
    static byte[] person(String name, String birth) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", List.of(name));
        if (!birth.isBlank()) properties.put("birthDate", List.of(birth));
        return JSON.writeValueAsBytes(
                Map.of("queries", Map.of("q", Map.of("schema", "Person", "properties", properties))));
    }

    /** An entry as one line of a FollowTheMoney file. */
    static String line(Entry entry) {
        Particulars particulars = entry.particulars();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", particulars.names());
        properties.put(
                "birthDate",
                particulars.births().stream().map(PartialDate::toString).toList());
        properties.put("country", particulars.countries().stream().sorted().toList());
        properties.put(
                "idNumber", particulars.keys().stream().map(key -> key.value()).toList());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", entry.id());
        line.put("schema", particulars.schema().label());
        line.put("properties", properties);
        return JSON.writeValueAsString(line);
    }
}
