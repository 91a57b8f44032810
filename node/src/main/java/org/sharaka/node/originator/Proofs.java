package org.sharaka.node.originator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.sharaka.node.access.Actor;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.message.FileReport;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.ReceiptBatch;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Roster;

/** What is handed to a judge or counsel: signed documents with all that verifies them. Never what was ordered destroyed. */
public final class Proofs {
    private final SqlGiven given;
    private final Orders orders;
    private final ExchangeService exchange;
    private final Rosters rosters;
    private final AuditTrail audit;
    private final Profile1 profile;

    Proofs(
            SqlGiven given,
            Orders orders,
            ExchangeService exchange,
            Rosters rosters,
            AuditTrail audit,
            Profile1 profile) {
        this.given = given;
        this.orders = orders;
        this.exchange = exchange;
        this.rosters = rosters;
        this.audit = audit;
        this.profile = profile;
    }

    /**
     * The order, its receipts, and what each holder said with its proof.
     *
     * @param readme what the files are, in the reader's language, given the commands
     */
    byte[] ofOrder(Actor actor, UUID id, Function<List<String>, String> readme) {
        return audit.read(actor, "originator.proof", "order/" + id + " files", () -> {
            Given order = orders.visible(actor, id);
            CourtFiles files = files(order);
            return files.text("README.txt", readme.apply(files.commands())).zip();
        });
    }

    /** The commands alone, for the printed page. */
    List<String> commands(Given order) {
        return files(order).commands();
    }

    private CourtFiles files(Given order) {
        CourtFiles files = new CourtFiles(rosters.history());
        boolean gone = order.kind() == Order.Kind.CORRECTION
                && given.about(order.target().id()).stream().anyMatch(each -> each.kind() == Order.Kind.PURGE);
        List<MessageReference> carriers = given.carriers(order.id());
        for (int i = 0; i < carriers.size(); i++) {
            String name = i == 0 ? "order" : "order-" + (i + 1);
            // A correction says what was to be destroyed.
            if (!gone) exchange.sentMessage(carriers.get(i).id()).ifPresent(message -> add(files, name, message));
            List<String> unused = receipts(files, name + "-receipts", carriers.get(i));
        }
        for (GivenAnswer answer : given.answers(order.id()))
            exchange.received(answer.peer(), answer.name()).ifPresent(brought -> add(files, answer, brought));
        return files;
    }

    private static void add(CourtFiles files, String name, SignedMessage message) {
        Header header = message.message().header();
        files.signed(name, message.signed(), header.sender(), header.roster());
    }

    /** @return the names of those that were added */
    private List<String> receipts(CourtFiles files, String name, MessageReference message) {
        Reader reader = new Reader(profile, rosters.history());
        List<String> added = new ArrayList<>();
        for (byte[] signed : exchange.receiptBatches(message.id())) {
            ReceiptBatch batch = reader.verifyKeptReceipts(signed);
            // Words about other messages are nobody's business in this matter.
            if (batch.receipts().stream().anyMatch(receipt -> receipt.sentence().isPresent())) continue;
            String next = name + "-" + (added.size() + 1);
            files.signed(next, SignedData.parse(signed), batch.from(), batch.roster());
            added.add(next);
        }
        return added;
    }

    private void add(CourtFiles files, GivenAnswer answer, SignedMessage brought) {
        SignedMessage own = Orders.holdersOwn(brought);
        String name = "answer-" + answer.holder();
        add(files, name, own);
        List<Member> members = own.message()
                .header()
                .roster()
                .in(rosters.history())
                .map(Roster::members)
                .orElse(List.of());
        Optional<Member> holder = members.stream()
                .filter(member -> member.id().equals(answer.holder()))
                .findFirst();
        OrderAnswer said = OrderAnswer.parse(own.message().content());
        if (said.proof().isPresent() && holder.isPresent())
            files.proved(name, said.proof().get(), holder.get())
                    .seen(name, said.proof().get(), holder.get(), members)
                    .gone(name, said.gone(), holder.get());
        if (!own.reference().equals(brought.reference()))
            add(files, name + "-as-" + answer.peer() + "-brought-it", brought);
    }

    /**
     * A message of ours that has nothing of another's in it, with what its recipient signed of it and of its files. The caller has asked
     * who may have it.
     *
     * @param reports of its files: SignedData in DER
     * @param readme as in {@link #ofOrder}
     */
    public byte[] ofSent(SignedMessage ours, List<byte[]> reports, Function<List<String>, String> readme) {
        if (ours.message().onward().isPresent())
            throw OriginatorProblem.NOT_FOUND.because("the message carries another one");
        CourtFiles files = new CourtFiles(rosters.history());
        add(files, "message", ours);
        for (String batch : receipts(files, "receipts", ours.reference())) files.about(batch, "message");
        Reader reader = new Reader(profile, rosters.history());
        for (int i = 0; i < reports.size(); i++) {
            FileReport report = reader.verifyKeptFileReport(reports.get(i));
            String name = "file-" + (i + 1);
            files.signed(name, SignedData.parse(reports.get(i)), report.from(), report.roster())
                    .aboutFile(name, report.file(), "message");
        }
        return files.text("README.txt", readme.apply(files.commands())).zip();
    }

    /**
     * A message of another's for a court, with the whole chain of hands and what its originator corrected. The caller has asked whether it may be.
     *
     * @param readme as in {@link #ofOrder}
     */
    public byte[] ofMessage(
            SignedMessage held, Optional<SignedMessage> correction, Function<List<String>, String> readme) {
        CourtFiles files = new CourtFiles(rosters.history());
        List<SignedMessage> chain = Reader.chain(held);
        for (int i = 0; i < chain.size(); i++) add(files, i == 0 ? "message" : "message-enclosed-" + i, chain.get(i));
        correction.ifPresent(order -> add(files, "correction", order));
        return files.text("README.txt", readme.apply(files.commands())).zip();
    }
}
