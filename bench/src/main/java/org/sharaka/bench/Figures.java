package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a benchmark measured: printed for people, written as JSON for machines. */
final class Figures {
    private record Figure(double value, String unit) {}

    private final String bench;
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    Figures(String bench) {
        this.bench = bench;
    }

    /** @param key letters, digits and underscores, so that it needs no escaping; unit likewise */
    void put(String key, double value, String unit) {
        figures.put(key, new Figure(value, unit));
    }

    /** A count; exact up to 2^53. */
    void put(String key, long count, String unit) {
        put(key, (double) count, unit);
    }

    void print(PrintWriter out) {
        figures.forEach(
                (key, figure) -> out.printf(Locale.ROOT, "%-34s %14s %s%n", key, shown(figure.value()), figure.unit()));
    }

    void writeTo(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        figures.forEach((key, figure) -> rows.add(
                "\"" + key + "\":{\"value\":" + shown(figure.value()) + ",\"unit\":\"" + figure.unit() + "\"}"));
        Files.writeString(file, "{\"bench\":\"" + bench + "\",\"figures\":{" + String.join(",", rows) + "}}\n");
    }

    private static String shown(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) return Long.toString((long) value);
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
