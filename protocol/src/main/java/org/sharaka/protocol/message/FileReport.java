package org.sharaka.protocol.message;

import java.time.Instant;
import java.util.Locale;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;

/**
 * How far a recipient is with a file that a message named, in its own signed words: once it is complete, the proof that it arrived.
 *
 * @param file its id as the message names it
 * @param made when it was said
 */
public record FileReport(
        MemberId from, MemberId to, String file, Instant made, RosterReference roster, Progress progress) {
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

    /**
     * How far.
     *
     * @param have chunks that it has, counted from the first without a gap
     * @param chunks of the whole file
     */
    public record Progress(State state, int have, int chunks) {
        public Progress {
            if (chunks < 1 || chunks > FileManifest.MAX_CHUNKS || have < 0 || have > chunks)
                throw Refusal.FIELD_WRONG.because("chunks");
        }
    }

    public FileReport {
        RandomText.require(file);
        made = Time.truncate(made);
    }

    static FileReport parse(byte[] canonical) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(canonical, Limits.DOCUMENT_BYTES), TYPE, FORMAT);
        FileReport report = new FileReport(
                fields.parsed("from", 32, MemberId::new),
                fields.parsed("to", 32, MemberId::new),
                fields.text("file", RandomText.LENGTH),
                fields.parsed("made", 24, Time::parse),
                RosterReference.parse(fields.fields("roster")),
                new Progress(
                        fields.parsed("state", 16, State::parse),
                        (int) fields.number("have", 0, FileManifest.MAX_CHUNKS),
                        (int) fields.number("chunks", 1, FileManifest.MAX_CHUNKS)));
        fields.end();
        return report;
    }

    /** The SignedData that travels. */
    public byte[] sign(OwnKey signing, Profile1 profile) {
        return profile.sign(
                JsonBuilder.document(TYPE, FORMAT)
                        .withText("from", from)
                        .withText("to", to)
                        .with("file", file)
                        .with("made", made)
                        .with("roster", roster.toJson())
                        .with("state", progress.state().word())
                        .with("have", progress.have())
                        .with("chunks", progress.chunks())
                        .build()
                        .canonical(),
                signing);
    }
}
