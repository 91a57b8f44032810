package org.sharaka.node.crosscheck;

import static java.util.Objects.requireNonNull;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.linking.KeyKind;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.campaign.CampaignTraces;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.CrossCheckAnswer;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.MessageId;
import org.springframework.jdbc.core.JdbcTemplate;

/** Cross-checks in PostgreSQL. In whatever transaction the caller has open. */
final class SqlCrossChecks {
    private static final String RECEIVED = "select r.*, d.state as draft_state from crosscheck.received r"
            + " left join crosscheck.draft d on d.peer = r.peer and d.conversation = r.conversation ";
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    private final JdbcTemplate sql;
    private final Vault vault;

    SqlCrossChecks(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    void add(Asked asked, EntryId entry) {
        sql.update(
                """
                insert into crosscheck.asked (peer, conversation, message, campaign, traces, legal_basis, asked_by, asked_at, due_at,
                    ends_at, entry)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                asked.key().peer().value(),
                asked.key().conversation().value(),
                asked.message().value(),
                asked.campaign(),
                asked.traces(),
                asked.legalBasis(),
                asked.by(),
                utc(asked.at()),
                utc(asked.due()),
                utc(asked.endsAt()),
                entry.value());
    }

    Optional<Asked> asked(CheckKey key) {
        return sql
                .query(
                        "select * from crosscheck.asked where peer = ? and conversation = ? for update",
                        (row, i) -> asked(row),
                        key.peer().value(),
                        key.conversation().value())
                .stream()
                .findFirst();
    }

    /** What was asked about a campaign under any of its numbers, the latest first. */
    List<Asked> askedOf(Collection<Long> campaigns, Instant now) {
        return sql.query(
                "select * from crosscheck.asked where campaign = any (?) and ends_at > ? order by asked_at desc, peer",
                (row, i) -> asked(row),
                campaigns.toArray(Long[]::new),
                utc(now));
    }

    void answered(CheckKey key, MessageId answer, Instant at) {
        sql.update(
                """
                update crosscheck.asked set answer = ?, answered_at = ?, changes = changes + 1
                where peer = ? and conversation = ?
                """,
                answer.value(),
                utc(at),
                key.peer().value(),
                key.conversation().value());
    }

    /** Something about what we asked would be shown otherwise. */
    void changed(MemberId peer, Collection<MessageId> ours) {
        String[] names = ours.stream().map(MessageId::value).toArray(String[]::new);
        // Rows are locked in one order, so that two that change the same wait for each other and no more.
        sql.update("""
                update crosscheck.asked a set changes = changes + 1
                from (select peer, conversation from crosscheck.asked where peer = ? and message = any (?)
                    order by conversation for update) those
                where a.peer = those.peer and a.conversation = those.conversation
                """, peer.value(), names);
        sql.update("""
                update crosscheck.received r set changes = changes + 1
                from (select peer, conversation from crosscheck.received where peer = ? and answer = any (?)
                    order by conversation for update) those
                where r.peer = those.peer and r.conversation = those.conversation
                """, peer.value(), names);
    }

    /** An answer of theirs would be shown otherwise. */
    void changedThere(MemberId peer, MessageId answer) {
        sql.update(
                "update crosscheck.asked set changes = changes + 1 where peer = ? and answer = ?",
                peer.value(),
                answer.value());
    }

    /** @return false if this conversation has a request already */
    boolean add(Received received, Collection<CampaignTraces.Wanted> wanted) {
        int added = sql.update(
                """
                insert into crosscheck.received (peer, conversation, message, purpose, legal_basis, offence, traces, urgency,
                    received_at, due_at, ends_at, withdrawn_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (peer, conversation) do nothing
                """,
                received.key().peer().value(),
                received.key().conversation().value(),
                received.message().value(),
                received.purpose().name(),
                received.legalBasis(),
                received.offence().orElse(""),
                received.traces(),
                received.urgency().name(),
                utc(received.at()),
                utc(received.due()),
                utc(received.endsAt()),
                received.withdrawn() ? utc(received.at()) : null);
        if (added == 0) return false;
        sql.update(
                """
                insert into crosscheck.wanted (peer, conversation, key, kind)
                select ?, ?, * from unnest(?::bigint[], ?::text[]) on conflict do nothing
                """,
                received.key().peer().value(),
                received.key().conversation().value(),
                wanted.stream().map(CampaignTraces.Wanted::key).toArray(Long[]::new),
                wanted.stream().map(each -> each.kind().name()).toArray(String[]::new));
        return true;
    }

    Optional<Received> received(CheckKey key) {
        return sql
                .query(
                        RECEIVED + "where r.peer = ? and r.conversation = ?",
                        (row, i) -> received(row),
                        key.peer().value(),
                        key.conversation().value())
                .stream()
                .findFirst();
    }

    /** Holds it to the end of the transaction, so that two officers do not decide at once. */
    Optional<Received> lock(CheckKey key) {
        sql.query(
                "select from crosscheck.received where peer = ? and conversation = ? for update",
                row -> {},
                key.peer().value(),
                key.conversation().value());
        return received(key);
    }

    /** Likewise, by its message. */
    Optional<Received> lock(MemberId peer, MessageId message) {
        return sql
                .query(
                        "select peer, conversation from crosscheck.received where peer = ? and message = ? for update",
                        (row, i) -> key(row),
                        peer.value(),
                        message.value())
                .stream()
                .findFirst()
                .flatMap(this::received);
    }

    /** Its originator took it back: its keys and what waits for the second look go. */
    void close(CheckKey key, Instant at) {
        for (String table : List.of("wanted", "draft"))
            sql.update(
                    "delete from crosscheck." + table + " where peer = ? and conversation = ?",
                    key.peer().value(),
                    key.conversation().value());
        sql.update("""
                update crosscheck.received set withdrawn_at = coalesce(withdrawn_at, ?), changes = changes + 1
                where peer = ? and conversation = ?
                """, utc(at), key.peer().value(), key.conversation().value());
    }

    /** What runs: what is not answered first, the earliest due first; what was taken back last. */
    List<Received> running(Instant now, int limit) {
        return sql.query(
                RECEIVED
                        + "where r.ends_at > ? order by r.withdrawn_at is not null, r.answer is not null, r.due_at,"
                        + " r.peer, r.conversation limit ?",
                (row, i) -> received(row),
                utc(now),
                limit);
    }

    /** What runs and would be held by one of these keys. */
    List<Received> wanting(Collection<Long> keys, Instant now, int limit) {
        return sql.query(RECEIVED + """
                        where r.ends_at > ? and exists (select from crosscheck.wanted w
                            where w.peer = r.peer and w.conversation = r.conversation and w.key = any (?))
                        order by r.received_at desc, r.peer limit ?
                        """, (row, i) -> received(row), utc(now), keys.toArray(Long[]::new), limit);
    }

    boolean anyRunning(Instant now) {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select from crosscheck.received where ends_at > ?)", Boolean.class, utc(now)));
    }

    List<CampaignTraces.Wanted> wanted(CheckKey key) {
        return sql.query(
                "select key, kind from crosscheck.wanted where peer = ? and conversation = ?",
                (row, i) -> new CampaignTraces.Wanted(KeyKind.valueOf(row.getString("kind")), row.getLong("key")),
                key.peer().value(),
                key.conversation().value());
    }

    void read(CheckKey key) {
        sql.update("""
                update crosscheck.received set unread = false, changes = changes + 1
                where peer = ? and conversation = ? and unread
                """, key.peer().value(), key.conversation().value());
    }

    void answer(CheckKey key, Received.OurAnswer answer, EntryId entry) {
        sql.update(
                """
                update crosscheck.received set answer = ?, answered_by = ?, answered_at = ?, looked_by = ?, up_to = ?,
                    answer_entry = ?, changes = changes + 1
                where peer = ? and conversation = ?
                """,
                answer.message().value(),
                answer.by(),
                utc(answer.at()),
                answer.lookedBy().orElse(null),
                answer.upTo(),
                entry.value(),
                key.peer().value(),
                key.conversation().value());
    }

    /** In place of whatever waited before. */
    void put(CheckKey key, Draft draft, EntryId entry) {
        discard(key);
        sql.update(
                """
                insert into crosscheck.draft (peer, conversation, id, state, author, at, up_to, legal_basis, codes, evaluation, answer, entry)
                values (?, ?, ?, 'LOOK', ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                key.peer().value(),
                key.conversation().value(),
                draft.id(),
                draft.author(),
                utc(draft.at()),
                draft.upTo(),
                draft.terms().basis(),
                draft.terms().codes().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")),
                draft.terms()
                        .evaluation()
                        .map(graded -> graded.source() + " " + graded.information())
                        .orElse(""),
                vault.seal(
                        context("answer", draft.id()),
                        draft.answer().toContent().body().canonical()),
                entry.value());
    }

    Optional<Draft> draft(CheckKey key) {
        return sql
                .query(
                        "select * from crosscheck.draft where peer = ? and conversation = ?",
                        (row, i) -> draft(row),
                        key.peer().value(),
                        key.conversation().value())
                .stream()
                .findFirst();
    }

    private Draft draft(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte @Nullable [] remark = row.getBytes("remark");
        return new Draft(
                id,
                Draft.State.valueOf(row.getString("state")),
                row.getString("author"),
                instant(row, "at"),
                row.getLong("up_to"),
                new Terms(
                        row.getString("legal_basis"),
                        Stream.of(row.getString("codes").split(" "))
                                .filter(code -> !code.isEmpty())
                                .map(HandlingCode::valueOf)
                                .collect(Collectors.toSet()),
                        evaluation(row.getString("evaluation"))),
                CrossCheckAnswer.parse(new Content(
                        CrossCheckAnswer.TYPE,
                        CrossCheckAnswer.FORMAT,
                        Json.parse(vault.open(context("answer", id), row.getBytes("answer")), ANSWER_BYTES_MAX))),
                Optional.ofNullable(remark)
                        .map(kept -> new String(vault.open(context("remark", id), kept), StandardCharsets.UTF_8)));
    }

    private static Optional<Evaluation> evaluation(String kept) {
        if (kept.isEmpty()) return Optional.empty();
        int blank = kept.indexOf(' ');
        return Optional.of(new Evaluation(
                Evaluation.Source.valueOf(kept.substring(0, blank)),
                Evaluation.Information.valueOf(kept.substring(blank + 1))));
    }

    void giveBack(CheckKey key, UUID draft, String remark) {
        sql.update(
                "update crosscheck.draft set state = 'RETURNED', remark = ? where id = ?",
                vault.seal(context("remark", draft), remark.getBytes(StandardCharsets.UTF_8)),
                draft);
        changed(key);
    }

    void discard(CheckKey key) {
        sql.update(
                "delete from crosscheck.draft where peer = ? and conversation = ?",
                key.peer().value(),
                key.conversation().value());
        changed(key);
    }

    void changed(CheckKey key) {
        sql.update(
                "update crosscheck.received set changes = changes + 1 where peer = ? and conversation = ?",
                key.peer().value(),
                key.conversation().value());
    }

    /** Another text whenever a page of what others ask would show something else, but for new reports of ours. */
    String mark() {
        return requireNonNull(sql.queryForObject(
                "select count(*) || '-' || coalesce(sum(changes), 0) from crosscheck.received", String.class));
    }

    /** Likewise for the part of a campaign's page. */
    String markOf(Collection<Long> campaigns) {
        return requireNonNull(sql.queryForObject(
                "select count(*) || '-' || coalesce(sum(changes), 0) from crosscheck.asked where campaign = any (?)",
                String.class,
                (Object) campaigns.toArray(Long[]::new)));
    }

    void paced(MemberId peer, int traces, boolean refused, Instant at) {
        sql.update(
                "insert into crosscheck.pace (peer, at, traces, refused) values (?, ?, ?, ?)",
                peer.value(),
                utc(at),
                traces,
                refused);
    }

    Optional<Pace> pace(MemberId peer, Instant since) {
        return paces(since).stream().filter(pace -> pace.peer().equals(peer)).findFirst();
    }

    /** How much each member has asked since. */
    List<Pace> paces(Instant since) {
        return sql.query(
                """
                select peer, count(*) filter (where not refused) as requests,
                    coalesce(sum(traces) filter (where not refused), 0) as traces, count(*) filter (where refused) as refused
                from crosscheck.pace where at > ? group by peer order by peer
                """,
                (row, i) -> new Pace(
                        new MemberId(row.getString("peer")),
                        row.getInt("requests"),
                        row.getInt("traces"),
                        row.getInt("refused")),
                utc(since));
    }

    void forgetPaceBefore(Instant time) {
        sql.update("delete from crosscheck.pace where at <= ?", utc(time));
    }

    /** A request of ours and all that was answered to it are over. */
    void remove(Asked asked, Instant now) {
        sql.update(
                "delete from crosscheck.asked where peer = ? and conversation = ?",
                asked.key().peer().value(),
                asked.key().conversation().value());
        leave(asked.key(), asked.message(), true, now);
        asked.answer().ifPresent(answer -> leave(asked.key(), answer.message(), false, now));
    }

    /** A request of another and all that was made of it are over. */
    void remove(Received received, Instant now) {
        sql.update(
                "delete from crosscheck.received where peer = ? and conversation = ?",
                received.key().peer().value(),
                received.key().conversation().value());
        leave(received.key(), received.message(), false, now);
        received.answer().ifPresent(answer -> leave(received.key(), answer.message(), true, now));
    }

    List<Asked> askedEnded(Instant now, int limit) {
        return sql.query(
                "select * from crosscheck.asked where ends_at <= ? order by ends_at limit ? for update skip locked",
                (row, i) -> asked(row),
                utc(now),
                limit);
    }

    List<Received> receivedEnded(Instant now, int limit) {
        return sql.query(
                RECEIVED + "where r.ends_at <= ? order by r.ends_at limit ? for update of r skip locked",
                (row, i) -> received(row),
                utc(now),
                limit);
    }

    /** A message in the exchange whose content is to be destroyed. */
    record Leftover(MemberId peer, MessageId message, boolean ours) {}

    void leave(CheckKey key, MessageId message, boolean ours, Instant now) {
        sql.update("""
                insert into crosscheck.leftover (peer, conversation, message, ours, since) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """, key.peer().value(), key.conversation().value(), message.value(), ours, utc(now));
    }

    List<Leftover> leftovers(int limit) {
        return sql.query(
                "select * from crosscheck.leftover order by since, message limit ? for update skip locked",
                (row, i) -> leftover(row),
                limit);
    }

    List<Leftover> leftovers(CheckKey key) {
        return sql.query(
                "select * from crosscheck.leftover where peer = ? and conversation = ?"
                        + " order by since, message for update",
                (row, i) -> leftover(row),
                key.peer().value(),
                key.conversation().value());
    }

    private static Leftover leftover(ResultSet row) throws SQLException {
        return new Leftover(
                new MemberId(row.getString("peer")), new MessageId(row.getString("message")), row.getBoolean("ours"));
    }

    void cleared(Collection<Leftover> gone) {
        for (Leftover each : gone)
            sql.update(
                    "delete from crosscheck.leftover where peer = ? and message = ? and ours = ?",
                    each.peer().value(),
                    each.message().value(),
                    each.ours());
    }

    /** Looks at it after the others. */
    void later(Leftover one, Instant now) {
        sql.update(
                "update crosscheck.leftover set since = ? where peer = ? and message = ? and ours = ?",
                utc(now),
                one.peer().value(),
                one.message().value(),
                one.ours());
    }

    private static Asked asked(ResultSet row) throws SQLException {
        @Nullable String answer = row.getString("answer");
        return new Asked(
                key(row),
                new MessageId(row.getString("message")),
                row.getLong("campaign"),
                row.getInt("traces"),
                row.getString("legal_basis"),
                row.getString("asked_by"),
                instant(row, "asked_at"),
                instant(row, "due_at"),
                instant(row, "ends_at"),
                answer == null
                        ? Optional.empty()
                        : Optional.of(new Asked.Answered(new MessageId(answer), instant(row, "answered_at"))));
    }

    private static Received received(ResultSet row) throws SQLException {
        @Nullable String answer = row.getString("answer");
        return new Received(
                key(row),
                new MessageId(row.getString("message")),
                Purpose.valueOf(row.getString("purpose")),
                row.getString("legal_basis"),
                Optional.of(row.getString("offence")).filter(code -> !code.isEmpty()),
                row.getInt("traces"),
                Urgency.valueOf(row.getString("urgency")),
                instant(row, "received_at"),
                instant(row, "due_at"),
                instant(row, "ends_at"),
                row.getBoolean("unread"),
                row.getObject("withdrawn_at") != null,
                answer == null
                        ? Optional.empty()
                        : Optional.of(new Received.OurAnswer(
                                new MessageId(answer),
                                row.getString("answered_by"),
                                instant(row, "answered_at"),
                                Optional.ofNullable(row.getString("looked_by")),
                                row.getLong("up_to"))),
                Optional.ofNullable(row.getString("draft_state")).map(Draft.State::valueOf));
    }

    static CheckKey key(ResultSet row) throws SQLException {
        return new CheckKey(new MemberId(row.getString("peer")), new ConversationId(row.getString("conversation")));
    }

    private static String context(String part, UUID id) {
        return "crosscheck." + part + "/" + id;
    }
}
