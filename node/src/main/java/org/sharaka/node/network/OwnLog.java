package org.sharaka.node.network;

import java.util.List;
import java.util.NavigableSet;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditProofs;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.ShownHead;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.transport.SignedBytes;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.TreeHead;

/** Our own audit log as the others see it. */
final class OwnLog {
    private final AuditProofs proofs;
    private final Rosters rosters;
    private final ExchangeService exchange;

    OwnLog(AuditProofs proofs, Rosters rosters, ExchangeService exchange) {
        this.proofs = proofs;
        this.rosters = rosters;
        this.exchange = exchange;
    }

    /**
     * The newest head, signed, with a proof from each of these sizes that the log had.
     *
     * @param from at most {@link ShownHead#MAX_PROOFS}
     * @throws IllegalStateException while a return from a backup is not declared: without the declaration the head would look like that
     *     of a log that was cut; whoever asked asks again
     */
    ShownHead show(NavigableSet<Long> from) {
        if (!mayBeShown()) throw new IllegalStateException("a return from a backup is not declared yet");
        TreeHead head = proofs.head();
        NoteSigner log = rosters.own().log();
        SignedNote signed = log.sign(new Checkpoint(log.key().name(), head, List.of()));
        List<ConsistencyProof> shown = from.stream()
                .filter(size -> size >= 1 && size <= head.size())
                .map(size -> proofs.consistency(size, head.size()))
                .toList();
        return new ShownHead(signed, shown, exchange.newestOpening().map(SignedBytes::der));
    }

    boolean mayBeShown() {
        return !exchange.returning();
    }

    /** Whether a head that others have of us is one that this log had. */
    boolean had(TreeHead older) {
        TreeHead now = proofs.head();
        if (older.size() == 0) return true;
        if (older.size() > now.size()) return false;
        return proofs.consistency(older.size(), now.size()).proves(older, now);
    }
}
