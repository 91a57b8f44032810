package org.sharaka.protocol.content;

import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.MessageReference;

/**
 * Asks an originator whether its data may be used as its handling codes do not allow by themselves.
 *
 * @param target the originator's message
 * @param recipient for an onward share: who is to have it
 */
public record PermissionRequest(MessageReference target, Act act, Optional<MemberId> recipient, Words reason)
        implements Written {
    public static final String TYPE = "permission.request";

    public PermissionRequest {
        requireRecipient(act, recipient);
    }

    static void requireRecipient(Act act, Optional<MemberId> recipient) {
        if ((act == Act.ONWARD_SHARE) != recipient.isPresent())
            throw Refusal.FIELD_WRONG.because("permission: an onward share and nothing else names a recipient");
    }

    static PermissionRequest parse(Fields body) {
        return new PermissionRequest(
                MessageReference.parse(body.fields("target")),
                body.constant("act", Act.class),
                body.parsedIfAny("recipient", 32, MemberId::new),
                Words.parse(body.fields("reason")));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Content toContent() {
        return new Content(
                TYPE,
                FORMAT,
                JsonBuilder.object()
                        .with("target", target.toJson())
                        .with("act", act)
                        .withText("recipient", recipient)
                        .with("reason", reason.toJson())
                        .build());
    }

    @Override
    public Optional<Words> words() {
        return Optional.of(reason);
    }

    @Override
    public Written quoting(Set<Quoted> more) {
        return new PermissionRequest(target, act, recipient, reason.quoting(more));
    }
}
