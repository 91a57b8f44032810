package org.sharaka.node.audit;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.protocol.tree.Subtrees;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** The stored tree: reads at most 256 hashes for each perfect subtree it is asked for. */
final class SqlTree implements Subtrees {
    /** Every how many levels a subtree's root is stored. */
    static final int STRIDE = 8;

    private final JdbcTemplate sql;

    SqlTree(JdbcTemplate sql) {
        this.sql = sql;
    }

    Optional<TreeHead> head() {
        return sql.query("select size, root from audit.head order by size desc limit 1", SqlTree::headOf).stream()
                .findFirst();
    }

    Optional<TreeHead> headAt(Instant time) {
        return sql
                .query(
                        "select size, root from audit.head where made_at <= ? order by size desc limit 1",
                        SqlTree::headOf,
                        utc(time))
                .stream()
                .findFirst();
    }

    Optional<Long> indexOf(EntryId id) {
        return sql.queryForList("select index from audit.leaf where entry_id = ?", Long.class, id.value()).stream()
                .findFirst();
    }

    TreeHash leaf(long index) {
        return perfect(0, index);
    }

    @Override
    public TreeHash perfect(int level, long index) {
        int stored = level - level % STRIDE;
        int count = 1 << (level - stored);
        long first = index << (level - stored);
        List<TreeHash> hashes = stored == 0 ? leaves(first, count) : subtrees(stored, first, count);
        if (hashes.size() != count) {
            throw new IllegalStateException("the audit tree lacks hashes at level " + stored + " from " + first);
        }
        return Subtrees.fold(hashes);
    }

    private List<TreeHash> leaves(long first, int count) {
        return sql.query(
                "select entry_id, commitment from audit.leaf where index >= ? and index < ? order by index",
                (RowMapper<TreeHash>)
                        (row, i) -> Entry.leaf(new EntryId(row.getObject(1, UUID.class)), row.getBytes(2)),
                first,
                first + count);
    }

    private List<TreeHash> subtrees(int level, long first, int count) {
        return sql.query(
                "select root from audit.subtree where level = ? and index >= ? and index < ? order by index",
                (RowMapper<TreeHash>) (row, i) -> TreeHash.of(row.getBytes(1)),
                level,
                first,
                first + count);
    }

    static TreeHead headOf(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new TreeHead(row.getLong("size"), TreeHash.of(row.getBytes("root")));
    }
}
