package org.sharaka.node.originator;

import java.time.Instant;
import java.util.Set;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.OrderAnswer;

/**
 * What a holder said about an order of ours, verified.
 *
 * @param peer who brought the answer: the holder, or whoever shared the data with it
 * @param name the message that brought it
 */
record GivenAnswer(
        MemberId holder,
        OrderAnswer.Outcome outcome,
        Instant doneAt,
        Set<MemberId> passedTo,
        MemberId peer,
        MessageId name,
        Instant cameAt) {}
