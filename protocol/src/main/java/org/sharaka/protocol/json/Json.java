package org.sharaka.protocol.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.json.JsonValue.JsonArray;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON within limits. Thread-safe. */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.JSON_DEPTH)
                    .maxTokenCount(Limits.JSON_TOKENS)
                    .maxNumberLength(20)
                    .maxNameLength(1_024)
                    .maxStringLength(Limits.ROSTER_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /**
     * Reads an object that must be in canonical form: what was signed or hashed has one reading only.
     *
     * @param maxBytes more are refused unread
     */
    public static JsonObject parseCanonical(byte[] bytes, int maxBytes) {
        JsonObject object = parse(bytes, maxBytes);
        if (!Arrays.equals(object.canonical(), bytes))
            throw Refusal.NOT_CANONICAL.because("RFC 8785 writes it otherwise");
        return object;
    }

    /** Reads an object in any form that JSON allows, duplicate names excepted. */
    public static JsonObject parse(byte[] bytes, int maxBytes) {
        if (parseValue(bytes, maxBytes) instanceof JsonObject object) return object;
        throw Refusal.NOT_JSON.because("not an object");
    }

    /** Reads any JSON value. */
    public static JsonValue parseValue(byte[] bytes, int maxBytes) {
        if (bytes.length > maxBytes) throw Refusal.TOO_LARGE.because(bytes.length + " of " + maxBytes + " bytes");
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), decode(bytes))) {
            parser.nextToken();
            JsonValue value = read(parser, 0);
            if (parser.nextToken() != null) throw Refusal.NOT_JSON.because("something follows the value");
            return value;
        } catch (StreamConstraintsException e) {
            throw constraint(e);
        } catch (JacksonException e) {
            throw Refusal.NOT_JSON.because("at character " + e.getLocation().getCharOffset());
        }
    }

    /** Which of the limits it was: the tokeniser names them all by one class. */
    private static RefusedException constraint(StreamConstraintsException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("depth")) return Refusal.TOO_DEEP.because("over " + Limits.JSON_DEPTH + " levels");
        if (message.contains("Token count")) return Refusal.TOO_MANY.because("over " + Limits.JSON_TOKENS + " tokens");
        if (message.contains("Number value")) return Refusal.NUMBER_NOT_WHOLE.because("a number of too many digits");
        return Refusal.TOO_LARGE.because("a name or text is too long");
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.NOT_JSON.because("not UTF-8", e);
        }
    }

    private static JsonValue read(JsonParser parser, int depth) {
        JsonToken token = parser.currentToken();
        if (token == null) throw Refusal.NOT_JSON.because("it ends too early");
        return switch (token) {
            case START_OBJECT -> readObject(parser, depth);
            case START_ARRAY -> readArray(parser, depth);
            case VALUE_STRING -> JsonValue.of(parser.getString());
            case VALUE_NUMBER_INT -> readNumber(parser);
            case VALUE_NUMBER_FLOAT -> throw Refusal.NUMBER_NOT_WHOLE.because("a number has a fraction or exponent");
            case VALUE_TRUE -> new JsonValue.JsonBoolean(true);
            case VALUE_FALSE -> new JsonValue.JsonBoolean(false);
            case VALUE_NULL -> new JsonValue.JsonNull();
            default -> throw Refusal.NOT_JSON.because("unexpected " + token);
        };
    }

    private static JsonObject readObject(JsonParser parser, int depth) {
        TreeMap<String, JsonValue> members = new TreeMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, read(parser, depth + 1));
        }
        return new JsonObject(members);
    }

    private static JsonArray readArray(JsonParser parser, int depth) {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) elements.add(read(parser, depth + 1));
        return new JsonArray(elements);
    }

    private static JsonValue readNumber(JsonParser parser) {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER)
            throw Refusal.NUMBER_NOT_WHOLE.because("a number needs over 53 bits");
        return JsonValue.of(parser.getLongValue());
    }
}
