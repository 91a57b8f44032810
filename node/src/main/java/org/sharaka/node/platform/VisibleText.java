package org.sharaka.node.platform;

/**
 * Text of others for the screen. What would act on it instead of standing on it is made visible: direction overrides,
 * embeddings and isolates become their code point in brackets, other controls their picture. Still to be escaped and isolated.
 */
public final class VisibleText {
    private VisibleText() {}

    /** Arabic needs its marks (U+200E, U+200F, U+061C) and joiners; they stay. */
    public static String of(String text) {
        if (text.chars().noneMatch(VisibleText::acts)) return text;
        var visible = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!acts(unit)) visible.append(unit);
            else if (unit < 0x20) visible.append((char) (0x2400 + unit));
            else visible.append('[').append(String.format("U+%04X", (int) unit)).append(']');
        }
        return visible.toString();
    }

    /** Unicode Bidirectional Algorithm (UAX 9), section 2: explicit formatting characters; and control characters. */
    private static boolean acts(int unit) {
        return (unit >= 0x202A && unit <= 0x202E)
                || (unit >= 0x2066 && unit <= 0x2069)
                || (unit < 0x20 && unit != '\n' && unit != '\r' && unit != '\t')
                || (unit >= 0x7F && unit < 0xA0);
    }
}
