package org.sharaka.node.crosscheck;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.CrossCheckAnswer;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.SignedMessage;

/** Puts an answer to what we asked, in place of an earlier one. An answer to what was never asked of its sender is refused. */
final class AnswerListener implements MessageListener {
    private final SqlCrossChecks checks;
    private final ExchangeService exchange;
    private final Clock clock;

    AnswerListener(SqlCrossChecks checks, ExchangeService exchange, Clock clock) {
        this.checks = checks;
        this.exchange = exchange;
        this.clock = clock;
    }

    @Override
    public String contentType() {
        return CrossCheckAnswer.TYPE;
    }

    @Override
    public int contentFormat() {
        return CrossCheckAnswer.FORMAT;
    }

    @Override
    public void take(SignedMessage signed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Header header = signed.message().header();
        CrossCheckAnswer answer = CrossCheckAnswer.parse(signed.message().content());
        CheckKey key = new CheckKey(header.sender(), header.position().conversation());
        if (exchange.answersLost(signed, answer.request().id())) return;
        // The same words whatever is wrong: nobody learns what else was asked, and of whom.
        Asked asked =
                checks.asked(key).filter(each -> each.endsAt().isAfter(now)).orElseThrow(AnswerListener::unasked);
        SignedMessage request = exchange.sentMessage(asked.message())
                .filter(sent -> sent.reference().equals(answer.request()))
                .orElseThrow(AnswerListener::unasked);
        if (!Set.copyOf(CrossCheck.parse(request.message().content()).traces()).containsAll(answer.traces()))
            throw Refusal.FIELD_WRONG.because("crosscheck.answer.traces: not all were asked about");
        asked.answer().ifPresent(before -> checks.leave(key, before.message(), false, now));
        checks.answered(key, header.id(), now);
    }

    private static RuntimeException unasked() {
        return Refusal.FIELD_WRONG.because("crosscheck.answer.request: not asked, or over");
    }
}
