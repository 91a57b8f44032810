package org.sharaka.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sharaka.protocol.Refusal;

/** A JSON value. Numbers are whole and fit 53 bits, so that every reader of every language reads the same. */
public sealed interface JsonValue {
    static JsonText of(String text) {
        return new JsonText(text);
    }

    static JsonNumber of(long number) {
        return new JsonNumber(number);
    }

    static JsonArray of(List<? extends JsonValue> elements) {
        return new JsonArray(List.copyOf(elements));
    }

    /** @return the one encoding that RFC 8785 gives this value */
    default byte[] canonical() {
        return Canonical.write(this).getBytes(StandardCharsets.UTF_8);
    }

    /** Members in the order of their names' UTF-16 code units (RFC 8785 section 3.2.3). */
    record JsonObject(SortedMap<String, JsonValue> members) implements JsonValue {
        public JsonObject {
            members = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(members));
            members.keySet().forEach(JsonObject::requireText);
        }

        private static void requireText(String name) {
            if (!Canonical.isText(name)) throw Refusal.NOT_JSON.because("a name holds half a character");
        }

        /** An object from names and values in turn. */
        public static JsonObject of(Map<String, ? extends JsonValue> members) {
            return new JsonObject(new TreeMap<>(members));
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(new ArrayList<>(elements));
        }
    }

    /** A text of whole characters: no surrogate stands alone. */
    record JsonText(String text) implements JsonValue {
        public JsonText {
            if (!Canonical.isText(text)) throw Refusal.NOT_JSON.because("a text holds half a character");
        }
    }

    /** A whole number from -(2^53-1) to 2^53-1 (RFC 7493 section 2.2). */
    record JsonNumber(long number) implements JsonValue {
        public static final long MAX = (1L << 53) - 1;

        public JsonNumber {
            if (number > MAX || number < -MAX) throw Refusal.NUMBER_NOT_WHOLE.because("a number needs over 53 bits");
        }
    }

    /** True or false. */
    record JsonBoolean(boolean value) implements JsonValue {}

    /** Null; documents of this protocol leave a field out instead, free content may hold it. */
    record JsonNull() implements JsonValue {}
}
