package org.sharaka.node.audit;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sharaka.node.platform.BackgroundJob;
import org.sharaka.protocol.tree.GrowingTree;
import org.sharaka.protocol.tree.Subtrees;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives each committed entry its index and leaf, in the order of ids, within a second. Of all the instances that share a
 * database one works at a time: whoever holds the advisory lock for the length of a transaction.
 */
final class Sequencer extends BackgroundJob {
    /** Any number that no other lock in the database has. */
    private static final long LOCK = 0x5348_4152_4b41_0001L;
    /** Lets a batch gather, so that heads stay few under load. */
    private static final Duration GATHER = Duration.ofMillis(200);
    /** How soon entries of other instances, which cannot wake this one, are looked for. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final int BATCH = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

    private final JdbcTemplate sql;
    private final TransactionTemplate transactions;
    private final SqlTree tree;
    private final Clock clock;
    private final List<Node> completed = new ArrayList<>();
    private GrowingTree growing = new GrowingTree(this::completed);

    /** @param sql over connections of the record's own */
    Sequencer(JdbcTemplate sql, TransactionTemplate transactions, Clock clock) {
        super("audit-sequencer", Rhythm.every(LOOK).gathering(GATHER));
        this.sql = sql;
        this.transactions = transactions;
        this.tree = new SqlTree(sql);
        this.clock = clock;
    }

    @Override
    protected boolean round() {
        return sequence() == BATCH;
    }

    /** Sequences what waits, unless another instance is at it. @return how many entries got their leaf */
    int sequence() {
        Integer done = transactions.execute(status -> {
            if (!Boolean.TRUE.equals(sql.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, LOCK))) {
                return 0;
            }
            List<Pending> batch = take();
            if (!batch.isEmpty()) append(batch);
            return batch.size();
        });
        return done == null ? 0 : done;
    }

    private List<Pending> take() {
        return sql.query(
                """
                with taken as (
                    delete from audit.pending
                    where entry_id in (select entry_id from audit.pending order by entry_id limit ?)
                    returning entry_id, commitment)
                select entry_id, commitment from taken order by entry_id
                """, (row, i) -> new Pending(row.getObject(1, UUID.class), TreeHash.of(row.getBytes(2))), BATCH);
    }

    private void append(List<Pending> batch) {
        resume();
        long first = growing.size();
        for (Pending pending : batch)
            growing.add(Entry.leaf(
                    new EntryId(pending.entry()), pending.commitment().bytes()));
        sql.update(
                """
                insert into audit.leaf (index, entry_id, commitment)
                select ? + position - 1, entry_id, commitment
                from unnest(?::uuid[], ?::bytea[]) with ordinality as batch (entry_id, commitment, position)
                """,
                first,
                batch.stream().map(pending -> pending.entry().toString()).toArray(String[]::new),
                batch.stream().map(pending -> pending.commitment().bytes()).toArray(byte[][]::new));
        for (Node node : completed) {
            sql.update(
                    "insert into audit.subtree (level, index, root) values (?, ?, ?)",
                    node.level(),
                    node.index(),
                    node.root().bytes());
        }
        completed.clear();
        TreeHead head = growing.head();
        sql.update(
                "insert into audit.head (size, root, made_at) values (?, ?, ?)",
                head.size(),
                head.root().bytes(),
                utc(clock.instant()));
    }

    /** The tree in memory may be behind (another instance worked) or ahead (our transaction was rolled back). */
    private void resume() {
        completed.clear();
        TreeHead stored = tree.head().orElse(TreeHead.EMPTY);
        if (growing.head().equals(stored)) return;
        growing = new GrowingTree(this::completed, stored.size(), Subtrees.peaks(tree, stored.size()));
        if (!growing.head().equals(stored)) {
            LOG.error("the audit tree does not give its own head at size={}: run verify-audit", stored.size());
        }
    }

    private void completed(int level, long index, TreeHash root) {
        if (level > 0 && level % SqlTree.STRIDE == 0) completed.add(new Node(level, index, root));
    }

    private record Pending(UUID entry, TreeHash commitment) {}

    private record Node(int level, long index, TreeHash root) {}
}
