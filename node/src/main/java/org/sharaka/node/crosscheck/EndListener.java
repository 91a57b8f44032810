package org.sharaka.node.crosscheck;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.protocol.content.CrossCheckEnd;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.SignedMessage;

/** Ends what its sender asked: with it goes all that was made of it here. What is over already stays over. */
final class EndListener implements MessageListener {
    private final SqlCrossChecks checks;
    private final Clock clock;

    EndListener(SqlCrossChecks checks, Clock clock) {
        this.checks = checks;
        this.clock = clock;
    }

    @Override
    public String contentType() {
        return CrossCheckEnd.TYPE;
    }

    @Override
    public int contentFormat() {
        return CrossCheckEnd.FORMAT;
    }

    @Override
    public void take(SignedMessage signed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Header header = signed.message().header();
        CrossCheckEnd end = CrossCheckEnd.parse(signed.message().content());
        CheckKey key = new CheckKey(header.sender(), header.position().conversation());
        checks.lock(key)
                .filter(received -> received.message().equals(end.request().id()))
                .ifPresent(received -> checks.remove(received, now));
        checks.leave(key, header.id(), false, now);
    }
}
