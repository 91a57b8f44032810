package org.sharaka.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/protocol.md says what the code does. */
public class DocumentTest {
    public static String text() {
        try {
            return Files.readString(Path.of("../docs/protocol.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void everyRefusalStandsThereWithItsSentence(Refusal refusal) {
        assertThat(text()).contains("| `" + refusal.code() + "` | " + refusal.sentence() + " |");
        assertThat(Refusal.ofCode(refusal.code())).contains(refusal);
    }

    @Test
    void everyLimitStandsThere() {
        assertThat(text())
                .contains(
                        "| clear header | " + Limits.CLEAR_HEADER_BYTES + " bytes",
                        "| sealed message | " + Limits.SEALED_BYTES + " bytes",
                        "| SignedData | " + Limits.SIGNED_BYTES + " bytes",
                        "| signed document | " + Limits.DOCUMENT_BYTES + " bytes",
                        "| roster file | " + Limits.ROSTER_BYTES + " bytes, " + Limits.ROSTER_MEMBERS + " members",
                        "| certificate | " + Limits.CERTIFICATE_BYTES + " bytes; " + Limits.CERTIFICATES_PER_USE,
                        "| JSON | " + Limits.JSON_DEPTH + " levels, " + Limits.JSON_TOKENS + " tokens",
                        "| DER | " + Limits.DER_DEPTH + " levels, " + Limits.DER_ELEMENTS + " elements",
                        "| receipts in a batch | " + Limits.RECEIPTS_PER_BATCH,
                        "| files in a message | " + Limits.FILES_PER_MESSAGE,
                        "| hands of an onward share | " + Limits.ONWARD_HOPS,
                        "| chunk | " + Limits.CHUNK_BYTES + " bytes; sealed " + Limits.SEALED_CHUNK_BYTES,
                        "| signed note | " + Limits.NOTE_BYTES + " bytes, " + Limits.NOTE_SIGNATURES,
                        "| hashes in a proof | " + Limits.PROOF_HASHES);
    }
}
