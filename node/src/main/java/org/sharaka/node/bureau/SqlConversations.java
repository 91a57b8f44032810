package org.sharaka.node.bureau;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageId;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Conversations in PostgreSQL, what they say sealed. In whatever transaction the caller has open. */
final class SqlConversations {
    static final String CONVERSATION =
            "c.peer, c.id, c.subject, c.reference, (select r.sealed from bureau.their_reference r"
                    + " join bureau.message m on m.id = r.message where m.peer = c.peer and m.conversation = c.id"
                    + " order by m.at desc, m.id desc limit 1) as their_reference, c.purpose, c.legal_basis, c.offence, "
                    + "c.closed_to, c.opened_by, c.opened_at, c.latest_at, c.unread, c.changes, "
                    + "(select m.ends_at from bureau.message m where m.peer = c.peer and m.conversation = c.id order by m.at, m.id limit 1) as subject_ends";
    static final String ENTRY = "id, peer, conversation, state, type, name, author, at, urgency, due_at, "
            + "within_seconds, answered_at, reminded_at, read_at, looked_by, acted_by, acted_at";
    /** Whose conversation it is: every statement for somebody carries it, or {@link #sight} (SAFEGUARDS S19). */
    static final String VISIBLE = "c.closed_to in ('', ?)";

    static final String OPEN = "urgency is not null and answered_at is null";

    private final JdbcTemplate sql;
    private final Vault vault;
    private final JsonMapper json;
    private final Predicate<MemberId> unsettled;
    private final Clock clock;

    /** @param unsettled of which members what they wrote may have been taken back while we were away */
    SqlConversations(JdbcTemplate sql, Vault vault, JsonMapper json, Predicate<MemberId> unsettled, Clock clock) {
        this.sql = sql;
        this.vault = vault;
        this.json = json;
        this.unsettled = unsettled;
        this.clock = clock;
    }

    /**
     * A condition on the conversation {@code c}.
     *
     * @param values what it binds
     */
    record Sight(String condition, List<Object> values) {}

    /** What is an officer's own to work on. */
    static Sight own(Actor actor) {
        return new Sight(VISIBLE, List.of(unitOf(actor)));
    }

    /** That, and what another unit lets this officer look into until a certain day. */
    Sight sight(Actor actor) {
        return new Sight("""
                (c.closed_to in ('', ?) or exists (
                    select from bureau.crossing_answer a join bureau.crossing x on x.id = a.crossing
                    where a.peer = c.peer and a.conversation = c.id and a.unit = c.closed_to and a.until > ? and x.officer = ?))
                """, List.of(unitOf(actor), utc(clock.instant()), actor.id()));
    }

    /** Units are compared without regard to case. */
    static String folded(String unit) {
        return unit.strip().toLowerCase(Locale.ROOT);
    }

    /** A text that no unit's name is stands for no unit. */
    static String unitOf(Actor actor) {
        return unitOf(actor.unit());
    }

    static String unitOf(Optional<String> of) {
        return of.map(SqlConversations::folded).filter(unit -> !unit.isEmpty()).orElse(" ");
    }

    void open(Conversation conversation) {
        sql.update(
                """
                insert into bureau.conversation (peer, id, subject, reference, reference_hash, purpose, legal_basis, offence,
                    closed_to, opened_by, opened_at, latest_at, unread)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (peer, id) do nothing
                """,
                conversation.key().peer().value(),
                conversation.key().id().value(),
                vault.seal(
                        subjectContext(conversation.key()),
                        conversation.subject().getBytes(StandardCharsets.UTF_8)),
                sealed(ourReference(conversation.key()), conversation.reference()),
                hash(conversation.reference()),
                conversation.purpose().name(),
                conversation.legalBasis(),
                conversation.offence().orElse(""),
                conversation.closedTo(),
                conversation.openedBy().orElse(null),
                utc(conversation.openedAt()),
                utc(conversation.latestAt()),
                conversation.unread());
    }

    /** To which case or campaign of ours it belongs; an empty text for none. */
    void refer(ConversationKey key, String reference) {
        sql.update(
                "update bureau.conversation set reference = ?, reference_hash = ?, changes = changes + 1 where peer = ? and id = ?",
                sealed(ourReference(key), reference),
                hash(reference),
                key.peer().value(),
                key.id().value());
    }

    /** The reference that a message of theirs brought. */
    void referTheirs(UUID message, ConversationKey key, String reference) {
        sql.update(
                "insert into bureau.their_reference (message, sealed, hash) values (?, ?, ?)",
                message,
                sealed(theirReference(key), reference),
                hash(reference));
    }

    void forgetTheirs(UUID message) {
        sql.update("delete from bureau.their_reference where message = ?", message);
    }

    private byte @Nullable [] sealed(String context, String reference) {
        return reference.isEmpty() ? null : vault.seal(context, reference.getBytes(StandardCharsets.UTF_8));
    }

    private String opened(String context, byte @Nullable [] sealed) {
        return sealed == null ? "" : new String(vault.open(context, sealed), StandardCharsets.UTF_8);
    }

    /** By which the exact reference is found, however its letters and spaces were typed; null of none. */
    byte @Nullable [] hash(String reference) {
        String same = folded(reference).replaceAll("\\s+", " ");
        return same.isEmpty() ? null : vault.mac("bureau.reference", same.getBytes(StandardCharsets.UTF_8));
    }

    /** Something was said in it. */
    void said(ConversationKey key, Instant at, boolean unread) {
        sql.update(
                "update bureau.conversation set latest_at = greatest(latest_at, ?), unread = ?, changes = changes + 1"
                        + " where peer = ? and id = ?",
                utc(at),
                unread,
                key.peer().value(),
                key.id().value());
    }

    void changed(ConversationKey key) {
        sql.update(
                "update bureau.conversation set changes = changes + 1 where peer = ? and id = ?",
                key.peer().value(),
                key.id().value());
    }

    /** As {@link #changed(ConversationKey)}, of several with one member; locked in one order. */
    void changed(MemberId peer, Collection<ConversationKey> keys) {
        sql.update("""
                update bureau.conversation c set changes = changes + 1
                from (select peer, id from bureau.conversation where peer = ? and id = any (?) order by id for update) those
                where c.peer = those.peer and c.id = those.id
                """, peer.value(), keys.stream().map(key -> key.id().value()).toArray(String[]::new));
    }

    /**
     * Something about a message is another than before.
     *
     * @param sender empty for one of ours
     */
    void changed(Optional<MemberId> sender, MessageId name) {
        sql.update(
                """
                update bureau.conversation c set changes = changes + 1 where (c.peer, c.id) in (
                    select m.peer, m.conversation from bureau.message m
                    where m.name = ? and (m.author is null) = ? and m.peer = coalesce(?, m.peer))
                """,
                name.value(),
                sender.isPresent(),
                sender.map(MemberId::value).orElse(null));
    }

    /** The unit to which a conversation is closed, or an empty text; for what the node does by itself. */
    Optional<String> closedTo(ConversationKey key) {
        return sql
                .queryForList(
                        "select closed_to from bureau.conversation where peer = ? and id = ?",
                        String.class,
                        key.peer().value(),
                        key.id().value())
                .stream()
                .findFirst();
    }

    /** An officer opened it, and with it all that came. */
    void read(ConversationKey key, Instant at) {
        sql.update("""
                update bureau.message set read_at = ? where peer = ? and conversation = ? and state = 'RECEIVED'
                    and read_at is null
                """, utc(at), key.peer().value(), key.id().value());
        sql.update(
                "update bureau.conversation set unread = false, changes = changes + 1 where peer = ? and id = ? and unread",
                key.peer().value(),
                key.id().value());
    }

    /** @return false if it was reminded of since {@link Entry#REMINDED_EVERY} */
    boolean reminded(UUID id, Instant at) {
        return sql.update(
                        "update bureau.message set reminded_at = ? where id = ? and (reminded_at is null or reminded_at <= ?)",
                        utc(at),
                        id,
                        utc(at.minus(Entry.REMINDED_EVERY)))
                == 1;
    }

    /** One that is the officer's to work on. */
    Optional<Conversation> find(Actor actor, ConversationKey key) {
        return find(own(actor), key);
    }

    /** One that the officer may read. */
    Optional<Conversation> seen(Actor actor, ConversationKey key) {
        return find(sight(actor), key);
    }

    private Optional<Conversation> find(Sight sight, ConversationKey key) {
        return sql
                .query(
                        "select " + CONVERSATION + " from bureau.conversation c where " + sight.condition()
                                + " and c.peer = ? and c.id = ?",
                        (row, i) -> conversation(row),
                        bound(sight, key.peer().value(), key.id().value()))
                .stream()
                .findFirst();
    }

    static Object[] bound(Sight sight, Object... more) {
        return Stream.concat(sight.values().stream(), Arrays.stream(more)).toArray();
    }

    /** Another text whenever something changed that this officer may see. */
    String mark(Actor actor, Optional<ConversationKey> one) {
        Sight sight = sight(actor);
        String mark = sql.queryForObject(
                "select count(*) || '-' || coalesce(sum(changes), 0) from bureau.conversation c where "
                        + sight.condition()
                        + one.map(key -> " and c.peer = ? and c.id = ?").orElse(""),
                String.class,
                one.map(key -> bound(sight, key.peer().value(), key.id().value()))
                        .orElseGet(() -> bound(sight)));
        return mark == null ? "" : mark;
    }

    /**
     * The audit entry of an act.
     *
     * @param subject as it stands there
     */
    record Entered(EntryId entry, String subject) {}

    /** @param entered of what is ours */
    void add(Entry said, Instant endsAt, Optional<Entered> entered) {
        sql.update(
                """
                insert into bureau.message (id, peer, conversation, state, type, name, author, at, urgency, due_at, within_seconds,
                    ends_at, entry, entered)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                said.id(),
                said.conversation().peer().value(),
                said.conversation().id().value(),
                said.state().name(),
                said.type(),
                said.name().map(MessageId::value).orElse(null),
                said.author().orElse(null),
                utc(said.at()),
                said.awaited().map(awaited -> awaited.urgency().name()).orElse(null),
                due(said.awaited()),
                withinSeconds(said.awaited()),
                utc(endsAt),
                entered.map(act -> act.entry().value()).orElse(null),
                entered.map(Entered::subject).orElse(null));
    }

    private static @Nullable OffsetDateTime due(Optional<Entry.Awaited> awaited) {
        return utc(awaited.flatMap(Entry.Awaited::due));
    }

    private static @Nullable Long withinSeconds(Optional<Entry.Awaited> awaited) {
        return awaited.flatMap(Entry.Awaited::within).map(Duration::toSeconds).orElse(null);
    }

    /** The oldest first; without what has ended and waits to be removed. */
    List<Entry> entries(ConversationKey key) {
        return sql.query(
                "select " + ENTRY
                        + " from bureau.message where peer = ? and conversation = ? and ends_at > ? order by at, id",
                (row, i) -> entry(row),
                key.peer().value(),
                key.id().value(),
                utc(clock.instant()));
    }

    Optional<Entry> entry(ConversationKey key, UUID id) {
        return sql
                .query(
                        "select " + ENTRY
                                + " from bureau.message where id = ? and peer = ? and conversation = ? and ends_at > ? for update",
                        (row, i) -> entry(row),
                        id,
                        key.peer().value(),
                        key.id().value(),
                        utc(clock.instant()))
                .stream()
                .findFirst();
    }

    /** Those of these messages that the bureau sent to a member. */
    Map<MessageId, Entry> ours(MemberId peer, Collection<MessageId> names) {
        Map<MessageId, Entry> ours = new HashMap<>();
        sql.query(
                "select " + ENTRY + " from bureau.message where peer = ? and name = any (?) and author is not null",
                row -> {
                    ours.put(new MessageId(row.getString("name")), entry(row));
                },
                peer.value(),
                names.stream().map(MessageId::value).toArray(String[]::new));
        return ours;
    }

    /**
     * A message by the name that both sides use.
     *
     * @param ours whether we sent it
     */
    Optional<Entry> named(MemberId peer, MessageId name, boolean ours) {
        return sql
                .query(
                        "select " + ENTRY + " from bureau.message where peer = ? and name = ? and (author is null) = ?",
                        (row, i) -> entry(row),
                        peer.value(),
                        name.value(),
                        !ours)
                .stream()
                .findFirst();
    }

    /** A message of ours to whomever it went. */
    Optional<Entry> ours(MessageId name) {
        return sql
                .query(
                        "select " + ENTRY + " from bureau.message where name = ? and author is not null",
                        (row, i) -> entry(row),
                        name.value())
                .stream()
                .findFirst();
    }

    /** The subject is the first message's words, and goes with it. */
    void emptySubject(Entry entry) {
        ConversationKey key = entry.conversation();
        sql.update(
                """
                update bureau.conversation c set subject = ? where c.peer = ? and c.id = ? and not exists (
                    select from bureau.message m where m.peer = c.peer and m.conversation = c.id and (m.at, m.id) < (?, ?))
                """,
                vault.seal(subjectContext(key), new byte[0]),
                key.peer().value(),
                key.id().value(),
                utc(entry.at()),
                entry.id());
    }

    void forgetDeed(UUID id) {
        sql.update("delete from bureau.message_text where message = ? and part = 'deed'", id);
    }

    /** @return false if no answer to it is awaited in this conversation, or none any more */
    boolean answered(ConversationKey key, MessageId name, Entry.State state, Instant at) {
        return sql.update(
                        "update bureau.message set answered_at = ? where peer = ? and conversation = ? and name = ? and state = ? and "
                                + OPEN,
                        utc(at),
                        key.peer().value(),
                        key.id().value(),
                        name.value(),
                        state.name())
                == 1;
    }

    /** Its recipient accepted a question of ours: its clock begins. */
    void accepted(UUID id, Instant at) {
        sql.update(
                "update bureau.message set due_at = ?::timestamptz + within_seconds * interval '1 second'"
                        + " where id = ? and due_at is null and within_seconds is not null",
                utc(at),
                id);
    }

    /** A second officer decided about a draft. */
    void looked(UUID id, Entry.State state, String by, Instant at, EntryId entry) {
        sql.update(
                "update bureau.message set state = ?, looked_by = ?, looked_at = ?, look_entry = ? where id = ?",
                state.name(),
                by,
                utc(at),
                entry.value(),
                id);
    }

    /** A draft was released and is a message now. */
    void released(
            UUID id,
            MessageId name,
            Optional<Entry.Awaited> awaited,
            Instant endsAt,
            String by,
            Instant at,
            EntryId entry) {
        sql.update(
                """
                update bureau.message set state = 'SENT', name = ?, at = ?, urgency = ?, due_at = ?, within_seconds = ?, ends_at = ?,
                    looked_by = ?, looked_at = ?, look_entry = ?
                where id = ?
                """,
                name.value(),
                utc(at),
                awaited.map(each -> each.urgency().name()).orElse(null),
                due(awaited),
                withinSeconds(awaited),
                utc(endsAt),
                by,
                utc(at),
                entry.value(),
                id);
        sql.update("delete from bureau.message_text where message = ? and part in ('draft', 'remark')", id);
    }

    /** Back to the second look. */
    void reworded(UUID id, Composition composition) {
        sql.update(
                "update bureau.message set state = 'LOOK', looked_by = null, looked_at = null, look_entry = null where id = ?",
                id);
        put(id, "draft", json.writeValueAsBytes(composition));
        sql.update("delete from bureau.message_text where message = ? and part = 'remark'", id);
    }

    /** @param by our officer, of what came; empty if the recipient of a message of ours said so */
    void acted(UUID id, Optional<String> by, Instant at) {
        sql.update(
                "update bureau.message set acted_by = ?, acted_at = ? where id = ? and acted_at is null",
                by.orElse(null),
                utc(at),
                id);
    }

    void putDraft(UUID id, Composition composition) {
        put(id, "draft", json.writeValueAsBytes(composition));
    }

    Optional<Composition> draft(UUID id) {
        return text(id, "draft").map(plain -> json.readValue(plain, Composition.class));
    }

    /** Why it was returned. */
    void putRemark(UUID id, String remark) {
        put(id, "remark", remark.getBytes(StandardCharsets.UTF_8));
    }

    Optional<String> remark(UUID id) {
        return text(id, "remark").map(plain -> new String(plain, StandardCharsets.UTF_8));
    }

    /** What an officer did. */
    void putDeed(UUID id, String sentence) {
        put(id, "deed", sentence.getBytes(StandardCharsets.UTF_8));
    }

    Optional<String> deed(UUID id) {
        return text(id, "deed").map(plain -> new String(plain, StandardCharsets.UTF_8));
    }

    private void put(UUID id, String part, byte[] plain) {
        sql.update("""
                insert into bureau.message_text (message, part, sealed) values (?, ?, ?)
                on conflict (message, part) do update set sealed = excluded.sealed
                """, id, part, vault.seal(textContext(id, part), plain));
    }

    private Optional<byte[]> text(UUID id, String part) {
        return sql
                .query(
                        "select sealed from bureau.message_text where message = ? and part = ?",
                        (row, i) -> vault.open(textContext(id, part), row.getBytes("sealed")),
                        id,
                        part)
                .stream()
                .findFirst();
    }

    /** What has reached its end, the oldest first. */
    List<Entry> ended(Instant now, int limit) {
        return sql.query(
                "select " + ENTRY
                        + " from bureau.message where ends_at <= ? order by ends_at limit ? for update skip locked",
                (row, i) -> entry(row),
                utc(now),
                limit);
    }

    /** Takes a message out, and its conversation with the last one. */
    void remove(Entry entry) {
        sql.update("delete from bureau.message where id = ?", entry.id());
        int gone = sql.update(
                """
                delete from bureau.conversation c where c.peer = ? and c.id = ?
                    and not exists (select from bureau.message m where m.peer = c.peer and m.conversation = c.id)
                """,
                entry.conversation().peer().value(),
                entry.conversation().id().value());
        if (gone != 0) return;
        // The subject is the first message's words, and ends with it (SAFEGUARDS S20).
        emptySubject(entry);
        changed(entry.conversation());
    }

    Conversation conversation(ResultSet row) throws SQLException {
        ConversationKey key =
                new ConversationKey(new MemberId(row.getString("peer")), new ConversationId(row.getString("id")));
        Optional<String> openedBy = Optional.ofNullable(row.getString("opened_by"));
        // The first message's words: they are read no longer than that, nor before it.
        boolean shown =
                ifAny(row, "subject_ends").map(clock.instant()::isBefore).orElse(true)
                        && (openedBy.isPresent() || !unsettled.test(key.peer()));
        return new Conversation(
                key,
                shown
                        ? new String(vault.open(subjectContext(key), row.getBytes("subject")), StandardCharsets.UTF_8)
                        : "",
                opened(ourReference(key), row.getBytes("reference")),
                unsettled.test(key.peer()) ? "" : opened(theirReference(key), row.getBytes("their_reference")),
                Purpose.valueOf(row.getString("purpose")),
                row.getString("legal_basis"),
                Optional.of(row.getString("offence")).filter(code -> !code.isEmpty()),
                row.getString("closed_to"),
                openedBy,
                instant(row, "opened_at"),
                instant(row, "latest_at"),
                row.getBoolean("unread"),
                row.getLong("changes"));
    }

    static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getObject("id", UUID.class),
                new ConversationKey(
                        new MemberId(row.getString("peer")), new ConversationId(row.getString("conversation"))),
                Entry.State.valueOf(row.getString("state")),
                row.getString("type"),
                Optional.ofNullable(row.getString("name")).map(MessageId::new),
                Optional.ofNullable(row.getString("author")),
                instant(row, "at"),
                awaited(row, "", ifAny(row, "answered_at"), ifAny(row, "reminded_at")),
                ifAny(row, "read_at"),
                Optional.ofNullable(row.getString("looked_by")),
                Optional.ofNullable(row.getString("acted_by")),
                ifAny(row, "acted_at"));
    }

    /** @param prefix of the names of its columns */
    static Optional<Entry.Awaited> awaited(
            ResultSet row, String prefix, Optional<Instant> answered, Optional<Instant> reminded) throws SQLException {
        @Nullable String name = row.getString(prefix + "urgency");
        if (name == null) return Optional.empty();
        Optional<Instant> due = ifAny(row, prefix + "due_at");
        Optional<Duration> within = Optional.ofNullable(row.getObject(prefix + "within_seconds", Long.class))
                .map(Duration::ofSeconds);
        Instant since = due.flatMap(end -> within.map(end::minus)).orElse(instant(row, prefix + "at"));
        return Optional.of(new Entry.Awaited(Urgency.valueOf(name), since, due, within, answered, reminded));
    }

    private static String ourReference(ConversationKey key) {
        return "bureau.reference/" + key;
    }

    private static String theirReference(ConversationKey key) {
        return "bureau.their-reference/" + key;
    }

    private static String subjectContext(ConversationKey key) {
        return "bureau.subject/" + key;
    }

    private static String textContext(UUID id, String part) {
        return "bureau." + part + "/" + id;
    }
}
