package org.sharaka.node.assembly;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * What members and strangers did and should not have. Reporting costs no connection and never waits, so it may be done in
 * the middle of anything and a thousand times a second; what was reported is written every second, counted by day.
 */
public final class SecurityEvents implements DisposableBean {
    /** More kinds of trouble than this between two writes are told without their details. */
    private static final int MAX_KINDS = 1_000;

    private static final int MAX_SUBJECT = 200;
    private static final Logger LOG = LoggerFactory.getLogger(SecurityEvents.class);

    private final SqlSecurityEvents store;
    private final MeterRegistry metrics;
    private final Clock clock;
    private Map<Key, SecurityEvent> gathered = new HashMap<>();

    private record Key(LocalDate day, SecurityEvent.Kind kind, Optional<MemberId> peer, String code) {}

    SecurityEvents(SqlSecurityEvents store, MeterRegistry metrics, Clock clock) {
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * @param code why it was refused; empty where the kind says all
     * @param subject ids; never personal data, never what somebody else chose freely
     */
    public void report(SecurityEvent.Kind kind, Optional<MemberId> peer, String code, String subject) {
        metrics.counter("sharaka.security.events", "kind", kind.name()).increment();
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String told = subject.length() > MAX_SUBJECT ? subject.substring(0, MAX_SUBJECT) : subject;
        synchronized (this) {
            Key key = new Key(day, kind, peer, code);
            if (gathered.size() >= MAX_KINDS && !gathered.containsKey(key)) key = new Key(day, kind, peer, "");
            gathered.merge(
                    key,
                    new SecurityEvent(day, kind, peer, key.code(), told, 1, now, now),
                    (before, one) -> new SecurityEvent(
                            day, kind, peer, before.code(), told, before.count() + 1, before.firstAt(), now));
        }
    }

    /** Writes what was gathered. After a failure it is kept for the next time. */
    public void write() {
        Map<Key, SecurityEvent> taken;
        synchronized (this) {
            if (gathered.isEmpty()) return;
            taken = gathered;
            gathered = new HashMap<>();
        }
        try {
            // In one order, so that two nodes on a database do not wait for each other.
            store.add(taken.values().stream()
                    .sorted(Comparator.comparing(
                            (SecurityEvent event) -> event.kind().name() + event.peer() + event.code()))
                    .toList());
        } catch (RuntimeException e) {
            synchronized (this) {
                taken.forEach((key, event) -> gathered.merge(
                        key,
                        event,
                        (later, before) -> new SecurityEvent(
                                later.day(),
                                later.kind(),
                                later.peer(),
                                later.code(),
                                later.subject(),
                                later.count() + before.count(),
                                before.firstAt(),
                                later.lastAt())));
            }
            throw e;
        }
        for (SecurityEvent event : taken.values())
            LOG.atWarn()
                    .addKeyValue("kind", event.kind())
                    .addKeyValue("peer", event.peer().map(MemberId::value).orElse(""))
                    .addKeyValue("code", event.code())
                    .addKeyValue("count", event.count())
                    .log("security event");
    }

    /** The latest first, those of the last seconds included. */
    public List<SecurityEvent> latest(int limit) {
        write();
        return store.latest(limit);
    }

    @Override
    public void destroy() {
        try {
            write();
        } catch (RuntimeException e) {
            LOG.warn("the last security events were not written", e);
        }
    }
}
