package org.sharaka.node.exchange;

import java.util.Collection;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells other modules what became of messages of ours, inside the transaction in which it did. */
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final ApplicationEventPublisher events;
    private final TransactionTemplate nested;

    Announcer(ApplicationEventPublisher events, TransactionTemplate transactions) {
        this.events = events;
        this.nested = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** A module could not hear what it was told; what it and others did in this transaction is undone. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private FailedException(RuntimeException cause) {
            super(cause);
        }
    }

    /** @throws FailedException if a module fails: the caller does it all once more and tells {@link #oneByOne} */
    void together(Collection<?> facts) {
        try {
            facts.forEach(events::publishEvent);
        } catch (RuntimeException e) {
            throw new FailedException(e);
        }
    }

    /** A module that fails loses what it did about that message, and nothing else is held up by it. Costs two statements each. */
    void oneByOne(Collection<?> facts) {
        for (Object fact : facts) {
            try {
                nested.executeWithoutResult(status -> events.publishEvent(fact));
            } catch (RuntimeException e) {
                LOG.atError()
                        .addKeyValue("fact", fact.getClass().getSimpleName())
                        .setCause(e)
                        .log("a module could not hear what became of a message");
            }
        }
    }
}
