package org.sharaka.node.platform;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The returns of this node from a backup: who owes somebody an account of the time lost asks here at the start. */
public final class Restores {
    private final JdbcClient jdbc;

    public Restores(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In their order; empty for a node that never came back from a backup. */
    public List<Restore> all() {
        return jdbc.sql("SELECT number, backup, backup_at, restored_at FROM platform.restore ORDER BY number")
                .query((row, i) -> new Restore(
                        row.getInt("number"),
                        row.getString("backup"),
                        instant(row, "backup_at"),
                        instant(row, "restored_at")))
                .list();
    }

    public Optional<Restore> last() {
        List<Restore> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /**
     * Notes a return, in whatever transaction the caller has open. A backup that a clock dates later than its restore was made under one
     * that was ahead; it was made by now at the latest.
     */
    public void note(String backup, Instant backupAt, Instant restoredAt) {
        Instant made = backupAt.isAfter(restoredAt) ? restoredAt : backupAt;
        jdbc.sql("INSERT INTO platform.restore (backup, backup_at, restored_at) VALUES (?, ?, ?)")
                .params(backup, utc(made), utc(restoredAt))
                .update();
    }
}
