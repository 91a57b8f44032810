package org.sharaka.node.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sharaka.node.access.AccessLog;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Enters acts in their own transaction, reads and refusals by group commit; the {@link Sequencer} does the rest. */
final class MerkleAuditTrail implements AuditTrail, AccessLog {
    private final SqlEntries entries;
    private final TransactionTemplate transactions;
    private final GroupCommit groupCommit;
    private final Runnable entered;
    private final Ids ids;
    private final Clock clock;

    /**
     * @param entries in the caller's transactions
     * @param groupCommit over connections of its own: a caller who holds one must never wait here for another
     * @param entered told after entries were committed, to wake the sequencer
     */
    MerkleAuditTrail(
            SqlEntries entries,
            TransactionTemplate transactions,
            GroupCommit groupCommit,
            Runnable entered,
            Ids ids,
            Clock clock) {
        this.entries = entries;
        this.transactions = transactions;
        this.groupCommit = groupCommit;
        this.entered = entered;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("NullAway") // TransactionTemplate.execute gives back what the act gave
    public <T> T act(Actor actor, String action, String subject, Function<EntryId, T> act) {
        Instant began = clock.instant();
        EntryId id = new EntryId(ids.timeOrdered());
        T result;
        try {
            result = transactions.execute(status -> {
                T done = act.apply(id);
                entries.add(List.of(entry(id, began, actor, action, subject, Outcome.DONE, Optional.empty())));
                return done;
            });
        } catch (RuntimeException | Error e) {
            enterAlone(began, actor, action, List.of(subject), e);
            throw e;
        }
        entered.run();
        return result;
    }

    @Override
    public <T> T readAll(Actor actor, String action, List<String> subjects, Supplier<T> read) {
        Instant began = clock.instant();
        T result;
        try {
            result = read.get();
        } catch (RuntimeException | Error e) {
            enterAlone(began, actor, action, subjects, e);
            throw e;
        }
        enterAlone(began, actor, action, subjects, Outcome.DONE, Optional.empty());
        return result;
    }

    @Override
    public List<EntryId> enterAll(Actor actor, List<Deed> deeds) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("acts are entered in the transaction that does them");
        Instant began = clock.instant();
        List<Entry> made = deeds.stream()
                .map(deed -> entry(
                        new EntryId(ids.timeOrdered()),
                        began,
                        actor,
                        deed.action(),
                        deed.subject(),
                        deed.refusal().isPresent() ? Outcome.REFUSED : Outcome.DONE,
                        deed.refusal().map(ProblemType::code)))
                .toList();
        entries.add(made);
        entered.run();
        return made.stream().map(Entry::id).toList();
    }

    @Override
    public UUID done(Actor actor, String action, String subject) {
        EntryId id = new EntryId(ids.timeOrdered());
        entries.add(List.of(entry(id, clock.instant(), actor, action, subject, Outcome.DONE, Optional.empty())));
        entered.run();
        return id.value();
    }

    @Override
    public void refused(Actor actor, String action, String subject, ProblemCode reason) {
        enterAlone(clock.instant(), actor, action, List.of(subject), Outcome.REFUSED, Optional.of(reason.value()));
    }

    /** If this fails too, the caller must learn of both: the record is what we answer to a judge with. */
    private void enterAlone(Instant began, Actor actor, String action, List<String> subjects, Throwable why) {
        try {
            if (why instanceof ProblemException problem) {
                enterAlone(
                        began,
                        actor,
                        action,
                        subjects,
                        Outcome.REFUSED,
                        Optional.of(problem.type().code()));
            } else {
                enterAlone(began, actor, action, subjects, Outcome.FAILED, Optional.empty());
            }
        } catch (RuntimeException e) {
            e.addSuppressed(why);
            throw e;
        }
    }

    private void enterAlone(
            Instant began,
            Actor actor,
            String action,
            List<String> subjects,
            Outcome outcome,
            Optional<String> problem) {
        groupCommit.enter(subjects.stream()
                .map(subject -> entry(new EntryId(ids.timeOrdered()), began, actor, action, subject, outcome, problem))
                .toList());
        entered.run();
    }

    private static Entry entry(
            EntryId id,
            Instant began,
            Actor actor,
            String action,
            String subject,
            Outcome outcome,
            Optional<String> problem) {
        return new Entry(
                id,
                began,
                actor.kind(),
                actor.id(),
                actor.unit(),
                actor.purpose(),
                action,
                subject,
                outcome,
                problem,
                Optional.ofNullable(MDC.get("request")));
    }
}
