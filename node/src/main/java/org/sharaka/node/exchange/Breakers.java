package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sharaka.protocol.MemberId;

/**
 * Lets a member that cannot be reached be: after each failure twice as long, give or take a half, so that a network does not
 * come back to life in step. A member that calls us is tried again soon.
 */
final class Breakers {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Map<MemberId, Breaker> open = new HashMap<>();
    private final Map<MemberId, Instant> heard = new HashMap<>();
    private final Duration longest;
    private final RandomGenerator random;
    private final Clock clock;

    private record Breaker(int failures, Instant failedAt, Instant until) {}

    Breakers(Duration longest, RandomGenerator random, Clock clock) {
        this.longest = longest;
        this.random = random;
        this.clock = clock;
    }

    /** Whether the member may be tried now. */
    synchronized boolean allows(MemberId member) {
        Breaker breaker = open.get(member);
        return breaker == null || Pauses.over(breaker.until(), longest.multipliedBy(2), clock.instant());
    }

    /** How often in a row it failed; the first try after a failure is a small one. */
    synchronized int failures(MemberId member) {
        Breaker breaker = open.get(member);
        return breaker == null ? 0 : breaker.failures();
    }

    synchronized void failed(MemberId member) {
        Breaker before = open.get(member);
        int failures = before == null ? 1 : before.failures() + 1;
        long doubled = FIRST.toMillis() << Math.min(failures - 1, 16);
        long pause = Math.min(longest.toMillis(), doubled);
        Instant now = clock.instant();
        Instant until = now.plusMillis(pause / 2 + random.nextLong(pause));
        open.put(member, new Breaker(failures, now, until));
    }

    synchronized void succeeded(MemberId member) {
        open.remove(member);
        heard.put(member, clock.instant());
    }

    /** The member spoke to us, so it is there; whether it can be reached is another question, asked every five seconds. */
    synchronized void heardFrom(MemberId member) {
        heard.put(member, clock.instant());
        Breaker before = open.get(member);
        if (before == null) return;
        Instant soon = before.failedAt().plus(SOON);
        if (before.until().isAfter(soon)) open.put(member, new Breaker(before.failures(), before.failedAt(), soon));
    }

    /** When the member last called us or did what it was asked, since this node started. */
    synchronized Optional<Instant> heard(MemberId member) {
        return Optional.ofNullable(heard.get(member));
    }

    /** Members that cannot be reached. */
    synchronized int open() {
        return open.size();
    }
}
