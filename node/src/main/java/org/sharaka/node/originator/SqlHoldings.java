package org.sharaka.node.originator;

import static org.sharaka.node.originator.SqlReferences.reference;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where others' data lies: what is enclosed in what came, what we shared onward, what may not be destroyed. */
final class SqlHoldings {
    private final JdbcTemplate sql;
    private final Vault vault;

    SqlHoldings(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    /** A message by which we hold somebody's data. */
    record Held(MemberId peer, MessageId name, MemberId originator) {}

    void enclosed(MemberId peer, MessageId name, Target target) {
        sql.update(
                "insert into originator.enclosed (peer, name, originator, target, hash) values (?, ?, ?, ?, ?) on conflict do nothing",
                peer.value(),
                name.value(),
                target.originator().value(),
                target.message().id().value(),
                target.message().hash().bytes());
    }

    boolean encloses(MemberId peer, MessageId name) {
        return !sql.queryForList(
                        "select 1 from originator.enclosed where peer = ? and name = ?",
                        Integer.class,
                        peer.value(),
                        name.value())
                .isEmpty();
    }

    /** Whose message is enclosed in what came. */
    Optional<MemberId> originator(MemberId peer, MessageId name) {
        return sql
                .query(
                        "select originator from originator.enclosed where peer = ? and name = ?",
                        (row, i) -> new MemberId(row.getString(1)),
                        peer.value(),
                        name.value())
                .stream()
                .findFirst();
    }

    /** The messages in which an originator's message came to us over others' hands. */
    List<Held> enclosing(MessageReference target) {
        return sql.query(
                "select peer, name, originator from originator.enclosed where target = ? and hash = ?",
                (row, i) -> new Held(
                        new MemberId(row.getString("peer")),
                        new MessageId(row.getString("name")),
                        new MemberId(row.getString("originator"))),
                target.id().value(),
                target.hash().bytes());
    }

    void shared(Share share, EntryId entry) {
        sql.update(
                """
                insert into originator.share (name, recipient, conversation, legal_basis, originator, target, hash, shared_at, entry)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                share.name().value(),
                share.recipient().value(),
                share.conversation().value(),
                share.legalBasis(),
                share.target().originator().value(),
                share.target().message().id().value(),
                share.target().message().hash().bytes(),
                utc(share.sharedAt()),
                entry.value());
    }

    /** To whom we shared an originator's message onward. */
    List<Share> shares(Target target) {
        return sql.query(
                "select * from originator.share where target = ? and hash = ? and originator = ? order by shared_at, name",
                (row, i) -> share(row),
                target.message().id().value(),
                target.message().hash().bytes(),
                target.originator().value());
    }

    Optional<Share> share(MessageId ours) {
        return sql.query("select * from originator.share where name = ?", (row, i) -> share(row), ours.value()).stream()
                .findFirst();
    }

    private static Share share(ResultSet row) throws SQLException {
        return new Share(
                new MessageId(row.getString("name")),
                new MemberId(row.getString("recipient")),
                new ConversationId(row.getString("conversation")),
                row.getString("legal_basis"),
                new Target(new MemberId(row.getString("originator")), reference(row, "target", "hash")),
                instant(row, "shared_at"));
    }

    void hold(MemberId peer, MessageId name, String sentence, String by, Instant at, EntryId entry) {
        sql.update(
                """
                insert into originator.hold (peer, name, sentence, by, at, entry) values (?, ?, ?, ?, ?, ?)
                on conflict (peer, name) do update set sentence = excluded.sentence, by = excluded.by, at = excluded.at, entry = excluded.entry
                """,
                peer.value(),
                name.value(),
                vault.seal(context(peer, name), sentence.getBytes(StandardCharsets.UTF_8)),
                by,
                utc(at),
                entry.value());
    }

    boolean release(MemberId peer, MessageId name) {
        return sql.update("delete from originator.hold where peer = ? and name = ?", peer.value(), name.value()) == 1;
    }

    /** Why a message may not be destroyed. */
    Optional<String> held(MemberId peer, MessageId name) {
        return sql
                .query(
                        "select sentence from originator.hold where peer = ? and name = ? and sentence is not null",
                        (row, i) -> new String(
                                vault.open(context(peer, name), row.getBytes("sentence")), StandardCharsets.UTF_8),
                        peer.value(),
                        name.value())
                .stream()
                .findFirst();
    }

    private static String context(MemberId peer, MessageId name) {
        return "originator.hold/" + peer + "/" + name;
    }
}
