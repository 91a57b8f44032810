package org.sharaka.node.evidence;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.Hash;
import org.springframework.jdbc.core.JdbcTemplate;

/** Items, their secrets and their custody logs in PostgreSQL. In whatever transaction the caller has open. */
final class SqlItems {
    private static final String ROW = """
            select i.*, s.sealed from evidence.item i left join evidence.secret s on s.item = i.id
            """;

    /** Which items an actor may meet; binds {@code mayMeet}. What the node does by itself meets all. */
    private static final String MEETS = "(i.unit is null or ? or lower(btrim(i.unit)) = ?)";

    private final JdbcTemplate sql;

    SqlItems(JdbcTemplate sql) {
        this.sql = sql;
    }

    // --- Files that must not stay ----------------------------------------------------------------------------------

    void begin(String address, Instant now) {
        sql.update("insert into evidence.unfinished (address, since) values (?, ?)", address, utc(now));
    }

    /** @return false if it was not noted, or somebody swept it */
    boolean finish(String address) {
        return sql.update("delete from evidence.unfinished where address = ?", address) == 1;
    }

    List<String> unfinishedSince(Instant before) {
        return sql.queryForList(
                "select address from evidence.unfinished where since < ? order by since limit 1000",
                String.class,
                utc(before));
    }

    // --- Items -----------------------------------------------------------------------------------------------------

    void add(StoredItem item, byte[] fileId, byte[] keyedHash) {
        sql.update(
                """
                insert into evidence.item (id, file_id, address, state, size_bytes, chunks, stored, chunk_hashes, keyed_hash,
                    originator, sender, purpose, unit, belongs_to, received_at, keep_until)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                item.id().value(),
                fileId,
                item.address(),
                item.state().name(),
                item.sizeBytes(),
                item.chunks(),
                item.stored(),
                ItemSecret.joined(item.hashes()),
                keyedHash,
                item.originator(),
                item.sender().orElse(null),
                item.purpose(),
                item.unit().orElse(null),
                item.belongsTo().orElse(null),
                utc(item.receivedAt()),
                utc(item.keepUntil()));
        sql.update(
                "insert into evidence.secret (item, sealed) values (?, ?)",
                item.id().value(),
                item.sealed().orElseThrow());
    }

    /** Empty for what does not exist for this actor. */
    Optional<StoredItem> find(Actor actor, ItemId id) {
        return sql
                .query(ROW + " where i.id = ? and " + MEETS, SqlItems::item, id.value(), meetsAll(actor), unit(actor))
                .stream()
                .findFirst();
    }

    /** As {@link #find}, and nobody else changes it before the transaction ends. */
    Optional<StoredItem> lock(Actor actor, ItemId id) {
        return sql
                .query(
                        ROW + " where i.id = ? and " + MEETS + " for update of i",
                        SqlItems::item,
                        id.value(),
                        meetsAll(actor),
                        unit(actor))
                .stream()
                .findFirst();
    }

    void keepTo(ItemId id, String from, String to) {
        sql.update(
                "update evidence.item set unit = nullif(?, '') where id = ? and coalesce(lower(btrim(unit)), '') = ?",
                to,
                id.value(),
                from);
    }

    /** What an actor may meet, the newest first. */
    List<StoredItem> latest(Actor actor, Optional<ItemId> before, int most) {
        return sql.query(
                ROW + " where " + MEETS + " and (cast(? as uuid) is null or i.id < ?) order by i.id desc limit ?",
                SqlItems::item,
                meetsAll(actor),
                unit(actor),
                before.map(ItemId::value).orElse(null),
                before.map(ItemId::value).orElse(null),
                most);
    }

    /** Whatever we hold or await under the protocol's name for the file. */
    List<StoredItem> ofFile(byte[] fileId) {
        return sql.query(
                ROW + " where i.file_id = ? and i.state in ('EXPECTED', 'HELD') order by i.id", SqlItems::item, fileId);
    }

    /** Where a chunk lies that may be given away, and its hash. */
    record Place(String address, boolean last, Hash hash) {}

    /** Empty if the item is not held, has reached its end, is closed, or has no such chunk. */
    Optional<Place> place(ItemId id, int index, Instant now) {
        if (index < 0) return Optional.empty();
        return sql
                .query(
                        """
                        select address, chunks, substring(chunk_hashes from ? for 32) as hash from evidence.item
                        where id = ? and state = 'HELD' and restricted_at is null and keep_until > ? and chunks > ?
                        """,
                        (row, i) -> new Place(
                                row.getString("address"),
                                row.getInt("chunks") == index + 1,
                                Hash.ofDigest(row.getBytes("hash"))),
                        index * Hash.SIZE_BYTES + 1,
                        id.value(),
                        utc(now),
                        index)
                .stream()
                .findFirst();
    }

    /** What is awaited, the oldest first. */
    List<StoredItem> expected() {
        return sql.query(ROW + " where i.state = 'EXPECTED' order by i.id", SqlItems::item);
    }

    /** What the unit must look at, the most urgent first. */
    List<StoredItem> restricted() {
        return sql.query(
                ROW + " where i.restricted_at is not null and i.state <> 'DESTROYED' order by i.review_by, i.id",
                SqlItems::item);
    }

    List<ItemId> toEnd(Instant now) {
        return sql.query(
                "select id from evidence.item where keep_until <= ? and state <> 'DESTROYED' and restricted_at is null "
                        + "order by keep_until limit 500",
                (row, i) -> new ItemId(row.getObject("id", UUID.class)),
                utc(now));
    }

    /** @return false if it is not awaited any more */
    boolean stored(ItemId id, int chunks) {
        return sql.update("update evidence.item set stored = ? where id = ? and state = 'EXPECTED'", chunks, id.value())
                == 1;
    }

    /** @return false if it was not awaited any more */
    boolean settle(ItemId id, Item.State state, Instant now) {
        return sql.update(
                        "update evidence.item set state = ?, received_at = ? where id = ? and state = 'EXPECTED'",
                        state.name(),
                        utc(now),
                        id.value())
                == 1;
    }

    void attach(ItemId id, String belongsTo, Instant keepUntil) {
        sql.update(
                "update evidence.item set belongs_to = ?, keep_until = ? where id = ?",
                belongsTo,
                utc(keepUntil),
                id.value());
    }

    void restrict(ItemId id, @Nullable Instant since, @Nullable Instant reviewBy) {
        sql.update(
                "update evidence.item set restricted_at = ?, review_by = ? where id = ?",
                since == null ? null : utc(since),
                reviewBy == null ? null : utc(reviewBy),
                id.value());
    }

    void destroy(StoredItem item, Instant now) {
        sql.update("delete from evidence.secret where item = ?", item.id().value());
        sql.update(
                "update evidence.item set state = 'DESTROYED', destroyed_at = ?, chunk_hashes = null where id = ?",
                utc(now),
                item.id().value());
        begin(item.address(), now);
    }

    // --- Custody ---------------------------------------------------------------------------------------------------

    /** Who has the item locked alone adds to its log, so numbers have no gap. */
    void enter(
            ItemId id,
            Instant at,
            CustodyAct act,
            Actor actor,
            Optional<String> counterpart,
            Optional<String> reason,
            Optional<String> reference,
            EntryId entry) {
        sql.update(
                """
                insert into evidence.custody (item, number, at, act, actor_kind, actor_id, unit, purpose, counterpart, reason,
                    reference, entry)
                select ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from evidence.custody where item = ?
                """,
                id.value(),
                utc(at),
                act.name(),
                actor.kind().name(),
                actor.id(),
                actor.unit().orElse(null),
                actor.purpose().map(Enum::name).orElse(null),
                counterpart.orElse(null),
                reason.orElse(null),
                reference.orElse(null),
                entry.value(),
                id.value());
    }

    List<CustodyEntry> custody(ItemId id) {
        return sql.query(
                "select * from evidence.custody where item = ? order by number",
                (row, i) -> new CustodyEntry(
                        row.getInt("number"),
                        ifAny(row, "at").orElseThrow(),
                        CustodyAct.valueOf(row.getString("act")),
                        Actor.Kind.valueOf(row.getString("actor_kind")),
                        row.getString("actor_id"),
                        text(row, "unit"),
                        text(row, "purpose"),
                        text(row, "counterpart"),
                        text(row, "reason"),
                        text(row, "reference"),
                        new EntryId(row.getObject("entry", UUID.class))),
                id.value());
    }

    // ---------------------------------------------------------------------------------------------------------------

    private static boolean meetsAll(Actor actor) {
        return actor.kind() == Actor.Kind.SYSTEM;
    }

    private static String unit(Actor actor) {
        return actor.unit().map(unit -> unit.strip().toLowerCase(Locale.ROOT)).orElse("");
    }

    private static StoredItem item(ResultSet row, int i) throws SQLException {
        return new StoredItem(
                new ItemId(row.getObject("id", UUID.class)),
                row.getString("address"),
                Item.State.valueOf(row.getString("state")),
                row.getLong("size_bytes"),
                row.getInt("chunks"),
                row.getInt("stored"),
                hashes(row.getBytes("chunk_hashes")),
                Optional.ofNullable(row.getBytes("sealed")),
                row.getString("originator"),
                text(row, "sender"),
                row.getString("purpose"),
                text(row, "unit"),
                text(row, "belongs_to"),
                ifAny(row, "received_at").orElseThrow(),
                ifAny(row, "keep_until").orElseThrow(),
                ifAny(row, "review_by"),
                ifAny(row, "destroyed_at"));
    }

    static List<Hash> hashes(byte @Nullable [] joined) {
        if (joined == null) return new ArrayList<>();
        List<Hash> hashes = new ArrayList<>(joined.length / Hash.SIZE_BYTES);
        for (int at = 0; at < joined.length; at += Hash.SIZE_BYTES)
            hashes.add(Hash.ofDigest(Arrays.copyOfRange(joined, at, at + Hash.SIZE_BYTES)));
        return hashes;
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
