package org.sharaka.node.originator;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;

/**
 * An originator's order and what this node did about it.
 *
 * @param peer who brought it: the originator, or whoever shared the data with us
 * @param name the message that brought it
 * @param first the originator's own order
 * @param legalBasis the law under which it came
 * @param gone the audit entry of the act that had destroyed the content before
 * @param passedTo whom the answer named as those it was passed to
 * @param entry of the audit, once the answer is fixed
 */
record Taken(
        MemberId peer,
        MessageId name,
        ConversationId conversation,
        String legalBasis,
        MessageReference first,
        Order.Kind kind,
        Target target,
        Instant takenAt,
        OrderAnswer.Outcome outcome,
        Instant doneAt,
        Optional<String> sentence,
        Optional<UUID> gone,
        Set<MemberId> passedTo,
        Optional<Hash> statement,
        Optional<UUID> entry) {
    /** The same, looked at again: it is to be answered anew. */
    Taken ended(OrderAnswer.Outcome now, Instant at, Optional<String> words, Optional<UUID> goneBy) {
        return new Taken(
                peer,
                name,
                conversation,
                legalBasis,
                first,
                kind,
                target,
                takenAt,
                now,
                at,
                words,
                goneBy,
                passedTo,
                Optional.empty(),
                Optional.empty());
    }

    /** What is said about it, still without its proof. */
    OrderAnswer answer(MemberId us) {
        return new OrderAnswer(
                first, target.message(), us, outcome, doneAt, passedTo, sentence, Optional.empty(), Optional.empty());
    }
}
