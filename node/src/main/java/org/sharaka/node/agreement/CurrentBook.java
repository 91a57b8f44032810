package org.sharaka.node.agreement;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.sharaka.protocol.content.Urgency;

/** The book as the database has it: read anew whenever somebody changed a row, here or on another node. */
final class CurrentBook {
    private record Read(long serial, AgreementBook book) {}

    private final SqlAgreements sql;
    private final Map<Urgency, Duration> replyWithin;
    private volatile Read read;

    CurrentBook(SqlAgreements sql, Map<Urgency, Duration> replyWithin) {
        this.sql = sql;
        this.replyWithin = replyWithin;
        read = new Read(-1, new AgreementBook(List.of(), List.of(), replyWithin));
    }

    AgreementBook now() {
        long serial = sql.serial();
        Read known = read;
        // Not "less than": a transaction that is rolled back takes its serial with it.
        if (known.serial() == serial) return known.book();
        AgreementBook book = new AgreementBook(
                sql.standing(SqlAgreements.Subject.AGREEMENT).stream()
                        .map(AgreementJson::readAgreement)
                        .toList(),
                sql.standing(SqlAgreements.Subject.OFFENCE).stream()
                        .map(AgreementJson::readOffence)
                        .toList(),
                replyWithin);
        read = new Read(serial, book);
        return book;
    }
}
