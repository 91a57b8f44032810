package org.sharaka.node.crosscheck;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Sent;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends what is over or was taken back, in the exchange too (SAFEGUARDS S20). Safe for many threads. */
final class Ending {
    private static final Duration DAY = Duration.ofDays(1);

    private final SqlCrossChecks checks;
    private final ExchangeService exchange;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Ending(SqlCrossChecks checks, ExchangeService exchange, TransactionTemplate transactions, Clock clock) {
        this.checks = checks;
        this.exchange = exchange;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Ends what has reached its end, in the exchange too (SAFEGUARDS S20).
     *
     * @return how much was ended; 0 when nothing is left that can be
     */
    int purge(int limit) {
        Integer ended = transactions.execute(status -> {
            Instant now = now();
            int gone = 0;
            for (Asked asked : checks.askedEnded(now, limit)) {
                checks.remove(asked, now);
                gone++;
            }
            for (Received received : checks.receivedEnded(now, limit)) {
                checks.remove(received, now);
                gone++;
            }
            checks.forgetPaceBefore(now.minus(DAY));
            return gone + clear(limit);
        });
        return ended == null ? 0 : ended;
    }

    private int clear(int limit) {
        List<SqlCrossChecks.Leftover> gone = new ArrayList<>();
        for (SqlCrossChecks.Leftover each : checks.leftovers(limit)) {
            if (each.ours()) {
                // What still waits ends with the exchange's own clock.
                if (exchange.sent(each.message())
                        .filter(sent -> sent.state() == Sent.State.WAITING)
                        .isPresent()) {
                    checks.later(each, now());
                    continue;
                }
            }
            destroy(each);
            gone.add(each);
        }
        checks.cleared(gone);
        return gone.size();
    }

    private void destroy(SqlCrossChecks.Leftover each) {
        if (each.ours()) {
            if (exchange.sentMessage(each.message()).isPresent()) exchange.purgeSent(Outbox.NODE, each.message());
        } else if (exchange.received(each.peer(), each.message()).isPresent())
            exchange.purgeReceived(Outbox.NODE, each.peer(), each.message());
    }

    /** Destroys a request at once with all that was made of it, answers that wait still too: in the caller's transaction. */
    void destroy(Received received) {
        checks.remove(received, now());
        List<SqlCrossChecks.Leftover> gone = checks.leftovers(received.key());
        for (SqlCrossChecks.Leftover each : gone) {
            boolean unused = each.ours() && exchange.giveUp(Outbox.NODE, each.message());
            destroy(each);
        }
        checks.cleared(gone);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
