package org.sharaka.node.assembly;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.sharaka.protocol.MemberId;

/**
 * Something that a member or a stranger did and should not have, with how often it happened on one day.
 *
 * @param peer who did it, if that is known
 * @param code why it was refused, as the protocol or a module names it; empty where the kind says all
 * @param subject the last one's ids; never personal data
 */
public record SecurityEvent(
        LocalDate day,
        Kind kind,
        Optional<MemberId> peer,
        String code,
        String subject,
        long count,
        Instant firstAt,
        Instant lastAt) {
    /** The names are stored: never rename one. */
    public enum Kind {
        /** A roster that is old, forked, wrongly chained or not signed as it must be. */
        ROSTER_REFUSED,
        /** A member signed two rosters of one number. */
        ROSTER_SIGNED_TWICE,
        /** Two rosters follow the same one, both signed as they must be: the one with the lower number does not count. */
        ROSTER_SET_ASIDE,
        /** A message that breaks a rule of the protocol. */
        MESSAGE_REFUSED,
        /** A known id came with other content. */
        ID_REUSED,
        /** Receipts or a declaration that break a rule of the protocol. */
        RECEIPT_REFUSED,
        /** Somebody knocked with a certificate that the live roster does not list for an active member. */
        CERTIFICATE_UNKNOWN,
        /** A request that breaks the transport’s rules: too large, too slow, malformed. */
        REQUEST_REFUSED,
        /** A member that asks for more than its share. */
        RATE_EXCEEDED,
        /** A member's clock is more than two minutes from ours. */
        CLOCK_APART,
        /** A member's log was rolled back, rewritten or forked. */
        LOG_REFUSED,
        /** A member came back from a backup and declared what is lost. */
        EPOCH_OPENED,
        /** A member gave a chunk or a file that is not the one which its message names. */
        FILE_REFUSED,
        /** A message could not be taken in because of a fault of ours. */
        TAKING_IN_FAILED
    }
}
