package org.sharaka.node.assembly;

import java.time.Instant;
import java.util.List;
import org.sharaka.protocol.MemberId;

/**
 * Members signed two rosters of one number; the proof is kept for the other members.
 *
 * @param hash of the one that is not in force, in hexadecimal
 * @param version of both
 */
public record SignedTwice(String hash, long version, List<MemberId> members, Instant learnedAt) {
    public SignedTwice {
        members = List.copyOf(members);
    }
}
