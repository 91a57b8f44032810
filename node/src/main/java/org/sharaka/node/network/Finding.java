package org.sharaka.node.network;

import java.time.Instant;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.checkpoint.SignedNote;

/**
 * A member's log was rolled back, rewritten or forked: it signed two heads that one log cannot have.
 *
 * @param code of the protocol: {@code log-rolled-back} or {@code log-rewritten}
 * @param earlier what it had shown before, with its signature
 * @param later what it showed then, with its signature
 * @param toldBy who had seen the earlier one: this node, or another member
 */
public record Finding(
        long number, MemberId member, String code, SignedNote earlier, SignedNote later, MemberId toldBy, Instant at) {}
