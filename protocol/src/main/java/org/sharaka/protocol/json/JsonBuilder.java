package org.sharaka.protocol.json;

import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/** Puts an object together; what is absent or empty is left out, as the protocol wants it. Not thread-safe. */
public final class JsonBuilder {
    private final TreeMap<String, JsonValue> members = new TreeMap<>();

    /** An object without fields. */
    public static JsonBuilder object() {
        return new JsonBuilder();
    }

    /** A document begins with what it is. */
    public static JsonBuilder document(String type, long format) {
        return new JsonBuilder().with("type", type).with("format", format);
    }

    public JsonBuilder with(String name, JsonValue value) {
        members.put(name, value);
        return this;
    }

    public JsonBuilder with(String name, String text) {
        return with(name, JsonValue.of(text));
    }

    public JsonBuilder with(String name, long number) {
        return with(name, JsonValue.of(number));
    }

    public JsonBuilder with(String name, Instant time) {
        return with(name, Time.format(time));
    }

    public JsonBuilder with(String name, Enum<?> constant) {
        return with(name, Fields.nameOf(constant));
    }

    /** As Base64. */
    public JsonBuilder with(String name, byte[] bytes) {
        return with(name, Base64.getEncoder().encodeToString(bytes));
    }

    public JsonBuilder withText(String name, Object value) {
        return with(name, value.toString());
    }

    public JsonBuilder withText(String name, Optional<?> value) {
        value.ifPresent(present -> with(name, present.toString()));
        return this;
    }

    public <T> JsonBuilder withAll(String name, Collection<T> elements, Function<T, JsonValue> json) {
        return elements.isEmpty()
                ? this
                : with(name, JsonValue.of(elements.stream().map(json).toList()));
    }

    public JsonObject build() {
        return new JsonObject(members);
    }
}
