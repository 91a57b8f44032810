package org.sharaka.protocol.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What two members compare of a campaign is what the published vectors and schemas say, and nothing more. */
class CrossCheckTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final MessageReference REQUEST =
            new MessageReference(new MessageId("0123456789abcdef0123456789abcdef"), Hash.of(new byte[] {1}));

    record Case(String about, String type, JsonObject body, String expected) {
        @Override
        public String toString() {
            return type + ": " + about;
        }
    }

    static Stream<Case> cases() throws IOException {
        JsonNode root = MAPPER.readTree(Files.readString(Path.of("src/test/resources/vectors/crosschecks.json")));
        List<Case> cases = new ArrayList<>();
        root.get("cases")
                .forEach(each -> cases.add(new Case(
                        each.get("about").asString(),
                        each.get("type").asString(),
                        Json.parse(MAPPER.writeValueAsBytes(each.get("body")), 1 << 20),
                        each.get("expected").asString())));
        return cases.stream();
    }

    private static Content readAndWritten(Case one) {
        Content content = new Content(one.type(), 1, one.body());
        return switch (one.type()) {
            case CrossCheck.TYPE -> CrossCheck.parse(content).toContent();
            case CrossCheckAnswer.TYPE -> CrossCheckAnswer.parse(content).toContent();
            default -> CrossCheckEnd.parse(content).toContent();
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePublishedVectorsAreReadOrRefusedAsTheySay(Case one) {
        if (!one.expected().equals("accepted")) {
            Refused.with(Refusal.ofCode(one.expected()).orElseThrow(), () -> assertThat(readAndWritten(one))
                    .isNotNull());
            return;
        }
        Content again = readAndWritten(one);

        assertThat(new String(again.body().canonical(), StandardCharsets.UTF_8))
                .isEqualTo(new String(one.body().canonical(), StandardCharsets.UTF_8));
    }

    @Test
    void theSchemaNamesTheKindsThatMayTravelAndNoOther() throws IOException {
        JsonNode schema = MAPPER.readTree(Files.readString(Path.of("../docs/content/crosscheck.request.schema.json")));
        List<String> listed = new ArrayList<>();
        schema.at("/$defs/trace/properties/kind/enum").forEach(kind -> listed.add(kind.asString()));

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Trace.Kind.values())
                        .map(org.sharaka.protocol.json.Fields::nameOf)
                        .toList())
                .noneMatch(kind -> kind.contains("name") || kind.contains("passport") || kind.contains("mail"));
    }

    @Test
    void moreThanAThousandTracesAreNoCampaign() {
        List<Trace> traces = IntStream.rangeClosed(0, CrossCheck.TRACES_MAX)
                .mapToObj(i -> new Trace(Trace.Kind.PHONE, "+2126%08d".formatted(i)))
                .toList();

        Refused.with(
                Refusal.TOO_MANY,
                () -> new CrossCheck(
                        traces,
                        Optional.empty(),
                        Urgency.ROUTINE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Whoever reads the bytes cannot tell whether anything was known. */
    @Test
    void s21NothingKnownAndNothingToldAreTheSameBytes() {
        byte[] one = CrossCheckAnswer.nothing(REQUEST).toContent().body().canonical();
        byte[] other = new CrossCheckAnswer(
                        REQUEST,
                        CrossCheckAnswer.Outcome.NOTHING_TO_SHARE,
                        Optional.empty(),
                        List.of(),
                        Optional.empty())
                .toContent()
                .body()
                .canonical();

        assertThat(one).isEqualTo(other);
    }

    @Test
    void s21FewAreNotCounted() {
        assertThat(Figures.Count.of(2, 3))
                .isEqualTo(new Figures.Count(false, 3))
                .isEqualTo(Figures.Count.of(1, 3));
        assertThat(Figures.Count.of(3, 3)).isEqualTo(new Figures.Count(true, 3));
    }

    @Test
    void anotherFormatIsUnknown() {
        Content end = new CrossCheckEnd(REQUEST).toContent();

        Refused.with(Refusal.FORMAT_UNKNOWN, () -> CrossCheckEnd.parse(new Content(CrossCheckEnd.TYPE, 2, end.body())));
        Refused.with(Refusal.FORMAT_UNKNOWN, () -> CrossCheck.parse(end));
    }

    @Test
    void nothingOfWhatIsRefusedIsRepeated() {
        try {
            CrossCheck.parse(new Content(
                    CrossCheck.TYPE,
                    1,
                    Json.parse(
                            "{\"traces\":[{\"kind\":\"person\",\"value\":\"Somebody\"}],\"urgency\":\"routine\"}"
                                    .getBytes(StandardCharsets.UTF_8),
                            1000)));
        } catch (RefusedException e) {
            assertThat(e).hasMessageNotContaining("Somebody");
            return;
        }
        throw new AssertionError("was read");
    }
}
