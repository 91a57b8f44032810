package org.sharaka.node.audit;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.ProblemType;

/**
 * The record of every access and decision. Append-only and tamper-evident: entries are leaves of one Merkle tree
 * (RFC 9162), so none can be altered, removed or reordered unseen.
 */
public interface AuditTrail {
    /**
     * Runs an act in one transaction with its entry: both commit or neither. If the act throws, it is rolled back and the
     * refusal or failure is entered in a transaction of its own before the exception reaches the caller.
     *
     * @param action what is done, for instance {@code campaign.split}
     * @param subject what it is done to: a kind and an id, for instance {@code campaign/0198…}; never personal data
     */
    default <T> T act(Actor actor, String action, String subject, Supplier<T> act) {
        return act(actor, action, subject, entry -> act.get());
    }

    /**
     * As {@link #act(Actor, String, String, Supplier)}, for an act whose rows carry the id of its entry: the module then
     * offers an {@link org.sharaka.node.access.ActWitness} and {@code verify-audit} finds acts without an entry.
     */
    <T> T act(Actor actor, String action, String subject, Function<EntryId, T> act);

    /**
     * Reads, and commits the entry of the read before this returns: nothing is shown that is not on record. If the entry
     * cannot be committed, the data is not returned. A refusal is entered too.
     *
     * @param subject as in {@link #act}; of a search text only the kind and a keyed hash are kept
     */
    default <T> T read(Actor actor, String action, String subject, Supplier<T> read) {
        return readAll(actor, action, List.of(subject), read);
    }

    /** As {@link #read}, of several things at once: each has an entry of its own, and all are committed together. */
    <T> T readAll(Actor actor, String action, List<String> subjects, Supplier<T> read);

    /**
     * Enters many acts inside the caller's transaction, in one statement: for what comes in hundreds. Nothing is entered
     * if that transaction is rolled back; what a single person does goes by {@link #act}.
     *
     * @return an entry for each act, in their order, for the acts' own rows
     * @throws IllegalStateException without a transaction
     */
    List<EntryId> enterAll(Actor actor, List<Deed> deeds);

    /**
     * One act of many.
     *
     * @param refusal why it was refused; empty if it was done
     */
    record Deed(String action, String subject, Optional<ProblemType> refusal) {
        public static Deed done(String action, String subject) {
            return new Deed(action, subject, Optional.empty());
        }

        public static Deed refused(String action, String subject, ProblemType why) {
            return new Deed(action, subject, Optional.of(why));
        }
    }
}
