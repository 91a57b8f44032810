package org.sharaka.node.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits one record into fields, fed line by line. A quote inside an unquoted field is text, as spreadsheets write it. */
final class CsvParser {
    /** Where in a field the parser stands. */
    private enum Place {
        START,
        PLAIN,
        QUOTED,
        /** Behind a quote that either closed the field or escapes the next quote. */
        QUOTE
    }

    private final char separator;
    private final List<String> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private Place place = Place.START;
    private int column;

    CsvParser(char separator) {
        this.separator = separator;
    }

    /** Takes a line with its end; empty unless the record is malformed. */
    Optional<CsvFault> feed(String line) {
        int end = endOf(line);
        for (column = 0; column < line.length(); column++) {
            char unit = line.charAt(column);
            if (place == Place.QUOTED) {
                if (unit == '"') place = Place.QUOTE;
                else field.append(unit);
            } else if (column >= end) {
                break;
            } else if (unit == separator) {
                finishField();
            } else if (unit == '"' && place == Place.START) {
                place = Place.QUOTED;
            } else if (unit == '"' && place == Place.QUOTE) {
                field.append(unit);
                place = Place.QUOTED;
            } else if (place == Place.QUOTE) {
                return Optional.of(CsvFault.TEXT_AFTER_QUOTE);
            } else {
                field.append(unit);
                place = Place.PLAIN;
            }
        }
        if (complete()) finishField();
        return Optional.empty();
    }

    boolean complete() {
        return place != Place.QUOTED;
    }

    /** Of the character last looked at, from 1. */
    int column() {
        return column + 1;
    }

    List<String> fields() {
        return List.copyOf(fields);
    }

    private void finishField() {
        fields.add(field.toString());
        field.setLength(0);
        place = Place.START;
    }

    /** Where the line's own characters end and its line break begins. */
    private static int endOf(String line) {
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\n') end--;
        if (end > 0 && line.charAt(end - 1) == '\r') end--;
        return end;
    }
}
