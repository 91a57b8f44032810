package org.sharaka.protocol.json;

import java.util.Iterator;
import java.util.Map;
import org.sharaka.protocol.json.JsonValue.JsonArray;
import org.sharaka.protocol.json.JsonValue.JsonBoolean;
import org.sharaka.protocol.json.JsonValue.JsonNumber;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.json.JsonValue.JsonText;

/** Writes the canonical form (RFC 8785). */
final class Canonical {
    private static final String HEX = "0123456789abcdef";

    private Canonical() {}

    static String write(JsonValue value) {
        StringBuilder out = new StringBuilder(256);
        write(value, out);
        return out.toString();
    }

    private static void write(JsonValue value, StringBuilder out) {
        if (value instanceof JsonObject object) writeObject(object, out);
        else if (value instanceof JsonArray array) writeArray(array, out);
        else if (value instanceof JsonText text) writeText(text.text(), out);
        else if (value instanceof JsonNumber number) out.append(number.number());
        else if (value instanceof JsonBoolean truth) out.append(truth.value());
        else out.append("null");
    }

    private static void writeObject(JsonObject object, StringBuilder out) {
        out.append('{');
        Iterator<Map.Entry<String, JsonValue>> members =
                object.members().entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<String, JsonValue> member = members.next();
            writeText(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            if (members.hasNext()) out.append(',');
        }
        out.append('}');
    }

    private static void writeArray(JsonArray array, StringBuilder out) {
        out.append('[');
        Iterator<JsonValue> elements = array.elements().iterator();
        while (elements.hasNext()) {
            write(elements.next(), out);
            if (elements.hasNext()) out.append(',');
        }
        out.append(']');
    }

    /** RFC 8785 section 3.2.2.2: as ECMAScript does, nothing escaped that need not be. */
    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        int plain = 0; // What needs no escape is copied in one piece.
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') continue;
            out.append(text, plain, i);
            plain = i + 1;
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        out.append(text, plain, text.length()).append('"');
    }

    /** Whether every surrogate has its other half: only then is there an encoding in UTF-8. */
    static boolean isText(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (!Character.isSurrogate(c)) continue;
            boolean pair = i < text.length() && Character.isSurrogatePair(c, text.charAt(i++));
            if (!pair) return false;
        }
        return true;
    }
}
