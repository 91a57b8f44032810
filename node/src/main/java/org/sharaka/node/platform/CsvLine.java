package org.sharaka.node.platform;

import java.util.List;

/**
 * Writes one record of a CSV file (RFC 4180). What a spreadsheet would take for a formula is written with an apostrophe before it, so that
 * opening the file runs nothing that somebody else wrote (OWASP, CSV injection).
 */
public final class CsvLine {
    /** What begins a formula in the spreadsheets we know, in halfwidth and fullwidth; a tab or line break would hide it. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private CsvLine() {}

    /** With its line end. */
    public static String of(List<String> fields) {
        StringBuilder line = new StringBuilder();
        for (String field : fields) {
            if (line.length() > 0) line.append(',');
            line.append('"').append(defused(field).replace("\"", "\"\"")).append('"');
        }
        return line.append("\r\n").toString();
    }

    private static String defused(String field) {
        String seen = field.stripLeading();
        boolean formula = !seen.isEmpty() && FORMULA.indexOf(seen.charAt(0)) >= 0;
        boolean hidden = !field.isEmpty() && FORMULA.indexOf(field.charAt(0)) >= 0;
        return formula || hidden ? "'" + field : field;
    }
}
