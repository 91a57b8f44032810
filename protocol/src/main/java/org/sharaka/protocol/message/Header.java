package org.sharaka.protocol.message;

import java.time.Duration;
import java.time.Instant;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/**
 * The signed header: who says this to whom, when and in which place.
 *
 * @param expires after this the recipient refuses it and the sender marks it skipped; up to 90 days after sending
 */
public record Header(
        MessageId id,
        MemberId sender,
        MemberId recipient,
        Instant sent,
        Instant expires,
        Position position,
        RosterReference roster) {
    public static final Duration LONGEST_LIFE = Duration.ofDays(90);

    public Header {
        sent = Time.truncate(sent);
        expires = Time.truncate(expires);
        if (sender.equals(recipient)) throw Refusal.FIELD_WRONG.because("header: sender and recipient are one");
        if (!expires.isAfter(sent) || expires.isAfter(sent.plus(LONGEST_LIFE)))
            throw Refusal.FIELD_WRONG.because("header.expires: up to 90 days after sending");
    }

    static Header parse(Fields fields) {
        Header header = new Header(
                fields.parsed("id", RandomText.LENGTH, MessageId::new),
                fields.parsed("sender", 32, MemberId::new),
                fields.parsed("recipient", 32, MemberId::new),
                fields.parsed("sent", 24, Time::parse),
                fields.parsed("expires", 24, Time::parse),
                Position.parse(fields),
                RosterReference.parse(fields.fields("roster")));
        fields.end();
        return header;
    }

    JsonObject toJson() {
        JsonBuilder json = JsonBuilder.object()
                .withText("id", id)
                .withText("sender", sender)
                .withText("recipient", recipient)
                .with("sent", sent)
                .with("expires", expires)
                .with("roster", roster.toJson());
        return position.addTo(json).build();
    }
}
