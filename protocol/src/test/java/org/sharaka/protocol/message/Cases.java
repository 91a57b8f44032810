package org.sharaka.protocol.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.checkpoint.Cosigner;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;

/** The cases of a file of vectors, and the network of which they tell. */
abstract class Cases {
    final Network network = new Network();
    private final List<JsonValue> cases = new ArrayList<>();

    final void accepted(String name, byte[] input) {
        add(name, input, "accepted", more -> more);
    }

    final void refused(String name, byte[] input, Refusal refusal) {
        refused(name, input, refusal, more -> more);
    }

    /** @param more what this case has instead of the file */
    final void refused(String name, byte[] input, Refusal refusal, UnaryOperator<JsonBuilder> more) {
        add(name, input, refusal.code(), more);
    }

    final void add(String name, byte[] input, String expected, UnaryOperator<JsonBuilder> more) {
        cases.add(more.apply(JsonBuilder.object()
                        .with("name", name)
                        .with("input", input)
                        .with("expected", expected))
                .build());
    }

    /** As readers like it and git shows it: one field a line. */
    final byte[] pretty(JsonBuilder file) {
        String canonical =
                new String(file.withAll("cases", cases, value -> value).build().canonical(), StandardCharsets.UTF_8);
        return bytes(canonical
                .replace(",\"", ",\n\"")
                .replace("[{", "[\n{")
                .replace("},{", "},\n{")
                .concat("\n"));
    }

    /** The note of a log, cosigned at noon. */
    static SignedNote cosigned(SignedNote note, NoteSigner log, NoteSigner by) {
        return Cosigner.of(log.key().name())
                .see(note, List.of(log.key()), Optional.empty(), by, Network.NOON)
                .cosigned();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
