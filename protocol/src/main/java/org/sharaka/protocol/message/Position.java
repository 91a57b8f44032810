package org.sharaka.protocol.message;

import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonNumber;

/**
 * A message's place in the order that its recipient keeps: within sender, recipient, conversation and lane, by epoch and
 * sequence.
 *
 * @param epoch the sender's, from 1; the sender opens a new one after a restore from backup
 * @param sequence from 1 in each epoch, without gaps; a message's at most {@link #LAST}, so that another follows each
 */
public record Position(ConversationId conversation, Lane lane, long epoch, long sequence)
        implements Comparable<Position> {
    /** The last place that a message may have. */
    public static final long LAST = JsonNumber.MAX - 1;

    public Position {
        if (epoch < 1 || sequence < 1 || epoch > JsonNumber.MAX || sequence > JsonNumber.MAX)
            throw org.sharaka.protocol.Refusal.FIELD_WRONG.because("epochs and sequences begin at 1");
    }

    public Position next() {
        return new Position(conversation, lane, epoch, sequence + 1);
    }

    static Position parse(Fields fields) {
        return new Position(
                fields.parsed("conversation", RandomText.LENGTH, ConversationId::new),
                fields.constant("lane", Lane.class),
                fields.number("epoch", 1, JsonNumber.MAX),
                fields.number("sequence", 1, LAST));
    }

    JsonBuilder addTo(JsonBuilder json) {
        return json.withText("conversation", conversation)
                .with("lane", lane)
                .with("epoch", epoch)
                .with("sequence", sequence);
    }

    /** Meaningful within one conversation and lane of one sender and recipient. */
    @Override
    public int compareTo(Position other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(sequence, other.sequence);
    }
}
