package org.sharaka.exercise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A list of people and companies who do not exist, in Latin script, with the Arabic spelling of each name beside it for whoever asks. Family
 * names are made of syllables and can be nobody's.
 */
final class WantedList {
    /** Under which the node keeps it. */
    static final String NAME = "exercise";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PERSONS = 300;
    private static final int COMPANIES = 60;

    /** The same sound in both scripts. */
    private record Sound(String latin, String arabic) {}

    private static final List<Sound> GIVEN = List.of(
            new Sound("Yasmine", "ياسمين"),
            new Sound("Karim", "كريم"),
            new Sound("Samira", "سميرة"),
            new Sound("Nabil", "نبيل"),
            new Sound("Mounir", "منير"),
            new Sound("Latifa", "لطيفة"),
            new Sound("Tarik", "طارق"),
            new Sound("Souad", "سعاد"),
            new Sound("Jamal", "جمال"),
            new Sound("Rachida", "رشيدة"));

    private static final List<Sound> SYLLABLES = List.of(
            new Sound("ba", "با"),
            new Sound("zou", "زو"),
            new Sound("mir", "مير"),
            new Sound("dan", "دان"),
            new Sound("la", "لا"),
            new Sound("fou", "فو"),
            new Sound("nas", "ناس"),
            new Sound("ri", "ري"),
            new Sound("sou", "سو"),
            new Sound("kar", "كار"),
            new Sound("ta", "تا"),
            new Sound("li", "لي"));

    private static final List<String> TRADES =
            List.of("Trading", "Shipping", "Import Export", "Logistics", "Consulting");

    /**
     * One person of the list.
     *
     * @param latin as the list has the name
     * @param arabic as somebody may ask for it
     * @param birth as 1970-05-03
     */
    record Person(String id, String latin, String arabic, String birth) {}

    private final List<Person> persons = new ArrayList<>();
    private final List<String> companies = new ArrayList<>();
    private final Person stranger;
    private final String lostDocument;

    private WantedList(Chance chance) {
        List<String> families = new ArrayList<>();
        for (int i = 0; i < PERSONS; i++) persons.add(person("p" + i, chance, families));
        for (int i = 0; i < COMPANIES; i++)
            companies.add(family(chance, families).latin() + " " + chance.one(TRADES));
        stranger = person("nobody", chance, families);
        lostDocument = "ZX" + chance.digits(7);
    }

    static WantedList generate(long seed) {
        return new WantedList(Chance.ofSeed(seed).fork("wanted"));
    }

    private static Person person(String id, Chance chance, List<String> families) {
        Sound given = chance.one(GIVEN);
        Sound family = family(chance, families);
        String birth = chance.between(1950, 2000) + "-" + twoDigits(chance.between(1, 12)) + "-"
                + twoDigits(chance.between(1, 28));
        return new Person(id, given.latin() + " " + family.latin(), given.arabic() + " " + family.arabic(), birth);
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    /** Of four syllables, and none twice. */
    private static Sound family(Chance chance, List<String> taken) {
        while (true) {
            StringBuilder latin = new StringBuilder();
            StringBuilder arabic = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                Sound syllable = chance.one(SYLLABLES);
                latin.append(syllable.latin());
                arabic.append(syllable.arabic());
            }
            String name = Character.toUpperCase(latin.charAt(0)) + latin.substring(1);
            if (taken.contains(name)) continue;
            taken.add(name);
            return new Sound(name, arabic.toString());
        }
    }

    List<Person> persons() {
        return List.copyOf(persons);
    }

    /** Somebody who is not on it. */
    Person stranger() {
        return stranger;
    }

    /** Number of a passport of this country that was reported lost. */
    String lostDocument() {
        return lostDocument;
    }

    /** As FollowTheMoney, one JSON object a line. */
    void writeTo(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Person person : persons)
            lines.add(line(person.id(), "Person", Map.of("name", person.latin(), "birthDate", person.birth())));
        for (int i = 0; i < companies.size(); i++)
            lines.add(line("c" + i, "Company", Map.of("name", companies.get(i))));
        Files.write(file, lines, StandardCharsets.UTF_8);
    }

    private static String line(String id, String schema, Map<String, String> properties) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        properties.forEach((property, value) -> lists.put(property, List.of(value)));
        return JSON.writeValueAsString(Map.of("id", id, "schema", schema, "properties", lists));
    }
}
