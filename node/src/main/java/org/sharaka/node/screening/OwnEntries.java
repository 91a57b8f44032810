package org.sharaka.node.screening;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.sharaka.matching.Entry;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.Schema;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Entries that a module of this node keeps itself, beside the lists that come in files: searched within a tenth of a second after the act
 * that put them commits, by every node on the database, and gone as fast (S4). Standing watches hear of them as of an import. Each list has
 * one standing in law, so what is to be told apart needs a list each. Never called by what knows reports: the build sees to it (S11).
 */
public final class OwnEntries {
    /** What is left of an entry that is gone. */
    private static final Particulars NOTHING =
            new Particulars(Schema.LEGAL_ENTITY, List.of(), List.of(), Set.of(), Set.of());

    private final SqlLists sql;
    private final AuditTrail audit;
    private final Clock clock;

    OwnEntries(SqlLists sql, AuditTrail audit, Clock clock) {
        this.sql = sql;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Puts an entry in force, or what it says now in the place of what it said, within the caller's transaction.
     *
     * @param list small letters, digits and underscores; made if there is none of that name
     * @param entry its id begins with the list's name and a hyphen
     * @throws IllegalArgumentException for a list that comes in files, or an id of another list
     * @throws IllegalStateException without a transaction
     */
    public void put(Actor actor, String list, Standing standing, Entry entry) {
        requireOwn(list, entry.id());
        EntryId act = entered(actor, "screening.own-put", list);
        sql.putOwn(list, standing, entry, now(), act.value());
    }

    /**
     * Takes an entry out, within the caller's transaction; its content is deleted there and then.
     *
     * @return false if it was not in force
     * @throws IllegalArgumentException as {@link #put}
     */
    public boolean remove(Actor actor, String list, String id) {
        requireOwn(list, id);
        EntryId act = entered(actor, "screening.own-remove", list);
        byte[] hash = new Entry(id, NOTHING).digest();
        return sql.removeOwn(list, id, hash, now(), act.value());
    }

    private void requireOwn(String list, String id) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("an entry stands or falls with the act that makes it");
        if (!ScreeningList.mayBeCalled(list) || !sql.own(list).orElse(true))
            throw new IllegalArgumentException("no list of this node's own: " + list);
        if (!id.startsWith(list + "-") || id.length() == list.length() + 1)
            throw new IllegalArgumentException("an id of another list");
    }

    private EntryId entered(Actor actor, String action, String list) {
        return audit.enterAll(actor, List.of(AuditTrail.Deed.done(action, ListImportService.subject(list))))
                .get(0);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
