package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.sharaka.node.assembly.Learned;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.exchange.wire.PeerRequests;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.SignedBytes;
import org.sharaka.protocol.transport.TransportLimits;

/** What members ask of us, given to whoever answers it. */
final class Desk implements PeerRequests {
    private final Reception reception;
    private final ReceiptBook book;
    private final SqlReceipts receipts;
    private final Couriers couriers;
    private final Breakers breakers;
    private final Rosters rosters;
    private final Supplier<MessageFiles> files;
    private final FileReports reports;
    private final Clock clock;
    private final Supplier<List<PeerPath>> paths;

    Desk(
            Reception reception,
            ReceiptBook book,
            SqlReceipts receipts,
            Couriers couriers,
            Breakers breakers,
            Rosters rosters,
            Supplier<List<PeerPath>> paths,
            Supplier<MessageFiles> files,
            FileReports reports,
            Clock clock) {
        this.reception = reception;
        this.book = book;
        this.receipts = receipts;
        this.couriers = couriers;
        this.breakers = breakers;
        this.rosters = rosters;
        this.files = files;
        this.reports = reports;
        this.clock = clock;
        this.paths = paths;
    }

    @Override
    public Answer messages(Member peer, List<SealedMessage> messages) {
        return reception.answer(peer, messages);
    }

    @Override
    public void receipts(Member peer, SignedBytes given, boolean sealed) {
        var unused = book.record(peer, given, sealed);
    }

    @Override
    public Collection collect(Member peer, CollectRequest request) {
        request.acknowledge().ifPresent(hash -> receipts.acknowledge(peer.id(), hash, clock.instant()));
        List<SqlReceipts.Given> waiting = book.waiting(peer.id());
        Optional<ReceiptBook.Signed> signed = Optional.empty();
        if (!waiting.isEmpty()) {
            signed = Optional.of(book.sign(
                    peer, waiting.stream().map(SqlReceipts.Given::receipt).toList()));
            receipts.offer(
                    peer.id(),
                    signed.get().bytes().hash(),
                    waiting.stream().map(SqlReceipts.Given::number).toList());
        }
        List<SealedMessage> messages = new ArrayList<>(
                couriers.seal(peer, Lane.CONTROL, TransportLimits.MESSAGES / 2, TransportLimits.BATCH_BYTES));
        messages.addAll(couriers.seal(
                peer, Lane.ORDINARY, TransportLimits.MESSAGES - messages.size(), TransportLimits.BATCH_BYTES));
        return new Collection(
                signed.map(ReceiptBook.Signed::bytes),
                signed.filter(ReceiptBook.Signed::sealed).isPresent(),
                messages);
    }

    @Override
    public Optional<SignedBytes> rosterAfter(long version) {
        return rosters.history().newerThan(version).stream()
                .findFirst()
                .map(roster -> new SignedBytes(roster.encoded()));
    }

    @Override
    public Learned learn(Member peer, byte[] roster) {
        return rosters.learn(roster, Optional.of(peer.id()));
    }

    @Override
    public OptionalInt bodyLimit(String path) {
        return known(path).map(PeerPath::bodyLimit).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    @Override
    public byte[] answer(Member peer, String path, String query, byte[] body) {
        return known(path).orElseThrow().answer(peer, query, body);
    }

    private Optional<PeerPath> known(String path) {
        return paths.get().stream().filter(known -> known.path().equals(path)).findFirst();
    }

    @Override
    public Optional<byte[]> chunk(Member peer, String file, int index) {
        return files.get().chunk(peer.id(), file, index);
    }

    @Override
    public void given(Member peer, String file, int index) {
        files.get().given(peer.id(), file, index);
    }

    @Override
    public Optional<SignedBytes> fileReport(Member peer, String file) {
        return files.get().report(peer.id(), file).map(progress -> reports.sign(peer.id(), file, progress));
    }

    @Override
    public boolean reported(Member peer, String file, SignedBytes report) {
        return files.get().reported(peer.id(), file, reports.verify(peer.id(), file, report), report);
    }

    @Override
    public Kept bring(Member peer, String file, int index, byte[] sealed) {
        return switch (files.get().bring(peer.id(), file, index, sealed)) {
            case KEPT -> Kept.KEPT;
            case UNKNOWN -> Kept.UNKNOWN;
            case NOT_NOW -> Kept.NOT_NOW;
        };
    }

    @Override
    public long rosterVersion() {
        return rosters.current().version();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void heardFrom(Member peer, Instant itsClock) {
        breakers.heardFrom(peer.id());
    }
}
