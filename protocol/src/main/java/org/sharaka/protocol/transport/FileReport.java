package org.sharaka.protocol.transport;

import java.util.Locale;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;

/**
 * How far a recipient is with a file that a message named.
 *
 * @param have chunks that it has, counted from the first without a gap
 * @param chunks of the whole file
 */
public record FileReport(State state, int have, int chunks) {
    public static final String TYPE = "sharaka.file";
    private static final int FORMAT = 1;

    /** The names, in small letters, are on the wire and stored: never rename one. */
    public enum State {
        /** Nothing is taken now: a person has to agree, or there is no room. */
        WAITING,
        ARRIVING,
        /** All is there, opened, and the file that the message names. */
        COMPLETE,
        /** All is there, and it is another file than the message names. */
        WRONG,
        /** A person refused it. */
        REFUSED;

        /** Whether nothing more will change. */
        public boolean last() {
            return this == COMPLETE || this == WRONG || this == REFUSED;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static State parse(String word) {
            for (State state : values()) if (state.word().equals(word)) return state;
            throw Refusal.FIELD_WRONG.because("state");
        }
    }

    public FileReport {
        if (chunks < 1 || chunks > FileManifest.MAX_CHUNKS || have < 0 || have > chunks)
            throw Refusal.FIELD_WRONG.because("chunks");
    }

    public static FileReport parse(byte[] bytes) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(bytes, TransportLimits.COLLECT_BYTES), TYPE, FORMAT);
        FileReport report = new FileReport(
                fields.parsed("state", 16, State::parse), (int) fields.number("have", 0, FileManifest.MAX_CHUNKS), (int)
                        fields.number("chunks", 1, FileManifest.MAX_CHUNKS));
        fields.end();
        return report;
    }

    public byte[] encoded() {
        return JsonBuilder.document(TYPE, FORMAT)
                .with("state", state.word())
                .with("have", have)
                .with("chunks", chunks)
                .build()
                .canonical();
    }
}
