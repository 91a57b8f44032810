package org.sharaka.protocol.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.Seeds;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What officers write reads as it was written, and as docs/content/ says. */
class WrittenTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final MessageReference ONE =
            new MessageReference(new MessageId("0123456789abcdef0123456789abcdef"), Hash.of(new byte[] {1}));
    private static final MemberId BORDURIA = new MemberId("xb-ncb");
    private static final Words WORDS =
            new Words("fr", "Le compte a été ouvert hier.\nرقم الحساب", Set.of(Quoted.VICTIM, Quoted.REPORTER));

    static Stream<Written> samples() {
        Optional<Words> words = Optional.of(WORDS);
        return Stream.of(
                new FreeText(Optional.empty(), Words.of("ar", "نص")),
                new FreeText(Optional.of("On the account"), WORDS),
                new Inquiry(
                        "Holder of an account",
                        WORDS,
                        "facts",
                        "grounds",
                        Urgency.ROUTINE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new Inquiry(
                        "Holder of an account",
                        WORDS,
                        "facts",
                        "grounds",
                        Urgency.URGENT,
                        Optional.of("money can still be stopped"),
                        Optional.of(NOON),
                        Optional.of("CC-2026/17")),
                new Reply(ONE, Reply.Outcome.PARTLY, WORDS),
                new Reply(ONE, Reply.Outcome.NOTHING_FOUND, WORDS),
                new Information("A shop that does not exist", WORDS, Optional.empty(), Optional.empty()),
                new Information("A shop that does not exist", WORDS, Optional.of(NOON), Optional.of("CC-2026/18")),
                new Feedback(ONE, Feedback.Outcome.NOT_USEFUL, Optional.empty()),
                new Feedback(ONE, Feedback.Outcome.ACTED, words),
                new Reminder(ONE),
                new PermissionRequest(ONE, Act.COURT_BUNDLE, Optional.empty(), WORDS),
                new PermissionRequest(ONE, Act.ONWARD_SHARE, Optional.of(BORDURIA), WORDS),
                new PermissionAnswer(
                        ONE,
                        ONE,
                        Act.PRINT,
                        Optional.empty(),
                        PermissionAnswer.Outcome.REFUSED,
                        Optional.empty(),
                        words),
                new PermissionAnswer(
                        ONE,
                        ONE,
                        Act.ONWARD_SHARE,
                        Optional.of(BORDURIA),
                        PermissionAnswer.Outcome.GRANTED,
                        Optional.of(NOON),
                        Optional.empty()),
                new PermissionAnswer(
                        ONE,
                        ONE,
                        Act.COURT_BUNDLE,
                        Optional.empty(),
                        PermissionAnswer.Outcome.REVOKED,
                        Optional.empty(),
                        words),
                new PermissionAnswer(
                        ONE,
                        ONE,
                        Act.EXPORT,
                        Optional.empty(),
                        PermissionAnswer.Outcome.GRANTED_ONCE,
                        Optional.empty(),
                        words));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsAsItWasWritten(Written written) {
        assertThat(Written.parse(written.toContent())).isEqualTo(written);
        assertThat(Written.isOne(written.toContent())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isWhatItsSchemaSays(Written written) {
        JsonNode body = tree(written.toContent().body());

        assertThat(Schema.of(written.toContent().type()).complaints(body)).isEmpty();
    }

    /** Whatever breaks the schema is refused; so a partner who goes by the schema is understood and one who does not is not. */
    @ParameterizedTest
    @MethodSource("samples")
    void whatBreaksTheSchemaIsRefused(Written written) {
        Schema schema = Schema.of(written.toContent().type());
        String type = written.toContent().type();
        JsonNode body = tree(written.toContent().body());

        List<ObjectNode> broken = new ArrayList<>();
        for (String name : List.copyOf(body.propertyNames())) {
            broken.add(((ObjectNode) body.deepCopy()).without(name));
            ObjectNode wrong = ((ObjectNode) body.deepCopy());
            wrong.put(name, 7);
            broken.add(wrong);
            ObjectNode empty = ((ObjectNode) body.deepCopy());
            empty.put(name, "");
            broken.add(empty);
            ObjectNode unheardOf = ((ObjectNode) body.deepCopy());
            unheardOf.put(name, "unheard of\u0000");
            broken.add(unheardOf);
        }
        ObjectNode more = ((ObjectNode) body.deepCopy());
        more.put("surprise", "x");
        broken.add(more);
        for (ObjectNode each : broken) {
            if (schema.complaints(each).isEmpty()) continue;
            assertThat(accepted(type, each))
                    .as("accepted against its schema: " + each)
                    .isFalse();
        }
        assertThat(broken)
                .anySatisfy(each -> assertThat(schema.complaints(each)).isNotEmpty());
    }

    private static boolean accepted(String type, JsonNode body) {
        try {
            JsonObject parsed = Json.parse(MAPPER.writeValueAsBytes(body), 1 << 20);
            return Written.parse(new Content(type, 1, parsed)) != null;
        } catch (RefusedException e) {
            return false;
        }
    }

    private static JsonNode tree(JsonObject body) {
        return MAPPER.readTree(new String(body.canonical(), StandardCharsets.UTF_8));
    }

    @Test
    void rulesBetweenFieldsHold() {
        Refused.with(
                Refusal.FIELD_WRONG,
                () -> new Inquiry(
                        "s", WORDS, "f", "g", Urgency.URGENT, Optional.empty(), Optional.empty(), Optional.empty()));
        Refused.with(Refusal.FIELD_WRONG, () -> new PermissionRequest(ONE, Act.ONWARD_SHARE, Optional.empty(), WORDS));
        Refused.with(Refusal.FIELD_WRONG, () -> new PermissionRequest(ONE, Act.PRINT, Optional.of(BORDURIA), WORDS));
        Refused.with(
                Refusal.FIELD_WRONG,
                () -> new PermissionAnswer(
                        ONE,
                        ONE,
                        Act.PRINT,
                        Optional.empty(),
                        PermissionAnswer.Outcome.REFUSED,
                        Optional.of(NOON),
                        Optional.empty()));
        Refused.with(Refusal.FIELD_WRONG, () -> Words.of("french", "x"));
        Refused.with(Refusal.FIELD_WRONG, () -> Words.of("fr", " "));
    }

    @Test
    void whoseWordsItRepeatsCanOnlyBeAdded() {
        Written plain = new FreeText(Optional.empty(), new Words("fr", "mots", Set.of(Quoted.VICTIM)));

        Written more = plain.quoting(Set.of(Quoted.REPORTER));

        assertThat(more.words().orElseThrow().quotes()).containsExactlyInAnyOrder(Quoted.VICTIM, Quoted.REPORTER);
        assertThat(more.quoting(Set.of())).isEqualTo(more);
        assertThat(new Reminder(ONE).quoting(Set.of(Quoted.VICTIM))).isEqualTo(new Reminder(ONE));
    }

    @Test
    void anotherFormatOrTypeIsUnknownAndShowsNothing() {
        Content text = new FreeText(Optional.empty(), WORDS).toContent();

        Refused.with(Refusal.FORMAT_UNKNOWN, () -> Written.parse(new Content("text", 2, text.body())));
        Refused.with(Refusal.FORMAT_UNKNOWN, () -> Written.parse(new Content("notice.red", 1, text.body())));
    }

    @Test
    void aGrantIsForOneActOneRecipientAndItsTime() {
        var answer = new PermissionAnswer(
                ONE,
                ONE,
                Act.ONWARD_SHARE,
                Optional.of(BORDURIA),
                PermissionAnswer.Outcome.GRANTED,
                Optional.of(NOON),
                Optional.empty());
        MessageReference other = new MessageReference(ONE.id(), Hash.of(new byte[] {2}));

        assertThat(answer.grants(ONE, Act.ONWARD_SHARE, Optional.of(BORDURIA), NOON.minusMillis(1)))
                .isTrue();
        assertThat(answer.grants(ONE, Act.ONWARD_SHARE, Optional.of(BORDURIA), NOON))
                .isFalse();
        assertThat(answer.grants(ONE, Act.ONWARD_SHARE, Optional.of(new MemberId("xc-ncb")), NOON.minusMillis(1)))
                .isFalse();
        assertThat(answer.grants(ONE, Act.EXPORT, Optional.empty(), NOON.minusMillis(1)))
                .isFalse();
        assertThat(answer.grants(other, Act.ONWARD_SHARE, Optional.of(BORDURIA), NOON.minusMillis(1)))
                .isFalse();
    }

    @Test
    void aRevocationIsOfTheVeryGrantAndGrantsNothing() {
        var grant = new PermissionAnswer(
                ONE,
                ONE,
                Act.ONWARD_SHARE,
                Optional.of(BORDURIA),
                PermissionAnswer.Outcome.GRANTED,
                Optional.of(NOON),
                Optional.empty());

        PermissionAnswer revoked = grant.revoked(WORDS);

        assertThat(revoked.request()).isEqualTo(grant.request());
        assertThat(revoked.recipient()).contains(BORDURIA);
        assertThat(revoked.grants(ONE, Act.ONWARD_SHARE, Optional.of(BORDURIA), NOON.minusMillis(1)))
                .isFalse();
        Words story = new Words("en", "x".repeat(4_001), Set.of());
        Refused.with(Refusal.FIELD_WRONG, () -> grant.revoked(story));
        Refused.with(
                Refusal.FIELD_WRONG,
                () -> new PermissionAnswer(
                        ONE,
                        ONE,
                        Act.PRINT,
                        Optional.empty(),
                        PermissionAnswer.Outcome.REVOKED,
                        Optional.empty(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("published")
    void thePublishedVectorsOfPermissionsAreReadOrRefusedAsTheySay(JsonNode one) {
        JsonObject body = Json.parse(MAPPER.writeValueAsBytes(one.get("body")), 1 << 20);
        Content content = new Content(one.get("type").asString(), 1, body);
        String expected = one.get("expected").asString();
        if (!expected.equals("accepted")) {
            Refused.with(Refusal.ofCode(expected).orElseThrow(), () -> Written.parse(content));
            return;
        }

        Content again = Written.parse(content).toContent();

        assertThat(new String(again.body().canonical(), StandardCharsets.UTF_8))
                .isEqualTo(new String(body.canonical(), StandardCharsets.UTF_8));
    }

    static Stream<JsonNode> published() throws java.io.IOException {
        JsonNode file = MAPPER.readTree(Files.readString(Path.of("src/test/resources/vectors/permissions.json")));
        return file.get("cases").valueStream();
    }

    @Test
    void randomBodiesAreReadOrRefusedAndNothingElse() {
        List<Written> samples = samples().toList();
        Seeds.forEach(500, random -> {
            Written one = samples.get(random.nextInt(samples.size()));
            Written other = samples.get(random.nextInt(samples.size()));
            ObjectNode body = (ObjectNode) tree(one.toContent().body());
            JsonNode foreign = tree(other.toContent().body());
            for (String name : foreign.propertyNames()) if (random.nextInt(3) == 0) body.set(name, foreign.get(name));
            for (String name : List.copyOf(body.propertyNames())) if (random.nextInt(5) == 0) body.remove(name);

            boolean unused = accepted(one.toContent().type(), body);
        });
    }

    /** As much of JSON Schema as docs/content/ uses. */
    private record Schema(JsonNode root) {
        static Schema of(String type) {
            try {
                return new Schema(
                        MAPPER.readTree(Files.readString(Path.of("../docs/content/" + type + ".schema.json"))));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        List<String> complaints(JsonNode value) {
            List<String> found = new ArrayList<>();
            check(root, value, "", found);
            return found;
        }

        private void check(JsonNode schema, JsonNode value, String where, List<String> found) {
            if (schema.has("$ref")) {
                String name = schema.get("$ref").asString().substring("#/$defs/".length());
                check(root.get("$defs").get(name), value, where, found);
                return;
            }
            switch (schema.get("type").asString()) {
                case "object" -> object(schema, value, where, found);
                case "array" -> array(schema, value, where, found);
                default -> string(schema, value, where, found);
            }
        }

        private void object(JsonNode schema, JsonNode value, String where, List<String> found) {
            if (!value.isObject()) {
                found.add(where + " is no object");
                return;
            }
            schema.get("required").forEach(name -> {
                if (!value.has(name.asString())) found.add(where + "." + name.asString() + " is missing");
            });
            for (String name : value.propertyNames()) {
                JsonNode known = schema.get("properties").get(name);
                if (known == null) found.add(where + "." + name + " is unknown");
                else check(known, value.get(name), where + "." + name, found);
            }
        }

        private void array(JsonNode schema, JsonNode value, String where, List<String> found) {
            if (!(value instanceof ArrayNode array)
                    || array.size() < schema.get("minItems").asInt()
                    || array.size() > schema.get("maxItems").asInt()) {
                found.add(where + " is no such array");
                return;
            }
            array.forEach(item -> check(schema.get("items"), item, where + "[]", found));
        }

        private void string(JsonNode schema, JsonNode value, String where, List<String> found) {
            if (!value.isString()) {
                found.add(where + " is no string");
                return;
            }
            String text = value.asString();
            if (schema.has("minLength")
                    && text.length() < schema.get("minLength").asInt()) found.add(where + " short");
            if (schema.has("maxLength")
                    && text.length() > schema.get("maxLength").asInt()) found.add(where + " long");
            if (schema.has("pattern") && !text.matches(schema.get("pattern").asString())) found.add(where + " form");
            if (schema.has("enum")) {
                boolean listed = false;
                for (JsonNode each : schema.get("enum"))
                    listed |= each.asString().equals(text);
                if (!listed) found.add(where + " is not listed");
            }
        }
    }
}
