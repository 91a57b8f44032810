package org.sharaka.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonArray;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.json.JsonValue.JsonText;

/**
 * Inputs that are nearly right. Of JSON single values are changed and the whole is written in canonical form again, so that what is
 * wrong lies behind the first check; so are the bytes that stand in it as Base64.
 */
final class Mutants {
    private static final long[] NUMBERS = {
        0, 1, -1, 2, 999, 1_000, Integer.MAX_VALUE, 1L << 32, (1L << 53) - 1, 1 - (1L << 53)
    };
    private static final String[] TEXTS = {
        "",
        " ",
        "0",
        "a",
        "\u0000",
        "\n",
        "\u202e",
        "\ufeff",
        "é",
        "e\u0301",
        "\ud83d\ude00",
        "../..",
        "+",
        "H4",
        "2026-02-30T09:00:00.000Z",
        "0000-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z",
        "2026-11-24T24:00:00.000Z"
    };
    private static final int[] LENGTHS = {0, 1, -1, 127, 128, 255, 256, 0xffff, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private final List<byte[]> seeds;
    private final Random random;

    Mutants(List<byte[]> seeds, Random random) {
        this.seeds = seeds;
        this.random = random;
    }

    byte[] next() {
        byte[] bytes = seeds.get(random.nextInt(seeds.size()));
        if (random.nextInt(8) > 0) {
            try {
                JsonValue value = Json.parse(bytes, 1 << 23);
                for (int i = random.nextInt(3); i >= 0; i--) value = changed(value, 0);
                byte[] written = value.canonical();
                return random.nextInt(16) == 0 ? bytesChanged(written) : written;
            } catch (RefusedException e) {
                // No JSON: its bytes are what can be changed.
            }
        }
        return bytesChanged(bytes);
    }

    private JsonValue changed(JsonValue value, int depth) {
        boolean deeper = random.nextInt(4) > 0;
        if (value instanceof JsonObject object && !object.members().isEmpty()) {
            TreeMap<String, JsonValue> members = new TreeMap<>(object.members());
            String name = List.copyOf(members.keySet()).get(random.nextInt(members.size()));
            if (deeper) members.put(name, changed(members.get(name), depth + 1));
            else if (random.nextBoolean()) members.remove(name);
            else members.put(random.nextBoolean() ? name : text(name), any());
            return new JsonObject(members);
        }
        if (value instanceof JsonArray array && !array.elements().isEmpty()) return changed(array, depth, deeper);
        if (value instanceof JsonText text && random.nextInt(4) > 0) return JsonValue.of(text(text.text()));
        if (value instanceof JsonValue.JsonNumber && random.nextInt(4) > 0)
            return JsonValue.of(NUMBERS[random.nextInt(NUMBERS.length)]);
        return any();
    }

    private JsonValue changed(JsonArray array, int depth, boolean deeper) {
        List<JsonValue> elements = new ArrayList<>(array.elements());
        int at = random.nextInt(elements.size());
        if (deeper) {
            elements.set(at, changed(elements.get(at), depth + 1));
            return JsonValue.of(elements);
        }
        switch (random.nextInt(5)) {
            case 0 -> elements.remove(at);
            case 1 -> elements.add(elements.get(at));
            case 2 -> Collections.reverse(elements);
            case 3 -> elements.addAll(Collections.nCopies(random.nextInt(1_200), elements.get(at)));
            default -> elements.set(at, any());
        }
        return JsonValue.of(elements);
    }

    private JsonValue any() {
        return switch (random.nextInt(8)) {
            case 0 -> JsonValue.of(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 1 -> new JsonValue.JsonBoolean(random.nextBoolean());
            case 2 -> new JsonValue.JsonNull();
            case 3 -> JsonValue.of(List.of());
            case 4 -> JsonObject.of(java.util.Map.of());
            case 5 -> nested(random.nextInt(40));
            default -> JsonValue.of(TEXTS[random.nextInt(TEXTS.length)]);
        };
    }

    private JsonValue nested(int levels) {
        JsonValue value = JsonValue.of(1);
        for (int i = 0; i < levels; i++)
            value = random.nextBoolean() ? JsonValue.of(List.of(value)) : JsonObject.of(java.util.Map.of("a", value));
        return value;
    }

    private String text(String text) {
        if (text.isEmpty()) return TEXTS[random.nextInt(TEXTS.length)];
        int at = random.nextInt(text.length());
        String changed =
                switch (random.nextInt(8)) {
                    case 0 -> TEXTS[random.nextInt(TEXTS.length)];
                    case 1 -> text.substring(0, at) + TEXTS[random.nextInt(TEXTS.length)] + text.substring(at);
                    case 2 -> text.substring(0, at) + (char) (' ' + random.nextInt(95)) + text.substring(at + 1);
                    case 3 -> text.substring(0, at);
                    case 4 -> text.toUpperCase(java.util.Locale.ROOT);
                    case 5 -> text.repeat(1 + random.nextInt(text.length() < 100 ? 300 : 2));
                    default -> base64(text);
                };
        return isWhole(changed) ? changed : "x";
    }

    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private String base64(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(bytesChanged(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return text + "=";
        }
    }

    private byte[] bytesChanged(byte[] bytes) {
        if (bytes.length == 0) return new byte[] {(byte) random.nextInt()};
        byte[] changed = bytes.clone();
        int at = random.nextInt(changed.length);
        switch (random.nextInt(8)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt();
            case 2 -> changed = Arrays.copyOf(changed, at);
            case 3 -> changed = Arrays.copyOf(changed, changed.length + 1 + random.nextInt(64));
            case 4 -> {
                if (at + Integer.BYTES <= changed.length)
                    ByteBuffer.wrap(changed).putInt(at, LENGTHS[random.nextInt(LENGTHS.length)]);
            }
            case 5 -> changed = joined(Arrays.copyOf(changed, at), other());
            case 6 -> {
                int to = Math.min(changed.length, at + 1 + random.nextInt(64));
                changed = joined(Arrays.copyOf(changed, to), Arrays.copyOfRange(bytes, at, bytes.length));
            }
            default -> changed = lineMoved(changed);
        }
        return changed;
    }

    private byte[] other() {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        return other.length == 0 ? other : Arrays.copyOfRange(other, random.nextInt(other.length), other.length);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    private byte[] lineMoved(byte[] bytes) {
        List<String> lines = new ArrayList<>(List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)));
        String line = lines.get(random.nextInt(lines.size()));
        lines.add(random.nextInt(lines.size() + 1), line);
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }
}
