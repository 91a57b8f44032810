package org.sharaka.node.network;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sharaka.node.assembly.Rosters;

/** What monitoring is told of what ends: the members' list, and our own keys in it. Nothing while the node is no member. */
final class RenewalMeasures {
    private final Rosters rosters;
    private final Clock clock;

    RenewalMeasures(Rosters rosters, MeterRegistry metrics, Clock clock) {
        this.rosters = rosters;
        this.clock = clock;
        gauge(metrics, "sharaka.roster.left", () -> rosters.current().expires());
        gauge(
                metrics,
                "sharaka.certificates.left",
                () -> NetworkService.certificatesEnd(
                        rosters.current().member(rosters.us()).orElseThrow()));
    }

    private void gauge(MeterRegistry metrics, String name, Supplier<Instant> end) {
        TimeGauge.builder(name, () -> left(end), TimeUnit.SECONDS).register(metrics);
    }

    private double left(Supplier<Instant> end) {
        return rosters.joined() ? Duration.between(clock.instant(), end.get()).toSeconds() : Double.NaN;
    }
}
