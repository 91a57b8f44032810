package org.sharaka.node.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the record shows to others of itself: its head, which somebody else signs, and proofs. Each costs some dozen short
 * queries, however long the record is. Nothing here is entered: a head and a proof say how much is on record; only {@link
 * #entry} opens an entry, and its caller answers for that.
 */
public final class AuditProofs {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final JdbcTemplate sql;
    private final SqlTree tree;
    private final Runnable wake;

    /** @param wake tells the sequencer that somebody waits for it */
    AuditProofs(JdbcTemplate sql, Runnable wake) {
        this.sql = sql;
        this.tree = new SqlTree(sql);
        this.wake = wake;
    }

    /** The newest head. An entry stands under it within a second of its commit. */
    public TreeHead head() {
        return tree.head().orElse(TreeHead.EMPTY);
    }

    /** The newest head that was made up to a time. */
    public TreeHead headAt(Instant time) {
        return tree.headAt(time).orElse(TreeHead.EMPTY);
    }

    /**
     * That the tree of the first {@code to} entries begins with the tree of the first {@code from}.
     *
     * @param from at least 1
     * @param to at most the size of {@link #head}
     * @throws org.sharaka.node.platform.ProblemException {@link AuditProblem#BAD_RANGE}
     */
    public ConsistencyProof consistency(long from, long to) {
        long size = head().size();
        if (from < 1 || from > to || to > size)
            throw AuditProblem.BAD_RANGE.because("from " + from + " to " + to + " of " + size);
        return ConsistencyProof.make(tree, from, to);
    }

    /**
     * An entry with its place under a head; empty if it has no place there yet, or its details were purged.
     *
     * @param head one of this record's
     * @throws IllegalStateException if the record does not prove it: somebody altered it
     */
    public Optional<EntryProof> entry(EntryId id, TreeHead head) {
        return tree.indexOf(id).filter(index -> index < head.size()).flatMap(index -> open(id, index, head));
    }

    /**
     * As {@link #entry(EntryId, TreeHead)} under the newest head; waits until the entry has its place. Not inside the
     * transaction that enters it.
     */
    public Optional<EntryProof> entry(EntryId id, Duration patience) {
        for (long left = patience.toMillis(); left > 0 && tree.indexOf(id).isEmpty(); left -= LOOK.toMillis()) {
            wake.run();
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return entry(id, head());
    }

    InclusionProof inclusion(long index, TreeHead head) {
        return InclusionProof.make(tree, index, head.size());
    }

    Optional<Long> indexOf(EntryId id) {
        return tree.indexOf(id);
    }

    TreeHash leaf(long index) {
        return tree.leaf(index);
    }

    private Optional<EntryProof> open(EntryId id, long index, TreeHead head) {
        return sql
                .query(
                        "select salt, " + SqlEntries.COLUMNS + " from audit.entry where id = ?",
                        (row, i) -> {
                            byte[] salt = row.getBytes("salt");
                            Entry entry = SqlEntries.read(row);
                            InclusionProof inclusion = inclusion(index, head);
                            if (!inclusion.proves(Entry.leaf(id, entry.commitment(salt)), head))
                                throw new IllegalStateException("the record does not prove its entry " + id);
                            return new EntryProof(id, salt, entry.encoded(), inclusion, head);
                        },
                        id.value())
                .stream()
                .findFirst();
    }
}
