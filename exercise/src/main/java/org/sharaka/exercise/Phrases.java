package org.sharaka.exercise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people write, as fragments in one file per voice. A line is a sentence; {@code (a|b)} chooses; {@code {x}} is a
 * value or, failing that, a sentence of the section x.
 */
final class Phrases {
    private static final Map<Voice, Phrases> ALL =
            Stream.of(Voice.values()).collect(Collectors.toUnmodifiableMap(voice -> voice, Phrases::read));

    private final Map<String, List<String>> sections;

    private Phrases(Map<String, List<String>> sections) {
        this.sections = sections;
    }

    /** A town and the ISO 3166-1 alpha-2 code of its country. */
    record Town(String name, String country) {}

    static Phrases of(Voice voice) {
        return Objects.requireNonNull(ALL.get(voice));
    }

    private static Phrases read(Voice voice) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : text(voice).split("\n", -1)) {
            if (line.startsWith("#") || line.isEmpty()) continue;
            if (line.startsWith("[") && line.endsWith("]")) {
                section = new ArrayList<>();
                sections.put(line.substring(1, line.length() - 1), section);
            } else {
                section.add(line);
            }
        }
        return new Phrases(sections);
    }

    private static String text(Voice voice) {
        String name = "phrases/" + voice.code + ".txt";
        try (@Nullable InputStream in = Phrases.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException(name + " is missing from the archive");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if there is no such section */
    List<String> lines(String section) {
        List<String> lines = sections.get(section);
        if (lines == null) throw new IllegalArgumentException("no section " + section);
        return lines;
    }

    List<Town> towns() {
        return lines("city").stream()
                .map(line -> new Town(line.substring(0, line.indexOf(" @")), line.substring(line.indexOf(" @") + 2)))
                .toList();
    }

    String say(String section, Chance chance, Map<String, String> values) {
        return expand(chance.one(lines(section)), chance, values);
    }

    /** Fills one line; a value drawn for a slot is not kept, so the next slot of that name is drawn again. */
    String expand(String line, Chance chance, Map<String, String> values) {
        StringBuilder out = new StringBuilder(line.length() + 32);
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == '(') {
                int end = closing(line, i);
                String inner = line.substring(i + 1, end);
                if (inner.indexOf('|') < 0) {
                    out.append('(').append(expand(inner, chance, values)).append(')');
                } else {
                    out.append(expand(chance.one(alternatives(inner)), chance, values));
                }
                i = end + 1;
            } else if (c == '{') {
                int end = line.indexOf('}', i);
                out.append(slot(line.substring(i + 1, end), chance, values));
                i = end + 1;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private String slot(String name, Chance chance, Map<String, String> values) {
        String given = values.get(name);
        if (given != null) return given;
        return switch (name) {
            case "n" -> String.valueOf(chance.between(2, 45));
            case "dom" -> String.valueOf(chance.between(1, 28));
            case "h" -> String.valueOf(chance.between(1, 12));
            case "mm" -> chance.one("00", "05", "10", "15", "20", "30", "40", "45", "50");
            default -> expand(chance.one(lines(name)), chance, values);
        };
    }

    private static int closing(String line, int open) {
        int depth = 0;
        for (int i = open; i < line.length(); i++) {
            if (line.charAt(i) == '(') depth++;
            if (line.charAt(i) == ')' && --depth == 0) return i;
        }
        throw new IllegalStateException("no closing bracket: " + line);
    }

    private static List<String> alternatives(String inner) {
        List<String> out = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '(') depth++;
            if (c == ')') depth--;
            if (c == '|' && depth == 0) {
                out.add(inner.substring(start, i));
                start = i + 1;
            }
        }
        out.add(inner.substring(start));
        return out;
    }
}
