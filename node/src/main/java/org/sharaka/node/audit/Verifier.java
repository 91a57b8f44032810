package org.sharaka.node.audit;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.sharaka.node.access.ActWitness;
import org.sharaka.protocol.tree.GrowingTree;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks the whole record in one pass over one snapshot, while the node goes on: every commitment, every head, every
 * stored subtree, and every act that a module can prove. Memory is bounded, whatever the record's size.
 */
final class Verifier {
    private static final int MOST_FINDINGS = 100;
    private static final int FETCH = 5_000;
    /** The sequencer promises a second; a loaded machine gets some grace. */
    private static final Duration WAITS_TOO_LONG = Duration.ofSeconds(30);

    private final JdbcTemplate sql;
    private final TransactionTemplate snapshot;
    private final List<ActWitness> witnesses;
    private final Clock clock;

    Verifier(DataSource database, PlatformTransactionManager transactions, List<ActWitness> witnesses, Clock clock) {
        this.sql = new JdbcTemplate(database);
        this.sql.setFetchSize(FETCH);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setReadOnly(true);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.witnesses = List.copyOf(witnesses);
        this.clock = clock;
    }

    /** @param known a head that somebody noted down before: the record must still begin with that tree */
    Verification verify(Optional<TreeHead> known) {
        Verification result = snapshot.execute(status -> new Pass(known).run());
        if (result == null) throw new IllegalStateException("no verification");
        return result;
    }

    /** One verification; the steps share the growing tree and the findings. */
    private final class Pass {
        private final Optional<TreeHead> known;
        private final List<Finding> findings = new ArrayList<>();
        private final Map<Long, TreeHash> subtrees = new HashMap<>();
        private final GrowingTree tree = new GrowingTree(this::completed);
        private Instant purgedBefore = Instant.MIN;
        private long found;
        private long purged;
        private boolean gap;

        private Pass(Optional<TreeHead> known) {
            this.known = known;
        }

        private Verification run() {
            checkPurges();
            checkLeavesAgainstHeads();
            checkSubtrees();
            long waiting = checkWaiting();
            long acts = 0;
            for (ActWitness witness : witnesses) acts += checkActs(witness);
            return new Verification(tree.head(), purged, waiting, acts, found, List.copyOf(findings));
        }

        /** A purge counts only if its own entry is on record and, while its details last, says the same date. */
        private void checkPurges() {
            sql.query("""
                    select p.entry_id, p.before, e.subject,
                        exists (select 1 from audit.leaf l where l.entry_id = p.entry_id)
                        or exists (select 1 from audit.pending w where w.entry_id = p.entry_id) as entered
                    from audit.purge p left join audit.entry e on e.id = p.entry_id
                    """, row -> {
                Instant before = instant(row, "before");
                String subject = row.getString("subject");
                if (row.getBoolean("entered") && (subject == null || subject.equals(Retention.subject(before)))) {
                    if (before.isAfter(purgedBefore)) purgedBefore = before;
                } else {
                    find(Finding.Kind.PURGE_WITHOUT_ENTRY, row.getString("entry_id"));
                }
            });
        }

        /** Leaves and heads are merged by their order: a head of size n comes after n leaves. */
        private void checkLeavesAgainstHeads() {
            List<TreeHead> heads = sql.query("select size, root from audit.head order by size", SqlTree::headOf);
            Heads expected = new Heads(heads, known);
            sql.query("""
                    select l.index, l.entry_id, l.commitment as leaf_commitment, e.salt,
                        e.id, e.began_at, e.recorded_at, e.actor_kind, e.actor_id, e.unit, e.purpose, e.action, e.subject,
                        e.outcome, e.problem, e.request
                    from audit.leaf l left join audit.entry e on e.id = l.entry_id
                    order by l.index
                    """, row -> {
                long index = row.getLong("index");
                if (!gap && index != tree.size()) {
                    gap = true;
                    find(Finding.Kind.LEAF_MISSING, Long.toString(tree.size()));
                }
                byte[] commitment = row.getBytes("leaf_commitment");
                EntryId id = new EntryId(row.getObject("entry_id", UUID.class));
                checkDetails(row, index, id, commitment);
                tree.add(Entry.leaf(id, commitment));
                expected.check(tree);
            });
            expected.end(tree);
        }

        private void checkDetails(ResultSet row, long index, EntryId id, byte[] commitment) throws SQLException {
            byte[] salt = row.getBytes("salt");
            if (salt == null) {
                if (id.time().isBefore(purgedBefore)) purged++;
                else find(Finding.Kind.DETAILS_MISSING, Long.toString(index));
                return;
            }
            if (!commits(row, salt, commitment) || !recordedAt(row).equals(id.time())) {
                find(Finding.Kind.DETAILS_ALTERED, Long.toString(index));
            }
        }

        /** Details that cannot even be read as an entry were altered, too. */
        private boolean commits(ResultSet row, byte[] salt, byte[] commitment) throws SQLException {
            try {
                return Arrays.equals(SqlEntries.read(row).commitment(salt), commitment);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private Instant recordedAt(ResultSet row) throws SQLException {
            return instant(row, "recorded_at");
        }

        private void completed(int level, long index, TreeHash root) {
            if (level > 0 && level % SqlTree.STRIDE == 0) subtrees.put(key(level, index), root);
        }

        private static long key(int level, long index) {
            return ((long) level << 56) | index;
        }

        private void checkSubtrees() {
            if (gap) return;
            sql.query("select level, index, root from audit.subtree", row -> {
                int level = row.getInt("level");
                long index = row.getLong("index");
                TreeHash root = subtrees.remove(key(level, index));
                if (root == null || !Arrays.equals(root.bytes(), row.getBytes("root"))) {
                    find(Finding.Kind.SUBTREE_WRONG, level + "/" + index);
                }
            });
            subtrees.keySet().stream()
                    .sorted()
                    .forEach(key ->
                            find(Finding.Kind.SUBTREE_WRONG, (key >>> 56) + "/" + (key & 0x00FF_FFFF_FFFF_FFFFL)));
        }

        /** An entry is in the tree, or waits for it since a moment ago; nothing else. */
        private long checkWaiting() {
            OffsetDateTime late = utc(clock.instant().minus(WAITS_TOO_LONG));
            sql.query(
                    """
                    select e.id, e.recorded_at < ? as late,
                        exists (select 1 from audit.pending p where p.entry_id = e.id and p.commitment = e.commitment) as waits
                    from audit.entry e
                    where not exists (select 1 from audit.leaf l where l.entry_id = e.id)
                    order by e.id
                    """,
                    row -> {
                        if (row.getBoolean("late") || !row.getBoolean("waits")) {
                            find(Finding.Kind.NOT_IN_TREE, row.getString("id"));
                        }
                    },
                    late);
            Long waiting = sql.queryForObject("select count(*) from audit.pending", Long.class);
            return waiting == null ? 0 : waiting;
        }

        private long checkActs(ActWitness witness) {
            sql.query("with act as (" + witness.sql() + ") " + """
                            select act.subject from act
                            where act.entry is null or (
                                not exists (select 1 from audit.leaf l where l.entry_id = act.entry)
                                and not exists (select 1 from audit.pending p where p.entry_id = act.entry))
                            or exists (select 1 from audit.entry e where e.id = act.entry
                                and (e.subject <> act.subject or e.outcome <> 'DONE'))
                            """, row -> {
                find(Finding.Kind.ACT_WITHOUT_ENTRY, witness.act() + " " + row.getString("subject"));
            });
            Long acts = sql.queryForObject("select count(*) from (" + witness.sql() + ") act", Long.class);
            return acts == null ? 0 : acts;
        }

        private void find(Finding.Kind kind, String where) {
            found++;
            if (findings.size() < MOST_FINDINGS) findings.add(new Finding(kind, where));
        }

        /** The heads that the growing tree must meet on its way. */
        private final class Heads {
            private final List<TreeHead> stored;
            private final Optional<TreeHead> noted;
            private int next;
            private long lastGood;
            private boolean altered;

            private Heads(List<TreeHead> stored, Optional<TreeHead> noted) {
                this.stored = stored;
                this.noted = noted;
            }

            private void check(GrowingTree grown) {
                noted.filter(head -> head.size() == grown.size() && !head.equals(grown.head()))
                        .ifPresent(head -> find(Finding.Kind.NOT_THE_KNOWN_TREE, Long.toString(head.size())));
                if (next >= stored.size() || stored.get(next).size() != grown.size()) return;
                boolean equal = stored.get(next++).equals(grown.head());
                // Past the first wrong head every later one is wrong as well: the first says where to look.
                if (!equal && !altered && !gap) {
                    altered = true;
                    find(Finding.Kind.TREE_ALTERED, lastGood + "-" + (grown.size() - 1));
                }
                if (equal) lastGood = grown.size();
            }

            private void end(GrowingTree grown) {
                long size = stored.isEmpty() ? 0 : stored.get(stored.size() - 1).size();
                if (size != grown.size() && !gap) {
                    find(
                            Finding.Kind.HEAD_WRONG,
                            Math.min(size, grown.size()) + "-" + (Math.max(size, grown.size()) - 1));
                }
                noted.filter(head -> head.size() > grown.size())
                        .ifPresent(head -> find(Finding.Kind.NOT_THE_KNOWN_TREE, Long.toString(head.size())));
            }
        }
    }
}
