package org.sharaka.node.originator;

import static org.sharaka.node.originator.SqlReferences.reference;
import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.MessageId;
import org.springframework.jdbc.core.JdbcTemplate;

/** What officers confirmed, and what originators were asked. */
final class SqlPermissions {
    private static final String ASKED =
            "request, request_hash, originator, target, hash, act, recipient, asked_at, outcome, until_at, used_at, revoked_at";

    private final JdbcTemplate sql;

    SqlPermissions(JdbcTemplate sql) {
        this.sql = sql;
    }

    /**
     * What an officer says of a message before an act.
     *
     * @param purpose the one that differs from the message's; empty: that the act respects the remarks
     */
    record Confirmation(String officer, MemberId peer, MessageId name, Act act, Optional<String> purpose) {}

    boolean has(Confirmation confirmation) {
        return !sql.queryForList(
                        """
                        select 1 from originator.confirmation where officer = ? and peer = ? and name = ? and act = ? and purpose = ?
                        """,
                        Integer.class,
                        confirmation.officer(),
                        confirmation.peer().value(),
                        confirmation.name().value(),
                        confirmation.act().name(),
                        confirmation.purpose().orElse(""))
                .isEmpty();
    }

    void add(Confirmation confirmation, Instant at, EntryId entry) {
        sql.update(
                """
                insert into originator.confirmation (officer, peer, name, act, purpose, at, entry) values (?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                confirmation.officer(),
                confirmation.peer().value(),
                confirmation.name().value(),
                confirmation.act().name(),
                confirmation.purpose().orElse(""),
                utc(at),
                entry.value());
    }

    /** @param purpose for which it is asked */
    void add(Asked asked, String purpose, String by) {
        sql.update(
                """
                insert into originator.permission
                    (request, request_hash, originator, target, hash, act, recipient, purpose, asked_by, asked_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                asked.request().id().value(),
                asked.request().hash().bytes(),
                asked.target().originator().value(),
                asked.target().message().id().value(),
                asked.target().message().hash().bytes(),
                asked.act().name(),
                asked.recipient().map(MemberId::value).orElse(""),
                purpose,
                by,
                utc(asked.askedAt()));
    }

    /**
     * The latest question about an act for a purpose.
     *
     * @param came the purpose for which the data came
     */
    Optional<Asked> latest(Target target, Act act, Optional<MemberId> recipient, String came, String purpose) {
        return sql
                .query(
                        "select " + ASKED
                                + " from originator.permission where target = ? and hash = ? and originator = ?"
                                + " and act = ? and recipient = ? and coalesce(purpose, ?) = ? order by asked_at desc limit 1",
                        (row, i) -> asked(row),
                        target.message().id().value(),
                        target.message().hash().bytes(),
                        target.originator().value(),
                        act.name(),
                        recipient.map(MemberId::value).orElse(""),
                        came,
                        purpose)
                .stream()
                .findFirst();
    }

    Optional<Asked> find(MessageId request) {
        return sql
                .query(
                        "select " + ASKED + " from originator.permission where request = ? for update",
                        (row, i) -> asked(row),
                        request.value())
                .stream()
                .findFirst();
    }

    void answered(MessageId request, PermissionAnswer.Outcome outcome, Optional<Instant> until, Instant at) {
        sql.update(
                "update originator.permission set outcome = ?, until_at = ?, answered_at = ? where request = ?",
                outcome.name(),
                utc(until),
                utc(at),
                request.value());
    }

    void revoked(MessageId request, Instant at) {
        sql.update(
                "update originator.permission set revoked_at = ? where request = ? and revoked_at is null",
                utc(at),
                request.value());
    }

    /** @return false if somebody else was faster with what was granted once */
    boolean use(MessageId request, Instant at) {
        return sql.update(
                        "update originator.permission set used_at = ? where request = ? and used_at is null and revoked_at is null",
                        utc(at),
                        request.value())
                == 1;
    }

    private static Asked asked(ResultSet row) throws SQLException {
        return new Asked(
                reference(row, "request", "request_hash"),
                new Target(new MemberId(row.getString("originator")), reference(row, "target", "hash")),
                Act.valueOf(row.getString("act")),
                Optional.of(row.getString("recipient"))
                        .filter(member -> !member.isEmpty())
                        .map(MemberId::new),
                instant(row, "asked_at"),
                Optional.ofNullable(row.getString("outcome")).map(PermissionAnswer.Outcome::valueOf),
                ifAny(row, "until_at"),
                ifAny(row, "used_at"),
                ifAny(row, "revoked_at"));
    }
}
