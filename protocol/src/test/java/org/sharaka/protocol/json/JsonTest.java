package org.sharaka.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.PublishedVectors;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.Seeds;
import org.sharaka.protocol.json.JsonValue.JsonArray;
import org.sharaka.protocol.json.JsonValue.JsonBoolean;
import org.sharaka.protocol.json.JsonValue.JsonNull;
import org.sharaka.protocol.json.JsonValue.JsonObject;

class JsonTest {
    private static final int MAX = 1 << 16;

    /** Two inputs hold fractions, which this protocol does not have; of one the canonical form has none. */
    @Test
    void thePublishedCanonicalFormsAreOurs() throws IOException {
        for (String name : List.of("arrays", "french", "structures", "unicode", "weird")) {
            byte[] input = Files.readAllBytes(PublishedVectors.path("jcs-rfc8785/testdata/input/" + name + ".json"));
            byte[] output = Files.readAllBytes(PublishedVectors.path("jcs-rfc8785/testdata/output/" + name + ".json"));

            if (!name.equals("structures"))
                assertThat(Json.parseValue(input, MAX).canonical()).as(name).isEqualTo(output);
            assertThat(Json.parseValue(output, MAX).canonical()).as(name).isEqualTo(output);
        }
        byte[] fractions = Files.readAllBytes(PublishedVectors.path("jcs-rfc8785/testdata/input/values.json"));
        Refused.with(Refusal.NUMBER_NOT_WHOLE, () -> Json.parseValue(fractions, MAX));
    }

    @Test
    void whatIsNotJsonIsRefused() {
        for (String bad : List.of(
                "",
                "{",
                "{}x",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "[1]",
                "\"text\"",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\n\"}",
                "/**/{}",
                "\ufeff{}")) Refused.with(Refusal.NOT_JSON, () -> parse(bad));
        Refused.with(Refusal.NOT_JSON, () -> Json.parse(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, MAX));
        Refused.with(
                Refusal.NOT_JSON,
                () -> Json.parse(
                        new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'}, MAX));
    }

    @Test
    void whatCouldBeReadInTwoWaysIsRefused() {
        for (String bad : List.of(
                " {}",
                "{ }",
                "{\"b\":1,\"a\":1}",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\\/\"}",
                "{\"a\":-0}",
                "{\"a\":1}\n"))
            Refused.with(Refusal.NOT_CANONICAL, () -> Json.parseCanonical(bad.getBytes(StandardCharsets.UTF_8), MAX));
        for (String bad :
                List.of("{\"a\":1.0}", "{\"a\":1e3}", "{\"a\":9007199254740992}", "{\"a\":1" + "0".repeat(40) + "}"))
            Refused.with(Refusal.NUMBER_NOT_WHOLE, () -> parse(bad));
    }

    @Test
    void sizesDepthAndCountAreLimited() {
        String deep = "{\"a\":".repeat(Limits.JSON_DEPTH + 1);
        String many = "{\"a\":[" + "1,".repeat(Limits.JSON_TOKENS) + "1]}";

        Refused.with(Refusal.TOO_LARGE, () -> Json.parse(new byte[MAX + 1], MAX));
        Refused.with(Refusal.TOO_DEEP, () -> parse(deep));
        Refused.with(Refusal.TOO_MANY, () -> Json.parse(many.getBytes(StandardCharsets.UTF_8), 1 << 24));
    }

    @Test
    void everyValueHasOneEncodingThatReadsAsItself() {
        Seeds.forEach(300, random -> {
            JsonObject object = (JsonObject) anObject(random, 4);
            byte[] canonical = object.canonical();

            assertThat(Json.parseCanonical(canonical, 1 << 20)).isEqualTo(object);
        });
    }

    private static JsonValue anObject(Random random, int depth) {
        TreeMap<String, JsonValue> members = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) members.put(aText(random), aValue(random, depth - 1));
        return new JsonObject(members);
    }

    private static JsonValue aValue(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> JsonValue.of(aText(random));
            case 1 -> JsonValue.of(random.nextLong() >> (11 + random.nextInt(50)));
            case 2 -> new JsonBoolean(random.nextBoolean());
            case 3 -> new JsonNull();
            case 4 -> {
                List<JsonValue> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) elements.add(aValue(random, depth - 1));
                yield new JsonArray(elements);
            }
            default -> anObject(random, depth);
        };
    }

    private static String aText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int c = random.nextInt(10) < 7 ? random.nextInt(0x700) : random.nextInt(Character.MAX_CODE_POINT + 1);
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) text.appendCodePoint(c);
        }
        return text.toString();
    }

    private static void parse(String text) {
        Json.parse(text.getBytes(StandardCharsets.UTF_8), 1 << 20);
    }
}
