package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Receipt;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends messages whose time is over while they wait for their turn: behind a gap that never closes, or because nobody here can take them
 * in. The content is destroyed, the sender gets its receipt, and the place counts as passed (docs/protocol.md section 6).
 */
final class Outlived {
    private static final int AT_ONCE = 500;

    private final SqlInbox inbox;
    private final SqlReceipts receipts;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Consumer<List<Stream>> passed;
    private final Consumer<MemberId> answered;
    private final Clock clock;

    /**
     * @param passed told in which orders a place was passed, once that is committed
     * @param answered told for whom receipts wait for a courier
     */
    Outlived(
            SqlInbox inbox,
            SqlReceipts receipts,
            AuditTrail audit,
            TransactionTemplate transactions,
            Consumer<List<Stream>> passed,
            Consumer<MemberId> answered,
            Clock clock) {
        this.inbox = inbox;
        this.receipts = receipts;
        this.audit = audit;
        this.transactions = transactions;
        this.passed = passed;
        this.answered = answered;
        this.clock = clock;
    }

    /** @return how many ended */
    int end() {
        Instant now = clock.instant();
        List<Stream> streams = inbox.outlived(now, AT_ONCE);
        if (streams.isEmpty()) return 0;
        List<SqlInbox.Outlived> ended = new ArrayList<>();
        transactions.executeWithoutResult(status -> end(streams, ended, now));
        passed.accept(streams);
        ended.stream().map(SqlInbox.Outlived::sender).distinct().forEach(answered);
        return ended.size();
    }

    /** Nobody takes in from these orders meanwhile: they are locked as {@link TakingIn} locks them. */
    private void end(List<Stream> streams, List<SqlInbox.Outlived> ended, Instant now) {
        var unused = inbox.lock(streams);
        ended.addAll(inbox.outlived(streams, now));
        if (ended.isEmpty()) return;
        inbox.decide(
                ended.stream()
                        .map(each -> new SqlInbox.Decided(
                                each.sender(), each.id(), each.hash(), Optional.of(Refusal.EXPIRED.code())))
                        .toList(),
                now);
        Map<MemberId, List<Position>> places = new HashMap<>();
        Map<MemberId, List<Receipt>> said = new HashMap<>();
        for (SqlInbox.Outlived each : ended) {
            places.computeIfAbsent(each.sender(), sender -> new ArrayList<>()).add(each.place());
            said.computeIfAbsent(each.sender(), sender -> new ArrayList<>())
                    .add(Receipt.refused(new MessageReference(each.id(), each.hash()), Refusal.EXPIRED, now));
        }
        places.forEach(inbox::skip);
        said.forEach(receipts::give);
        audit.enterAll(
                Reception.NODE,
                ended.stream()
                        .map(each ->
                                AuditTrail.Deed.done(Reception.REFUSE, Reception.subject(each.sender(), each.id())))
                        .toList());
    }
}
