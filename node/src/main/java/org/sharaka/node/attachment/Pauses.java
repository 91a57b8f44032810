package org.sharaka.node.attachment;

import java.util.Optional;
import java.util.Set;
import org.sharaka.node.evidence.EvidenceExchange;

/** Why a file does not go on at the moment. The codes are stored, and part of message keys. */
final class Pauses {
    static final String DISK_FULL = "disk-full";
    static final String MEMBER_LIMIT = "member-limit";
    static final String NO_ENDPOINT = "no-endpoint";
    static final String UNREACHABLE = "unreachable";

    private static final Set<String> AT_OUR_SIDE = Set.of(DISK_FULL, MEMBER_LIMIT);

    private Pauses() {}

    /** Whether it is for us to make it go on. */
    static boolean atOurSide(String reason) {
        return AT_OUR_SIDE.contains(reason);
    }

    /** What keeps a wanted file from being fetched now, as far as this node knows by itself. */
    static Optional<String> reason(
            SqlAttachments.Received row,
            SqlAttachments attachments,
            EvidenceExchange files,
            AttachmentSettings settings) {
        if (attachments.bytesOf(row.sender(), row.item()) + row.sizeBytes() > settings.bytesPerMember())
            return Optional.of(MEMBER_LIMIT);
        int stored = files.progress(row.item())
                .map(EvidenceExchange.Progress::stored)
                .orElse(0);
        long missing = row.sizeBytes() - row.sizeBytes() / row.chunks() * stored;
        return files.hasRoomFor(missing) ? Optional.empty() : Optional.of(DISK_FULL);
    }
}
