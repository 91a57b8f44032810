package org.sharaka.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.PeerAwayException;
import org.sharaka.node.exchange.PeerLines;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.originator.Orders;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.TransportLimits;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What a node of the fault harness sends: at a pace, in a burst, and what it sent already once more. */
final class FaultsSender {
    private static final String MESSAGES = "/v1/messages";
    private static final String DISK_FULL = "53100"; // PostgreSQL, appendix A.
    private static final int CONVERSATIONS = 4;
    private static final int COPIED = 40;
    private static final int COPIES = 3;
    /** A member may have eight requests of another at once, and its courier needs some of them. */
    private static final int AT_ONCE = 6;

    /** Of so many messages one is ordered destroyed, right after one that was committed after it. */
    private static final int TAKEN_BACK = 10;

    private static final Actor OFFICER = new Actor(
            Actor.Kind.OFFICER,
            "bench",
            "bench",
            Optional.empty(),
            Set.of(Permission.EXCHANGE_SEND),
            Optional.of(Purpose.INVESTIGATION));

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ExchangeService exchange;
    private final Orders orders;
    private final PeerLines lines;
    private final Rosters rosters;
    private final JdbcTemplate sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final FaultsJournal journal;
    private final MemberId us;
    private final SecureRandom random = new SecureRandom();
    private final Map<MemberId, List<ConversationId>> conversations;
    private final AtomicLong refused = new AtomicLong();
    private final ExecutorService couriers = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "bench-courier");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean sending;

    FaultsSender(ConfigurableApplicationContext context, Path directory, MemberId us) throws IOException {
        this.exchange = context.getBean(ExchangeService.class);
        this.orders = context.getBean(Orders.class);
        this.lines = context.getBean(PeerLines.class);
        this.rosters = context.getBean(Rosters.class);
        this.sql = context.getBean(JdbcTemplate.class);
        this.transactions = context.getBean(TransactionTemplate.class);
        this.clock = context.getBean(FaultsNode.MovedClock.class);
        this.journal = context.getBean(FaultsJournal.class);
        this.us = us;
        this.conversations = conversations(directory.resolve("conversations-" + us));
    }

    private List<Member> others() {
        return rosters.current().members().stream()
                .filter(member -> !member.id().equals(us))
                .toList();
    }

    /** The same after each start: what lies behind a gap is taken in when its sender goes on in that conversation. */
    private Map<MemberId, List<ConversationId>> conversations(Path kept) throws IOException {
        if (!Files.exists(kept)) {
            List<String> fresh = new ArrayList<>();
            for (Member other : others())
                for (int i = 0; i < CONVERSATIONS; i++) fresh.add(other.id() + "\t" + ConversationId.random(random));
            Files.write(kept, fresh);
        }
        Map<MemberId, List<ConversationId>> known = new TreeMap<>(java.util.Comparator.comparing(MemberId::value));
        for (String line : Files.readAllLines(kept)) {
            String[] words = line.split("\t", -1);
            known.computeIfAbsent(new MemberId(words[0]), unused -> new ArrayList<>())
                    .add(new ConversationId(words[1]));
        }
        return known;
    }

    /** To each of the others so many a second, until it is halted; what cannot be sent now is no message. */
    void send(int perSecond) {
        sending = true;
        conversations.forEach((other, with) -> {
            Thread thread = new Thread(() -> sendTo(other, with, perSecond), "bench-send-" + other);
            thread.setDaemon(true);
            thread.start();
        });
    }

    void halt() {
        sending = false;
    }

    /** How many were refused because the disk was full, since this process began. */
    long refusedForWantOfRoom() {
        return refused.get();
    }

    private void sendTo(MemberId other, List<ConversationId> with, int perSecond) {
        Optional<MessageId> takenBack = Optional.empty();
        for (int i = 0; sending; i++) {
            try {
                MessageId sent = one(other, with.get(i % with.size()), i);
                takenBack.ifPresent(earlier -> orderDestroyed(other, earlier));
                takenBack = Optional.of(sent).filter(unused -> random.nextInt(TAKEN_BACK) == 0);
                TimeUnit.MILLISECONDS.sleep(1_000 / perSecond);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) { // The database is away: whatever was rolled back was never sent.
                if (wantsRoom(e)) refused.incrementAndGet();
                rest(100);
            }
        }
    }

    private static boolean wantsRoom(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException sqlFailure && DISK_FULL.equals(sqlFailure.getSQLState())) return true;
        return false;
    }

    private static void rest(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private MessageId one(MemberId other, ConversationId conversation, int number) {
        return together(other, List.of(() -> send(other, conversation, number))).get(0);
    }

    /** In one transaction. */
    private List<MessageId> together(MemberId other, List<Callable<MessageId>> acts) {
        List<MessageId> ids = new ArrayList<>();
        transactions.executeWithoutResult(status -> {
            for (Callable<MessageId> act : acts) {
                try {
                    ids.add(act.call());
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            ids.forEach(id -> journal.note(FaultsJournal.Deed.TRIED, id, other));
        });
        ids.forEach(id -> journal.note(FaultsJournal.Deed.COMMITTED, id, other));
        return ids;
    }

    /** Right after the next was committed: waiting, on its way, or taken already. */
    private void orderDestroyed(MemberId holder, MessageId sent) {
        journal.note(FaultsJournal.Deed.ORDERED, sent, holder);
        var unused = orders.give(
                OFFICER,
                sent,
                new Orders.NewOrder(Order.Kind.PURGE, "Sent for the bench alone.", Optional.empty()),
                "");
    }

    private MessageId send(MemberId other, ConversationId conversation, int number) {
        return exchange.send(
                        Actor.system("bench"),
                        Outgoing.of(
                                other,
                                conversation,
                                handling(),
                                new Content(
                                        FaultsNode.TYPE,
                                        1,
                                        JsonBuilder.object()
                                                .with("number", number)
                                                .build())))
                .id();
    }

    private Handling handling() {
        return new Handling(
                us,
                "investigation",
                "coe.ets-185",
                Optional.of("fraud.online"),
                Set.of(HandlingCode.H0),
                Optional.empty(),
                Set.of(),
                clock.instant().plus(Duration.ofDays(120)));
    }

    /** One more in each conversation. Whatever lies behind a gap that a return from a backup left is taken in after it. */
    String last() {
        for (Map.Entry<MemberId, List<ConversationId>> each : conversations.entrySet())
            for (ConversationId conversation : each.getValue())
                if (persistently(() -> one(each.getKey(), conversation, -1)).isEmpty()) return "not sent";
        return FaultsNode.OK;
    }

    /** A message to each of the others in a conversation of its own. @return whether all were accepted */
    String probe() {
        for (MemberId other : conversations.keySet()) {
            Optional<MessageId> sent = persistently(() -> one(other, ConversationId.random(random), -2));
            if (sent.isEmpty()) return "not sent to " + other;
            Optional<Sent> settled = persistently(() -> exchange.sent(sent.get())
                    .filter(now -> now.state() == Sent.State.ACCEPTED)
                    .orElseThrow());
            if (settled.isEmpty()) return "not accepted by " + other + ": " + exchange.sent(sent.get());
        }
        return FaultsNode.OK;
    }

    private static <T> Optional<T> persistently(Callable<T> act) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                return Optional.of(act.call());
            } catch (Exception e) { // Not yet: the database is coming back, or the return is not declared.
                rest(50);
            }
        }
        return Optional.empty();
    }

    /** Brings the last messages to everybody once more, three at once. @return how many copies were answered */
    int duplicate() {
        List<Callable<Integer>> errands = new ArrayList<>();
        for (Member other : others()) {
            List<MessageId> ids = sql.query(
                    "select id from exchange.sent where recipient = ? order by serial desc limit ?",
                    (row, i) -> new MessageId(row.getString(1)),
                    other.id().value(),
                    COPIED);
            for (int i = 0; i < COPIES; i++) errands.add(() -> bring(other, ids));
        }
        return all(errands);
    }

    /**
     * Commits some for everybody and brings them itself, the last first and a request each, while the courier brings them too.
     *
     * @return how many were answered
     */
    int reorder() {
        List<Callable<Integer>> errands = new ArrayList<>();
        for (Member other : others()) {
            List<Callable<MessageId>> acts = new ArrayList<>();
            for (ConversationId conversation : conversations.getOrDefault(other.id(), List.of()))
                for (int i = 0; i < CONVERSATIONS; i++) {
                    int number = i;
                    acts.add(() -> send(other.id(), conversation, number));
                }
            List<MessageId> ids = new ArrayList<>(together(other.id(), acts));
            Collections.reverse(ids);
            for (MessageId id : ids) errands.add(() -> bring(other, List.of(id)));
        }
        return all(errands);
    }

    private int all(List<Callable<Integer>> errands) {
        int answered = 0;
        try {
            for (Future<Integer> each : couriers.invokeAll(errands)) answered += each.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return answered;
    }

    /** As a courier does, but for the answer, which nobody stores. @return how many were answered for */
    private int bring(Member other, List<MessageId> ids) {
        List<SealedMessage> sealed = ids.stream()
                .map(exchange::sentMessage)
                .flatMap(Optional::stream)
                .map(message -> seal(message, other))
                .toList();
        if (sealed.isEmpty()) return 0;
        try {
            Function<byte[], Integer> undecided =
                    bytes -> Answer.parse(bytes).undecided().size();
            return lines.ask(other, MESSAGES, Optional.of(Collection.encoded(sealed)), TransportLimits.ANSWER_BYTES)
                    .map(bytes -> sealed.size() - undecided.apply(bytes))
                    .orElse(0);
        } catch (PeerAwayException e) { // Too many at once, or it is not there: none of them counts.
            return 0;
        }
    }

    private SealedMessage seal(SignedMessage message, Member other) {
        return SealedMessage.sealKept(
                message.reference().id(),
                us,
                other.id(),
                message.message().header().sent(),
                message.signed().der(),
                other.sealingAt(clock.instant()).orElseThrow(),
                new Profile1(random));
    }
}
