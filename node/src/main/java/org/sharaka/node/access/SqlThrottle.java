package org.sharaka.node.access;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.platform.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts failures under keyed hashes; several instances and a restart see one count. */
final class SqlThrottle {
    private static final Duration KEPT = Duration.ofDays(2);

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Vault vault;

    SqlThrottle(JdbcClient sql, TransactionTemplate transactions, Vault vault) {
        this.sql = sql;
        this.transactions = transactions;
        this.vault = vault;
    }

    /** One thing to count under, for instance an account seen from a source. */
    record Gate(String kind, String value, LockOut.Policy policy) {}

    /** An attempt that was let in and is counted as failed until it succeeds: guesses made at once do not slip through. */
    record Attempt(List<Counted> counted) {}

    private record Counted(Key key, LockOut before, LockOut after) {}

    /** @return empty if one of the gates is closed; then nothing is counted */
    Optional<Attempt> enter(List<Gate> gates, Instant now) {
        return transactions.execute(status -> {
            List<Counted> counted = new ArrayList<>();
            List<Gate> inOrder = gates.stream()
                    .sorted(Comparator.comparing(gate -> gate.kind() + gate.value()))
                    .toList();
            for (Gate gate : inOrder) {
                Key key = key(gate);
                LockOut before = lock(key);
                if (before.blockedAt(now, gate.policy())) {
                    status.setRollbackOnly();
                    return Optional.empty();
                }
                counted.add(new Counted(key, before, before.failedAt(now, gate.policy())));
            }
            counted.forEach(count -> store(count.key(), count.after()));
            sql.sql("delete from access.throttle where last_failure < ?")
                    .param(utc(now.minus(KEPT)))
                    .update();
            return Optional.of(new Attempt(counted));
        });
    }

    /** Whether a gate is closed, without counting. */
    boolean closed(Gate gate, Instant now) {
        return find(key(gate)).blockedAt(now, gate.policy());
    }

    void failed(Gate gate, Instant now) {
        transactions.executeWithoutResult(status -> {
            Key key = key(gate);
            store(key, lock(key).failedAt(now, gate.policy()));
        });
    }

    /** Takes back what the attempt counted, unless others failed meanwhile. */
    void succeeded(Attempt attempt) {
        transactions.executeWithoutResult(status -> {
            for (Counted count : attempt.counted()) {
                if (lock(count.key()).equals(count.after())) store(count.key(), count.before());
            }
        });
    }

    void forget(Gate gate) {
        sql.sql("delete from access.throttle where key = ?")
                .param(key(gate).bytes())
                .update();
    }

    private LockOut lock(Key key) {
        sql.sql("""
                        insert into access.throttle (key, failures, last_failure) values (?, 0, 'epoch')
                        on conflict (key) do nothing
                        """).param(key.bytes()).update();
        return read(key, " for update").orElse(LockOut.NONE);
    }

    private LockOut find(Key key) {
        return read(key, "").orElse(LockOut.NONE);
    }

    private Optional<LockOut> read(Key key, String lock) {
        return sql.sql("select failures, last_failure from access.throttle where key = ?" + lock)
                .param(key.bytes())
                .query((row, i) -> new LockOut(row.getInt("failures"), instant(row, "last_failure")))
                .optional();
    }

    private void store(Key key, LockOut count) {
        sql.sql("update access.throttle set failures = ?, last_failure = ? where key = ?")
                .params(count.failures(), utc(count.lastFailure()), key.bytes())
                .update();
    }

    private Key key(Gate gate) {
        String text = gate.kind() + "\0" + gate.value();
        return new Key(vault.mac("access.throttle", text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static final class Key {
        private final byte[] bytes;

        private Key(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }
}
