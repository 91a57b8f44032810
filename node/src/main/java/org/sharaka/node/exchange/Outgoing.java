package org.sharaka.node.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.Lane;

/**
 * What shall be said to one member; id, place, time and signature are added when it is sent.
 *
 * @param handling names the legal basis, offence and purpose that the agreements are asked about (SAFEGUARDS S18)
 * @param onward the signed message by which we came to what is shared
 * @param life how long it may be on its way; as the node is set if empty; never beyond what {@code handling} lets anybody keep
 */
public record Outgoing(
        MemberId recipient,
        ConversationId conversation,
        Lane lane,
        Handling handling,
        Optional<Evaluation> evaluation,
        Content content,
        List<FileManifest> files,
        Optional<SignedData> onward,
        Optional<Duration> life) {
    public Outgoing {
        files = List.copyOf(files);
    }

    /** In the ordinary lane, without more. */
    public static Outgoing of(MemberId recipient, ConversationId conversation, Handling handling, Content content) {
        return new Outgoing(
                recipient,
                conversation,
                Lane.ORDINARY,
                handling,
                Optional.empty(),
                content,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
