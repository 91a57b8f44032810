package org.sharaka.node.exchange;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.exchange.wire.PeerClient;
import org.sharaka.node.exchange.wire.PeerListener;
import org.sharaka.node.exchange.wire.PeerUnreachableException;
import org.sharaka.node.platform.ListenersFile;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.roster.Member;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The exchange at work: opens the listener once the node is a member, sends couriers when something waits, takes in what came,
 * collects for a node that nobody can call. Whatever fails is tried again at the next turn.
 */
final class Operation implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Operation.class);
    private static final Duration TURN = Duration.ofMillis(500);
    /** Two turns, so that couriers go while one of them asks the database. Two that lead for a moment do no harm. */
    private static final Duration LEAD_KNOWN = TURN.multipliedBy(2);

    private static final Duration BACK = Duration.ofSeconds(5);

    private static final Duration UPKEEP = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration RESUME = Duration.ofMinutes(1);
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final ExchangeSettings settings;
    private final Rosters rosters;
    private final PeerListener listener;
    private final ListenersFile listeners;
    private final Couriers couriers;
    private final Collector collector;
    private final RosterCourier rosterCourier;
    private final PeerClient client;
    private final PeerLines lines;
    private final Breakers breakers;
    private final Homecoming homecoming;
    private final TakingIn takingIn;
    private final Upkeep upkeep;
    private final Measures measures;
    private final Lead lead;
    private final ExecutorService controlPool;
    private final ExecutorService errandPool;
    private final ExecutorService slowPool;
    private final AtomicBoolean homing = new AtomicBoolean();
    private final Set<MemberId> collecting = ConcurrentHashMap.newKeySet();
    private final Signal signal = new Signal();
    private volatile @Nullable ExecutorService ordinaryPool;
    private @Nullable ExecutorService own;
    private volatile boolean running;
    private volatile boolean listenerFailed;
    /** When this node was last seen to have the lead, by {@link System#nanoTime}; empty if it has not. */
    private volatile OptionalLong led = OptionalLong.empty();

    private final Every upkeepTime = new Every(UPKEEP);
    private final Every sweepTime = new Every(SWEEP);
    private final Every resumeTime = new Every(RESUME);
    private final Every pollTime;

    /** Comes once in a while by the machine's running time: the clock may be set. */
    private static final class Every {
        private final long nanos;
        private long last;

        private Every(Duration time) {
            this.nanos = time.toNanos();
            this.last = System.nanoTime() - nanos;
        }

        private boolean come() {
            long now = System.nanoTime();
            if (now - last < nanos) return false;
            last = now;
            return true;
        }
    }

    /**
     * @param controlPool for the control lane alone
     * @param errandPool for what may take long and is in no hurry: rosters, collections
     * @param slowPool for whatever goes to members that answer slowly
     */
    Operation(
            ExchangeSettings settings,
            Rosters rosters,
            PeerListener listener,
            ListenersFile listeners,
            Couriers couriers,
            Collector collector,
            RosterCourier rosterCourier,
            PeerClient client,
            PeerLines lines,
            Breakers breakers,
            Homecoming homecoming,
            TakingIn takingIn,
            Upkeep upkeep,
            Measures measures,
            Lead lead,
            ExecutorService controlPool,
            ExecutorService errandPool,
            ExecutorService slowPool) {
        this.settings = settings;
        this.rosters = rosters;
        this.listener = listener;
        this.listeners = listeners;
        this.couriers = couriers;
        this.collector = collector;
        this.rosterCourier = rosterCourier;
        this.client = client;
        this.lines = lines;
        this.breakers = breakers;
        this.homecoming = homecoming;
        this.takingIn = takingIn;
        this.upkeep = upkeep;
        this.measures = measures;
        this.lead = lead;
        this.controlPool = controlPool;
        this.errandPool = errandPool;
        this.slowPool = slowPool;
        this.pollTime = new Every(settings.poll());
    }

    static ExecutorService pool(int threads, String name) {
        AtomicInteger count = new AtomicInteger();
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            // Not the one of the request that happens to be the first to need it: a server that stops would miss it.
            thread.setContextClassLoader(Operation.class.getClassLoader());
            return thread;
        });
    }

    /**
     * Something new waits to go. Whoever says so sends the courier himself, unless it is long ago that somebody looked who has
     * the lead: the thread that does the rest may be asking the database just now.
     */
    void wake(MemberId recipient, Lane lane) {
        couriers.tell(recipient, lane);
        sendOrSignal();
    }

    /** A member came back from a backup: what was on its way to it was chosen before we knew that. */
    boolean awaitBack(MemberId recipient) {
        return couriers.awaitBack(recipient, BACK);
    }

    /** Also run by each courier that is back: what it could not take along waits for another. */
    private void sendOrSignal() {
        try {
            if (running && sendTold(LEAD_KNOWN)) return;
        } catch (RuntimeException e) { // What was committed is committed: the next turn finds it.
            LOG.warn("a courier was not sent at once", e);
        }
        signal.give();
    }

    /** @return false if nobody looked for so long whether this node has the lead, or it has not */
    private boolean sendTold(Duration known) {
        ExecutorService pool = ordinaryPool;
        OptionalLong seen = led;
        if (pool == null || seen.isEmpty() || System.nanoTime() - seen.getAsLong() >= known.toNanos()) return false;
        couriers.sendTold(Lane.CONTROL, controlPool, this::sendOrSignal);
        couriers.sendTold(Lane.ORDINARY, pool, this::sendOrSignal);
        return true;
    }

    @Override
    public synchronized void start() {
        if (running || !settings.enabled()) return;
        running = true;
        ordinaryPool = pool(settings.couriers(), "exchange-courier");
        ExecutorService started = pool(1 + Lane.values().length, "exchange");
        own = started;
        started.execute(this::dispatch);
        for (Lane lane : Lane.values()) started.execute(() -> takeIn(lane));
    }

    private void dispatch() {
        while (running) {
            try {
                signal.await(TURN);
                if (running && rosters.joined()) turn();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("the exchange did not get through a turn, next try soon", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TURN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        ExecutorService pool = ordinaryPool;
        if (pool == null) return;
        if (sendTold(TURN)) return;
        long looked = System.nanoTime();
        listen();
        if (sweepTime.come()) {
            takingIn.sweep();
            measures.take();
        }
        led = lead.held() ? OptionalLong.of(looked) : OptionalLong.empty();
        if (led.isEmpty()) return;
        comeHome();
        couriers.send(Lane.CONTROL, controlPool, this::sendOrSignal);
        couriers.send(Lane.ORDINARY, pool, this::sendOrSignal);
        if (upkeepTime.come()) {
            int unused = upkeep.expire() + upkeep.purge();
            rosterCourier.greet(reachable(), SILENCE, client);
        }
        if (resumeTime.come()) upkeep.resume();
        if (pollTime.come()) {
            if (collects()) for (Member member : reachable()) collect(member);
        }
    }

    private void comeHome() {
        if (!homecoming.due() || !homing.compareAndSet(false, true)) return;
        try {
            List<Member> reachable = reachable();
            errandPool.execute(() -> {
                try {
                    homecoming.open(reachable);
                } catch (RuntimeException e) {
                    LOG.warn("no epoch was opened, next try soon", e);
                } finally {
                    homing.set(false);
                }
            });
        } catch (RejectedExecutionException e) { // The node stops.
            homing.set(false);
        }
    }

    /** A node that cannot listen goes on sending, says so once, and tries again. */
    void listen() {
        if (listener.listening()) return;
        try {
            var unused = rosters.own();
            listener.start();
            if (!running) return;
            listeners.tell("exchange", listener.address());
            listenerFailed = false;
        } catch (ProblemException | IllegalStateException e) {
            if (!listenerFailed) LOG.error("the exchange cannot listen; tried again", e);
            listenerFailed = true;
        }
    }

    /** Whether nobody can call us. */
    boolean collects() {
        MemberId us = rosters.us();
        return rosters.current()
                .member(us)
                .filter(own -> own.endpoints().isEmpty())
                .isPresent();
    }

    private List<Member> reachable() {
        MemberId us = rosters.us();
        return rosters.current().members().stream()
                .filter(member -> member.exchanges() && !member.id().equals(us))
                .filter(member -> !member.endpoints().isEmpty() && breakers.allows(member.id()))
                .toList();
    }

    private void collect(Member member) {
        if (!collecting.add(member.id())) return;
        try {
            (client.slow(member.id()) ? slowPool : errandPool).execute(() -> {
                try {
                    collector.collect(member, client);
                } catch (PeerUnreachableException e) {
                    breakers.failed(member.id());
                } catch (RuntimeException e) {
                    LOG.atWarn().addKeyValue("peer", member.id()).setCause(e).log("mail was not collected");
                } finally {
                    collecting.remove(member.id());
                }
            });
        } catch (RejectedExecutionException e) { // The node stops.
            collecting.remove(member.id());
        }
    }

    private void takeIn(Lane lane) {
        while (running) {
            try {
                takingIn.await(lane, TURN);
                while (running && takingIn.run(lane)) {
                    // Until nothing is left.
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("messages were not taken in, next try soon", e);
                pause();
            }
        }
    }

    PeerLines lines() {
        return lines;
    }

    PeerClient client() {
        return client;
    }

    /** Whether this node, of several on one database, is the one that calls peers. */
    boolean leads() {
        return running && rosters.joined() && lead.held();
    }

    /** Where it listens, for instance {@code https://127.0.0.1:8446}. */
    String address() {
        return listener.address();
    }

    boolean listening() {
        return listener.listening();
    }

    /** Whether peers can reach us, as far as this node can say. */
    boolean healthy() {
        return !listenerFailed;
    }

    /** First no more comes in, then what is under way may finish; what does not is sent again after the next start. */
    @Override
    public synchronized void stop() {
        if (!running) return;
        running = false;
        signal.give();
        listener.stop();
        for (ExecutorService each : new ExecutorService[] {own, ordinaryPool, controlPool, errandPool, slowPool})
            end(each);
        homecoming.close();
        client.close();
        lead.close();
    }

    private static void end(@Nullable ExecutorService pool) {
        if (pool == null) return;
        pool.shutdown();
        try {
            if (!pool.awaitTermination(3, TimeUnit.SECONDS)) {
                pool.shutdownNow();
                boolean unused = pool.awaitTermination(3, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
