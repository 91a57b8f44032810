package org.sharaka.node.crosscheck;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.protocol.content.CrossCheckAnswer;

/**
 * An answer as it would leave, before a second officer has read it.
 *
 * @param upTo as in {@link Received.OurAnswer}
 * @param remark why it came back
 */
record Draft(
        UUID id,
        State state,
        String author,
        Instant at,
        long upTo,
        Terms terms,
        CrossCheckAnswer answer,
        Optional<String> remark) {
    /** The names are stored: never rename one. */
    enum State {
        /** Waits for the second look. */
        LOOK,
        RETURNED
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#OWN_WORDS}, {@link CrossCheckProblem#LOOKED_BEFORE} */
    void requireLookOf(Actor actor, UUID shown) {
        if (!id.equals(shown) || state != State.LOOK) throw CrossCheckProblem.LOOKED_BEFORE.because("draft " + shown);
        if (author.equals(actor.id())) throw CrossCheckProblem.OWN_WORDS.because("draft " + id);
    }
}
