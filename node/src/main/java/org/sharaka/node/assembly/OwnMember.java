package org.sharaka.node.assembly;

import java.util.List;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.roster.Member;

/**
 * The member that this node speaks for, with the keys that the live roster lists for it today.
 *
 * @param entry as the live roster has it
 * @param sealing all that we have, the newest first: what was sealed to a key going out of use still opens
 * @param tls of the listed ones the newest
 */
public record OwnMember(
        Member entry, OwnKey signing, List<OwnKey> sealing, OwnKey tls, NoteSigner log, NoteSigner cosigner) {
    public OwnMember {
        sealing = List.copyOf(sealing);
    }
}
