package org.sharaka.node.portal;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sharaka.node.intake.MessageKind;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportStatus;
import org.sharaka.node.platform.PublicSeal;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Where the public hands things in and reads what came back. Works with the portal's own narrow role. */
final class Counter {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final PortalKey key;
    private final Supplier<byte[]> unitKey;

    Counter(JdbcTemplate jdbc, TransactionTemplate transactions, PortalKey key, Supplier<byte[]> unitKey) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.key = key;
        this.unitKey = unitKey;
    }

    /**
     * What a reporter takes home.
     *
     * @param at when it was handed in first
     * @param again true if the same was handed in before
     * @param changed true if something else was handed in before under the same token: that one counts
     */
    record Handed(Reference reference, AccessCode code, Instant at, boolean again, boolean changed) {}

    /** Hands a report in, once for each token however often it is sent. It is on disk when this returns. */
    Handed handIn(String token, ReportForm form, Instant now, boolean setAside) {
        Reference reference = key.reference(token);
        AccessCode code = key.code(token);
        byte[] lookup = key.lookup(reference, code);
        byte[] bodyMac = key.mac("body", form.canonical());
        byte[] mailboxKey = PublicSeal.publicKeyOf(PortalKey.mailboxKey(reference, code));
        Arrival arrival = Arrival.report(lookup, form, reference.symbols(), now, setAside);
        byte[] sealed = PublicSeal.seal(unitKey.get(), Arrival.CONTEXT, arrival.json());
        boolean fresh = Boolean.TRUE.equals(transactions.execute(status -> {
            int added = jdbc.update("""
                    insert into portal.mailbox (lookup, public_key, body_mac) values (?, ?, ?)
                    on conflict (lookup) do nothing
                    """, lookup, mailboxKey, bodyMac);
            if (added == 1) jdbc.update("insert into portal.arrival (sealed) values (?)", sealed);
            return added == 1;
        }));
        First first = first(lookup).orElseThrow(() -> new IllegalStateException("the mailbox is gone"));
        return new Handed(reference, code, first.at(), !fresh, !MessageDigest.isEqual(bodyMac, first.bodyMac()));
    }

    /** True if something was handed in under this token. */
    boolean knows(String token) {
        return first(key.lookup(key.reference(token), key.code(token))).isPresent();
    }

    /** What was handed in first under a token. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record First(byte[] bodyMac, Instant at) {}

    private Optional<First> first(byte[] lookup) {
        return jdbc
                .query(
                        "select body_mac, created_at from portal.mailbox where lookup = ?",
                        (row, n) -> new First(row.getBytes("body_mac"), instant(row, "created_at")),
                        (Object) lookup)
                .stream()
                .findFirst();
    }

    /**
     * A mailbox opened with its code.
     *
     * @param letters oldest first
     */
    record Mailbox(ReportStatus status, Instant statusAt, Instant createdAt, List<Letter> letters) {}

    /** @return empty for an unknown reference and for a wrong code alike, after the same work */
    Optional<Mailbox> open(Reference reference, AccessCode code) {
        byte[] lookup = key.lookup(reference, code);
        return jdbc
                .query(
                        "select status, status_at, created_at from portal.mailbox where lookup = ?",
                        (row, n) -> new Mailbox(
                                ReportStatus.valueOf(row.getString("status")),
                                instant(row, "status_at"),
                                instant(row, "created_at"),
                                List.of()),
                        lookup)
                .stream()
                .findFirst()
                .map(box ->
                        new Mailbox(box.status(), box.statusAt(), box.createdAt(), letters(lookup, reference, code)));
    }

    private List<Letter> letters(byte[] lookup, Reference reference, AccessCode code) {
        byte[] privateKey = PortalKey.mailboxKey(reference, code);
        return jdbc.query(
                "select from_reporter, written_at, sealed from portal.letter where lookup = ? order by id",
                (row, n) -> new Letter(
                        row.getBoolean("from_reporter"),
                        instant(row, "written_at"),
                        opened(privateKey, row.getBytes("sealed"))),
                lookup);
    }

    private static String opened(byte[] privateKey, byte[] sealed) {
        try {
            return new String(PublicSeal.open(privateKey, Letter.CONTEXT, sealed), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a letter was altered, or sealed to another mailbox", e);
        }
    }

    /**
     * Sends a message to the unit and keeps a copy for the reporter, both sealed.
     *
     * @param nonce of the form: a message that is sent again is not written again
     * @return false for an unknown reference or a wrong code
     */
    boolean write(
            Reference reference,
            AccessCode code,
            byte[] nonce,
            MessageKind kind,
            String text,
            String language,
            Instant now) {
        byte[] lookup = key.lookup(reference, code);
        byte[] own = PublicSeal.publicKeyOf(PortalKey.mailboxKey(reference, code));
        byte[] copy = PublicSeal.seal(own, Letter.CONTEXT, text.getBytes(StandardCharsets.UTF_8));
        byte[] sealed = PublicSeal.seal(
                unitKey.get(),
                Arrival.CONTEXT,
                Arrival.message(lookup, language, kind, text, now).json());
        return Boolean.TRUE.equals(transactions.execute(status -> {
            Integer found = jdbc.queryForObject(
                    "select count(*) from portal.mailbox where lookup = ?", Integer.class, (Object) lookup);
            if (found == null || found == 0) return false;
            int added = jdbc.update("""
                    insert into portal.letter (lookup, from_reporter, written_at, sealed, nonce)
                    values (?, true, ?, ?, ?) on conflict (nonce) do nothing
                    """, lookup, utc(now), copy, nonce);
            if (added == 1) jdbc.update("insert into portal.arrival (sealed) values (?)", sealed);
            return true;
        }));
    }
}
