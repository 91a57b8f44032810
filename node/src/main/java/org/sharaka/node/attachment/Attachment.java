package org.sharaka.node.attachment;

import java.util.Optional;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemId;

/**
 * A file of a message, as an officer sees it.
 *
 * @param file its name in the protocol
 * @param shown the item; empty if it does not exist for this officer
 * @param have chunks that have arrived, of {@code chunks}: here if it came, with the recipient if it went
 * @param paused why it does not go on: {@code unreachable}, {@code disk-full}, {@code member-limit}, {@code unknown-path}, {@code chunk-wrong},
 *     {@code no-endpoint} or another code of the protocol; empty while it does
 */
public record Attachment(
        String file,
        ItemId item,
        Optional<Item> shown,
        State state,
        long sizeBytes,
        int have,
        int chunks,
        Optional<String> paused) {
    /** How far a file is. The names are part of message keys. */
    public enum State {
        /** Of ours: it can be fetched, and its recipient said nothing of it yet. */
        OFFERED,
        /** Too large to be fetched unasked: an officer decides; of ours, one of the recipient's. */
        ASKED,
        ARRIVING,
        /** Whole, opened once and verified. */
        COMPLETE,
        /** All of it came, and it is not the file that was announced. */
        WRONG,
        /** An officer refused it. */
        REFUSED,
        /** Its end has come. */
        OVER
    }

    /** Whole percents, never 100 before it is whole. */
    public int percent() {
        return state == State.COMPLETE ? 100 : (int) Math.min(99, 100L * have / chunks);
    }

    /** Of what is on its way. */
    public long haveBytes() {
        return have == chunks ? sizeBytes : Math.min(sizeBytes, (long) have * CHUNK_BYTES);
    }

    private static final int CHUNK_BYTES = org.sharaka.protocol.Limits.CHUNK_BYTES;
}
