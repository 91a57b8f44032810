package org.sharaka.node.exchange;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sharaka.protocol.message.Lane;

/** What monitoring is told of the queues; counted every few seconds, never when it asks. Names nobody. */
final class Measures {
    private final SqlOutbox outbox;
    private final SqlInbox inbox;
    private final SqlReceipts receipts;
    private final Clock clock;
    private final Map<String, Double> values = new ConcurrentHashMap<>();

    Measures(
            SqlOutbox outbox,
            SqlInbox inbox,
            SqlReceipts receipts,
            Breakers breakers,
            MeterRegistry metrics,
            Clock clock) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.receipts = receipts;
        this.clock = clock;
        for (Lane lane : Lane.values()) {
            gauge(metrics, "sharaka.exchange.waiting", lane);
            gauge(metrics, "sharaka.exchange.waiting.age", lane);
        }
        for (String name : List.of("held", "held.age", "receipts.waiting"))
            Gauge.builder("sharaka.exchange." + name, () -> values.getOrDefault("sharaka.exchange." + name, 0.0))
                    .register(metrics);
        Gauge.builder("sharaka.exchange.unreachable", breakers, Breakers::open).register(metrics);
    }

    private void gauge(MeterRegistry metrics, String name, Lane lane) {
        Gauge.builder(name, () -> values.getOrDefault(name + lane, 0.0))
                .tag("lane", lane.name())
                .register(metrics);
    }

    void take() {
        for (SqlOutbox.Backlog backlog : outbox.backlog()) {
            values.put("sharaka.exchange.waiting" + backlog.lane(), (double) backlog.messages());
            values.put("sharaka.exchange.waiting.age" + backlog.lane(), age(backlog));
        }
        SqlOutbox.Backlog held = inbox.backlog();
        values.put("sharaka.exchange.held", (double) held.messages());
        values.put("sharaka.exchange.held.age", age(held));
        values.put("sharaka.exchange.receipts.waiting", (double) receipts.waiting());
    }

    /** Seconds. */
    private double age(SqlOutbox.Backlog backlog) {
        Optional<Duration> age = backlog.oldest().map(since -> Duration.between(since, clock.instant()));
        return age.map(known -> Math.max(0, known.toMillis() / 1_000.0)).orElse(0.0);
    }
}
