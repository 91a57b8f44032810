package org.sharaka.protocol.json;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.json.JsonValue.JsonArray;
import org.sharaka.protocol.json.JsonValue.JsonNumber;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.json.JsonValue.JsonText;

/**
 * Reads an object field by field and refuses what is missing, of another type, out of bounds or unknown. Call
 * {@link #end} when done: an unknown field is refused, for who does not know it cannot obey it.
 */
public final class Fields {
    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

    private final JsonObject object;
    private final String where;
    private final Set<String> seen = new HashSet<>();

    private Fields(JsonObject object, String where) {
        this.object = object;
        this.where = where;
    }

    /** @param where the object's name, for the refusal's detail */
    public static Fields of(JsonObject object, String where) {
        return new Fields(object, where);
    }

    /** Checks {@code type} and {@code format}, which every document begins its life with. */
    public static Fields ofDocument(JsonObject object, String type, long format) {
        Fields fields = new Fields(object, type);
        if (!(object.members().get("type") instanceof JsonText text)
                || !text.text().equals(type)
                || !(object.members().get("format") instanceof JsonNumber number)
                || number.number() != format)
            throw Refusal.FORMAT_UNKNOWN.because("not " + type + ", format " + format);
        fields.seen.add("type");
        fields.seen.add("format");
        return fields;
    }

    private Optional<JsonValue> find(String name) {
        seen.add(name);
        return Optional.ofNullable(object.members().get(name));
    }

    private JsonValue require(String name) {
        return find(name).orElseThrow(() -> Refusal.FIELD_MISSING.because(where + "." + name));
    }

    private RefusedException wrong(String name, String what) {
        return Refusal.FIELD_WRONG.because(where + "." + name + ": " + what);
    }

    public boolean isEmpty() {
        return object.members().isEmpty();
    }

    public boolean has(String name) {
        return object.members().containsKey(name);
    }

    /** A text of 1 to so many UTF-16 code units. */
    public String text(String name, int maxLength) {
        return asText(name, require(name), maxLength);
    }

    public Optional<String> textIfAny(String name, int maxLength) {
        return find(name).map(value -> asText(name, value, maxLength));
    }

    private String asText(String name, JsonValue value, int maxLength) {
        if (!(value instanceof JsonText text)) throw wrong(name, "not a text");
        if (text.text().isEmpty() || text.text().length() > maxLength)
            throw wrong(name, "not of 1 to " + maxLength + " characters");
        return text.text();
    }

    /** Small letters and digits, joined by single dots or dashes: a code for machines. */
    public String slug(String name) {
        return asSlug(name, text(name, 64));
    }

    public Optional<String> slugIfAny(String name) {
        return textIfAny(name, 64).map(text -> asSlug(name, text));
    }

    private String asSlug(String name, String text) {
        if (!isSlug(text)) throw wrong(name, "not small letters and digits joined by dots or dashes");
        return text;
    }

    public static boolean isSlug(String text) {
        return text.length() <= 64 && SLUG.matcher(text).matches();
    }

    /** A text that a type of its own reads; its refusal gets the field's name. */
    public <T> T parsed(String name, int maxLength, Function<String, T> parser) {
        return parse(name, text(name, maxLength), parser);
    }

    public <T> Optional<T> parsedIfAny(String name, int maxLength, Function<String, T> parser) {
        return textIfAny(name, maxLength).map(text -> parse(name, text, parser));
    }

    private <T> T parse(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(name, "malformed");
        }
    }

    /** An enum constant by its name in small letters, with dashes. */
    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        return constant(name, text(name, 40), type);
    }

    private <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
        for (E constant : type.getEnumConstants()) if (nameOf(constant).equals(text)) return constant;
        throw wrong(name, "not known");
    }

    /** How an enum constant stands in JSON: {@code NOT_HELD} is {@code not-held}. */
    public static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public long number(String name, long min, long max) {
        if (!(require(name) instanceof JsonNumber number)) throw wrong(name, "not a number");
        if (number.number() < min || number.number() > max) throw wrong(name, "not from " + min + " to " + max);
        return number.number();
    }

    /** Refuses a set that stands in another order than its own, or holds something twice: it has one spelling. */
    public <T extends Comparable<T>> SortedSet<T> ordered(String name, List<T> elements) {
        TreeSet<T> set = new TreeSet<>(elements);
        if (!List.copyOf(set).equals(elements)) throw wrong(name, "not in order, each once");
        return set;
    }

    /** Bytes as Base64 (RFC 4648 section 4, padded), of which there is one spelling only. */
    public byte[] bytes(String name, int maxBytes) {
        return asBytes(name, require(name), maxBytes);
    }

    public Optional<byte[]> bytesIfAny(String name, int maxBytes) {
        return find(name).map(value -> asBytes(name, value, maxBytes));
    }

    private byte[] asBytes(String name, JsonValue value, int maxBytes) {
        if (!(value instanceof JsonText text)) throw wrong(name, "not a text");
        if (text.text().length() > (maxBytes + 2) / 3 * 4) throw wrong(name, "more than " + maxBytes + " bytes");
        try {
            byte[] bytes = Base64.getDecoder().decode(text.text());
            if (Base64.getEncoder().encodeToString(bytes).equals(text.text())) return bytes;
        } catch (IllegalArgumentException e) {
            throw wrong(name, "not Base64");
        }
        throw wrong(name, "not the one spelling of its Base64");
    }

    public JsonObject object(String name) {
        if (require(name) instanceof JsonObject nested) return nested;
        throw wrong(name, "not an object");
    }

    public Fields fields(String name) {
        return new Fields(object(name), where + "." + name);
    }

    public Optional<Fields> fieldsIfAny(String name) {
        return has(name) ? Optional.of(fields(name)) : Optional.empty();
    }

    /** An array of objects; an absent one is none, an empty one is refused, for there is one way to say none. */
    public List<Fields> list(String name, int max) {
        List<Fields> list = new ArrayList<>();
        for (JsonValue element : elements(name, max)) {
            if (!(element instanceof JsonObject nested)) throw wrong(name, "holds something that is no object");
            list.add(new Fields(nested, where + "." + name + "[" + list.size() + "]"));
        }
        return list;
    }

    /** Likewise, as objects for types that read themselves. */
    public List<JsonObject> objects(String name, int max) {
        return list(name, max).stream().map(fields -> fields.object).toList();
    }

    /** An array of texts; an absent one is none, an empty one is refused. */
    public List<String> texts(String name, int max, int maxLength) {
        List<String> list = new ArrayList<>();
        for (JsonValue element : elements(name, max)) list.add(asText(name, element, maxLength));
        return list;
    }

    /** An array of Base64 texts. */
    public List<byte[]> bytesList(String name, int max, int maxBytes) {
        List<byte[]> list = new ArrayList<>();
        for (JsonValue element : elements(name, max)) list.add(asBytes(name, element, maxBytes));
        return list;
    }

    private List<JsonValue> elements(String name, int max) {
        Optional<JsonValue> value = find(name);
        if (value.isEmpty()) return List.of();
        if (!(value.get() instanceof JsonArray array)) throw wrong(name, "not an array");
        if (array.elements().isEmpty()) throw wrong(name, "empty; leave it out");
        if (array.elements().size() > max) throw Refusal.TOO_MANY.because(where + "." + name + ": over " + max);
        return array.elements();
    }

    /** Refuses what was not asked for. */
    public void end() {
        for (String name : object.members().keySet())
            if (!seen.contains(name)) throw Refusal.FIELD_UNKNOWN.because(where + ": a field of another format");
    }
}
