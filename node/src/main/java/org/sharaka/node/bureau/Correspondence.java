package org.sharaka.node.bureau;

import java.time.Instant;
import java.util.List;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.VisibleText;
import org.sharaka.protocol.MemberId;

/** Conversations with other members, for a page of what they are about. */
public final class Correspondence {
    private final Reading reading;

    Correspondence(Reading reading) {
        this.reading = reading;
    }

    /**
     * A conversation in a list.
     *
     * @param page where it is read
     * @param subject as screens show it; empty if it has none
     * @param unread whether something of the peer's was not opened
     */
    public record Line(MemberId peer, String page, String subject, Instant latestAt, boolean unread) {}

    /**
     * Conversations whose own reference is this one and that an officer may see, the latest first, at most {@value Reading#SHOWN}. Entered.
     *
     * @throws org.sharaka.node.platform.ProblemException without {@link Permission#EXCHANGE_READ} or purpose
     */
    public List<Line> about(Actor actor, String reference) {
        return reading.named(actor, reference, true).stream()
                .limit(Reading.SHOWN)
                .map(line -> line.conversation())
                .map(one -> new Line(
                        one.key().peer(),
                        "/bureau/conversations/" + one.key(),
                        VisibleText.of(one.subject()),
                        one.latestAt(),
                        one.unread()))
                .toList();
    }
}
