package org.sharaka.node.portal;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.intake.ReportStatus;
import org.sharaka.node.platform.PublicSeal;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which mailbox belongs to which report, and what the node puts into it. */
final class Deliveries {
    private final JdbcTemplate jdbc;

    Deliveries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void add(ReportId report, byte[] lookup) {
        jdbc.update("insert into portal.delivery (report_id, lookup) values (?, ?)", report.value(), lookup);
    }

    Optional<ReportId> reportOf(byte[] lookup) {
        return jdbc
                .query(
                        "select report_id from portal.delivery where lookup = ?",
                        (row, n) -> new ReportId(row.getObject(1, UUID.class)),
                        lookup)
                .stream()
                .findFirst();
    }

    Optional<byte[]> lookupOf(ReportId report) {
        return jdbc
                .query(
                        "select lookup from portal.delivery where report_id = ?",
                        (row, n) -> row.getBytes(1),
                        report.value())
                .stream()
                .findFirst();
    }

    void status(byte[] lookup, ReportStatus status, Instant at) {
        jdbc.update(
                "update portal.mailbox set status = ?, status_at = ? where lookup = ?", status.name(), utc(at), lookup);
    }

    /** Seals a letter or an old message to a mailbox. */
    void put(byte[] lookup, boolean fromReporter, String text, Instant at) {
        byte[] key = jdbc.queryForObject(
                "select public_key from portal.mailbox where lookup = ?", byte[].class, (Object) lookup);
        if (key == null) throw new IllegalStateException("the mailbox is gone");
        byte[] closed = PublicSeal.seal(key, Letter.CONTEXT, text.getBytes(StandardCharsets.UTF_8));
        jdbc.update(
                "insert into portal.letter (lookup, from_reporter, written_at, sealed) values (?, ?, ?, ?)",
                lookup,
                fromReporter,
                utc(at),
                closed);
    }

    /** @param bodyMac that no submission has */
    void open(ReportId report, byte[] lookup, byte[] key, byte[] bodyMac) {
        jdbc.update("insert into portal.mailbox (lookup, public_key, body_mac) values (?, ?, ?)", lookup, key, bodyMac);
        add(report, lookup);
    }

    /** Gives a report another mailbox; the old one and its letters are gone. */
    void move(ReportId report, byte[] oldLookup, byte[] newLookup, byte[] newKey) {
        jdbc.update("""
                insert into portal.mailbox (lookup, public_key, body_mac, status, status_at, created_at)
                select ?, ?, body_mac, status, status_at, created_at from portal.mailbox where lookup = ?
                """, newLookup, newKey, oldLookup);
        jdbc.update("update portal.delivery set lookup = ? where report_id = ?", newLookup, report.value());
        jdbc.update("delete from portal.mailbox where lookup = ?", (Object) oldLookup);
    }

    void purge(Collection<ReportId> reports) {
        UUID[] keys = reports.stream().map(ReportId::value).toArray(UUID[]::new);
        jdbc.update("""
                with gone as (delete from portal.delivery where report_id = any (?) returning lookup)
                delete from portal.mailbox where lookup in (select lookup from gone)
                """, (Object) keys);
    }
}
