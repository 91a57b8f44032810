package org.sharaka.node.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.content.Trace;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;

/** What a trace may say is what the published vectors say. */
class TraceVectorsTest {
    private static final Path VECTORS = Path.of("../protocol/src/test/resources/vectors/traces.json");

    @Test
    void everyTraceIsTakenOrRefusedAsPublished() throws IOException {
        List<Fields> cases = Fields.of(Json.parse(Files.readAllBytes(VECTORS), 1 << 20), "vectors")
                .list("cases", 1_000);
        List<String> wrong = new ArrayList<>();
        for (Fields one : cases) {
            String found = read(one.text("kind", 20), one.text("value", 300));
            if (!found.equals(one.text("expected", 20)))
                wrong.add(one.text("kind", 20) + " " + one.text("value", 300) + ": " + found);
        }

        assertThat(wrong).isEmpty();
        assertThat(cases).hasSizeGreaterThan(60);
    }

    private static String read(String kind, String value) {
        try {
            var unused = TraceReader.read(
                    new Trace(Trace.Kind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_')), value));
            return "accepted";
        } catch (RefusedException e) {
            return e.refusal().code();
        }
    }
}
