package org.sharaka.node.portal;

import java.math.BigDecimal;
import java.util.Optional;

/** Amounts as people type them: any digits, any grouping, point or comma. */
final class AmountText {
    private static final int DIGITS_MAX = 15;

    private AmountText() {}

    /**
     * Reads {@code 1500}, {@code 1.500,50}, {@code 1 500.5}, {@code ١٥٠٠}. A single separator before exactly three digits
     * groups thousands.
     */
    static Optional<BigDecimal> read(String typed) {
        var plain = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            char unit = typed.charAt(i);
            if (Character.isDigit(unit)) plain.append(Character.digit(unit, 10));
            else if (unit == '.' || unit == '\u066B') plain.append('.');
            else if (unit == ',' || unit == '\u060C' || unit == '\u066C') plain.append(',');
            else if (!Character.isWhitespace(unit) && !Character.isSpaceChar(unit) && unit != '\'' && unit != '’')
                return Optional.empty();
        }
        String text = plain.toString();
        int last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
        String whole = last < 0 ? text : text.substring(0, last).replaceAll("[.,]", "");
        String fraction = last < 0 ? "" : text.substring(last + 1);
        boolean grouping = last >= 0
                && (fraction.length() == 3 || text.indexOf(text.charAt(last)) != last)
                && !whole.isEmpty()
                && !whole.equals("0");
        String number = grouping ? whole + fraction : whole + (fraction.isEmpty() ? "" : "." + fraction);
        if (number.isEmpty() || number.startsWith(".") || whole.length() > DIGITS_MAX || fraction.length() > 4)
            return Optional.empty();
        return Optional.of(new BigDecimal(number));
    }
}
