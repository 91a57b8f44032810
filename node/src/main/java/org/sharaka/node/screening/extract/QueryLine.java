package org.sharaka.node.screening.extract;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;

/**
 * What one line of a post's log says once the node has opened it. No text of a question (S10).
 *
 * @param actor the officer's id at the node
 * @param subject a kind and a keyed hash or an id
 * @param result what came of it in one word, for instance {@code no-match}, or why it was refused
 */
public record QueryLine(
        Instant at,
        Actor.Kind kind,
        String actor,
        Optional<String> unit,
        Optional<Purpose> purpose,
        String action,
        String subject,
        String result) {
    /** The line by which a post hands its log over; what follows it comes with the next. */
    public static final String HAND_OVER = "post.hand-over";

    /** Of a log to which nothing can come any more. */
    public static final String LAST = "last";
}
