package org.sharaka.node.exchange;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.MemberId;

/**
 * How it stands with a member.
 *
 * @param heard when it last answered or called, since this node started
 * @param failures how often in a row it could not be reached; 0 if it can
 * @param control messages of the control lane that wait for it, receipts apart
 * @param ordinary those of the ordinary lane
 * @param oldest since when the oldest of them waits
 * @param behind messages of its own that have come and wait for an earlier one which has not, for a minute at least
 * @param behindSince since when the first of them does
 * @param unsettled whether we came back from a backup and its data wait for what it ordered since
 */
public record PeerLine(
        MemberId member,
        Optional<Instant> heard,
        int failures,
        long control,
        long ordinary,
        Optional<Instant> oldest,
        long behind,
        Optional<Instant> behindSince,
        boolean unsettled) {}
