package org.sharaka.node.campaign;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.sharaka.node.intake.ReportId;

/**
 * Reports that wait to be linked. Filled in the transaction that stores or withdraws them and emptied in the one that links
 * them, so that none is lost or linked twice, whichever process dies when.
 */
final class WaitingReports {
    /** A place in the queue. */
    record Place(long position, ReportId report) {}

    private final Statements sql;

    WaitingReports(Statements sql) {
        this.sql = sql;
    }

    void add(Collection<ReportId> reports, Instant since) {
        sql.update(
                "INSERT INTO campaign.waiting (report_id, since) SELECT id, ?::timestamptz FROM unnest(?::uuid[]) AS id",
                since.toString(),
                reports.stream().map(ReportId::value).toArray(UUID[]::new));
    }

    /** The next in order of arrival. */
    List<Place> next(int limit) {
        return sql.query(
                "SELECT position, report_id FROM campaign.waiting WHERE failure IS NULL ORDER BY position LIMIT ?",
                (row, n) -> new Place(row.getLong("position"), new ReportId(row.getObject("report_id", UUID.class))),
                limit);
    }

    void done(Collection<Place> places) {
        sql.later("DELETE FROM campaign.waiting WHERE position = ANY (?)", (Object)
                places.stream().map(Place::position).toArray(Long[]::new));
    }

    /** Sets a report aside that cannot be linked. */
    void failed(Place place, String failure) {
        sql.update("UPDATE campaign.waiting SET failure = ? WHERE position = ?", failure, place.position());
    }

    long count() {
        return number("SELECT count(*) FROM campaign.waiting WHERE failure IS NULL");
    }

    long failures() {
        return number("SELECT count(*) FROM campaign.waiting WHERE failure IS NOT NULL");
    }

    private long number(String query) {
        return sql.query(query, (row, n) -> row.getLong(1)).get(0);
    }
}
