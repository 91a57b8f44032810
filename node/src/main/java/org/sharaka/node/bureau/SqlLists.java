package org.sharaka.node.bureau;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.springframework.jdbc.core.JdbcTemplate;

/** The lists of conversations in PostgreSQL. */
final class SqlLists {
    /** What is overdue stands first, whatever its urgency: somebody waits in vain. */
    private static final String AWAITED_FIRST =
            "%1$soverdue desc, array_position(array['URGENT', 'PRIORITY', 'ROUTINE'], %1$surgency), %1$sdue_at";

    private final JdbcTemplate sql;
    private final SqlConversations conversations;

    SqlLists(JdbcTemplate sql, SqlConversations conversations) {
        this.sql = sql;
        this.conversations = conversations;
    }

    /** Which conversations a page shows. */
    enum View {
        /** A member waits for our answer. */
        OURS,
        /** We wait for theirs. */
        THEIRS,
        /** Something waits for the second look, or came back from it. */
        LOOK,
        /** An officer of another unit asks to see it. */
        ASKED,
        ALL
    }

    /**
     * One conversation in a list.
     *
     * @param ours what they wait for, what is overdue first, then the most urgent
     * @param theirs what we wait for, likewise
     * @param look whether a draft waits for the second look
     * @param returned whether a draft came back from it
     * @param toRemind our message of which its recipient may be reminded now, as far as it arrived
     */
    record Line(
            Conversation conversation,
            Optional<Entry.Awaited> ours,
            Optional<Entry.Awaited> theirs,
            boolean look,
            boolean returned,
            Optional<UUID> toRemind) {}

    /** Where a page of the list ended. */
    record Mark(Instant latestAt, ConversationKey key) {}

    private static String condition(View view) {
        return switch (view) {
            case OURS ->
                "(c.peer, c.id) in (select peer, conversation from bureau.message where " + SqlConversations.OPEN
                        + " and state = 'RECEIVED')";
            case THEIRS ->
                "(c.peer, c.id) in (select peer, conversation from bureau.message where " + SqlConversations.OPEN
                        + " and state = 'SENT')";
            case LOOK ->
                "(c.peer, c.id) in (select peer, conversation from bureau.message where state in ('LOOK', 'RETURNED'))";
            case ASKED ->
                "c.closed_to <> '' and exists (select from bureau.crossing x where " + SqlCrossings.OPEN + ")";
            case ALL -> "true";
        };
    }

    private static String order(View view) {
        return switch (view) {
            case OURS -> AWAITED_FIRST.formatted("o.") + ", c.peer, c.id";
            case THEIRS -> AWAITED_FIRST.formatted("t.") + ", c.peer, c.id";
            case LOOK, ASKED -> "c.latest_at, c.peer, c.id";
            case ALL -> "c.latest_at desc, c.peer, c.id";
        };
    }

    /**
     * What is an officer's to work on: what is overdue first, then the urgent; or the latest of all that the officer may see.
     *
     * @param after for {@link View#ALL} alone
     */
    List<Line> list(Actor actor, View view, Optional<Mark> after, Instant now, int limit) {
        return lines(
                sight(actor, view),
                condition(view)
                        + after.map(mark -> " and (c.latest_at < ? or (c.latest_at = ? and (c.peer, c.id) > (?, ?)))")
                                .orElse(""),
                after.map(mark -> List.<Object>of(
                                utc(mark.latestAt()),
                                utc(mark.latestAt()),
                                mark.key().peer().value(),
                                mark.key().id().value()))
                        .orElse(List.of()),
                order(view),
                now,
                limit);
    }

    /** Who was let look into a conversation owes it nothing. */
    private SqlConversations.Sight sight(Actor actor, View view) {
        return view == View.ALL ? conversations.sight(actor) : SqlConversations.own(actor);
    }

    /**
     * Conversations with a reference that an officer may see, the latest first.
     *
     * @param hash its keyed hash
     * @param ours whether it must be our own: what a member writes of a case puts nothing beside ours
     */
    List<Line> named(Actor actor, byte[] hash, boolean ours, Instant now, int limit) {
        String theirs = " or exists (select from bureau.their_reference r join bureau.message m on m.id = r.message"
                + " where r.hash = ? and m.peer = c.peer and m.conversation = c.id)";
        return lines(
                conversations.sight(actor),
                "(c.reference_hash = ?" + (ours ? "" : theirs) + ")",
                ours ? List.of(hash) : List.of(hash, hash),
                order(View.ALL),
                now,
                limit);
    }

    private List<Line> lines(
            SqlConversations.Sight sight, String condition, List<Object> values, String order, Instant now, int limit) {
        List<Object> bound = new ArrayList<>(List.of(utc(now), utc(now)));
        bound.addAll(sight.values());
        bound.addAll(values);
        bound.add(limit);
        String awaited =
                "left join lateral (select id, type, urgency, at, due_at, within_seconds, reminded_at, coalesce(due_at < ?, false) as overdue"
                        + " from bureau.message m"
                        + " where m.peer = c.peer and m.conversation = c.id and m."
                        + SqlConversations.OPEN.replace(" and ", " and m.") + " and m.state = '%s' order by "
                        + AWAITED_FIRST.formatted("") + " limit 1) %s on true\n";
        return sql.query(
                "select " + SqlConversations.CONVERSATION
                        + ", o.urgency as o_urgency, o.at as o_at, o.due_at as o_due_at, o.within_seconds as o_within_seconds,"
                        + " o.reminded_at as o_reminded, t.urgency as t_urgency, t.at as t_at, t.due_at as t_due_at,"
                        + " t.within_seconds as t_within_seconds, t.reminded_at as t_reminded, t.id as t_id, t.type as t_type,"
                        + " exists (select from bureau.message m where m.peer = c.peer and m.conversation = c.id and m.state = 'LOOK') as look,"
                        + " exists (select from bureau.message m where m.peer = c.peer and m.conversation = c.id and m.state = 'RETURNED') as returned\n"
                        + "from bureau.conversation c\n"
                        + awaited.formatted("RECEIVED", "o")
                        + awaited.formatted("SENT", "t")
                        + "where " + sight.condition() + " and " + condition + " order by " + order + " limit ?",
                (row, i) -> {
                    Optional<Entry.Awaited> theirs = awaited(row, "t");
                    @Nullable String type = row.getString("t_type");
                    return new Line(
                            conversations.conversation(row),
                            awaited(row, "o"),
                            theirs,
                            row.getBoolean("look"),
                            row.getBoolean("returned"),
                            type != null
                                            && theirs.filter(each -> Reminders.may(type, each, now))
                                                    .isPresent()
                                    ? Optional.of(row.getObject("t_id", UUID.class))
                                    : Optional.empty());
                },
                bound.toArray());
    }

    private static Optional<Entry.Awaited> awaited(ResultSet row, String whose) throws SQLException {
        return SqlConversations.awaited(row, whose + "_", Optional.empty(), ifAny(row, whose + "_reminded"));
    }

    int count(Actor actor, View view, int most) {
        Integer count = sql.queryForObject(
                "select count(*) from (select from bureau.conversation c where " + SqlConversations.VISIBLE + " and "
                        + condition(view) + " limit ?) counted",
                Integer.class,
                SqlConversations.unitOf(actor),
                most);
        return count == null ? 0 : count;
    }

    /** What conversations are about, of those that an officer may see. */
    Map<ConversationKey, Conversation> seen(Actor actor, Collection<ConversationKey> keys) {
        Map<ConversationKey, Conversation> seen = new HashMap<>();
        sql.query(
                "select " + SqlConversations.CONVERSATION + " from bureau.conversation c where "
                        + SqlConversations.VISIBLE
                        + " and (c.peer, c.id) in (select * from unnest(?::text[], ?::text[]))",
                row -> {
                    Conversation one = conversations.conversation(row);
                    seen.put(one.key(), one);
                },
                SqlConversations.unitOf(actor),
                keys.stream().map(key -> key.peer().value()).toArray(String[]::new),
                keys.stream().map(key -> key.id().value()).toArray(String[]::new));
        return seen;
    }
}
