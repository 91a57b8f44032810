package org.sharaka.node.exchange;

import java.util.List;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;

/**
 * Receipts for messages of ours were verified and stored; published in the transaction that does. One event for all that came
 * together: whoever asks the database about each would cost a message more than its rows.
 *
 * @param answers in the order in which their giver signed them; never empty
 */
public record MessagesAnswered(MemberId by, List<MessageAnswered> answers) {
    public MessagesAnswered {
        answers = List.copyOf(answers);
        if (answers.isEmpty()) throw new IllegalArgumentException("answers is empty");
    }

    /** The messages, each once. */
    public List<MessageId> ids() {
        return answers.stream().map(MessageAnswered::id).distinct().toList();
    }
}
