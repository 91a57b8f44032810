package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.roster.RosterHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends what has reached its end: gives up what expired on its way, destroys what nobody may keep any longer. */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int AT_ONCE = 500;

    private final SqlOutbox outbox;
    private final SqlInbox inbox;
    private final SqlReceipts receipts;
    private final Outlived outlived;
    private final Announcer announcer;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Upkeep(
            SqlOutbox outbox,
            SqlInbox inbox,
            SqlReceipts receipts,
            Outlived outlived,
            Announcer announcer,
            AuditTrail audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.receipts = receipts;
        this.outlived = outlived;
        this.announcer = announcer;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Gives up what expired and leaves a mark for its recipient in each place. @return how many */
    int expire() {
        Instant now = clock.instant();
        Integer given = transactions.execute(status -> {
            List<SqlOutbox.Lost> lost = outbox.expire(now, AT_ONCE);
            Map<MemberId, List<Receipt>> marks = new HashMap<>();
            for (SqlOutbox.Lost each : lost)
                marks.computeIfAbsent(each.recipient(), unused -> new ArrayList<>())
                        .add(Receipt.skipped(each.reference(), each.position(), now));
            marks.forEach(receipts::give);
            audit.enterAll(
                    Reception.NODE,
                    lost.stream()
                            .map(each -> AuditTrail.Deed.done(
                                    "exchange.skip",
                                    "message/" + each.reference().id() + " to " + each.recipient()))
                            .toList());
            // What had arrived before and waited anew, because its recipient came back from a backup, is not given up.
            Set<MessageId> skipped = outbox.skipped(
                    lost.stream().map(each -> each.reference().id()).toList());
            announcer.oneByOne(lost.stream()
                    .filter(each -> skipped.contains(each.reference().id()))
                    .map(each -> new MessageGivenUp(
                            each.recipient(), each.reference().id()))
                    .toList());
            return lost.size();
        });
        return given == null ? 0 : given;
    }

    /** Lets go what was put off under a clock that was ahead, and has been set right. */
    void resume() {
        Instant now = clock.instant();
        int resumed = outbox.resume(now, now.plus(RosterHistory.CLOCK_SKEW));
        if (resumed > 0)
            LOG.atWarn().addKeyValue("messages", resumed).log("the clock was ahead; what was put off then goes now");
    }

    /** Destroys what nobody may keep any longer, also what waits still for its turn, and enters each. @return how many */
    int purge() {
        int ended = outlived.end();
        Instant now = clock.instant();
        Integer purged = transactions.execute(status -> {
            List<SqlOutbox.Ended> ours = outbox.purge(now, AT_ONCE);
            audit.enterAll(
                    Reception.NODE,
                    ours.stream()
                            .map(each -> AuditTrail.Deed.done(
                                    ExchangeService.PURGE, "message/" + each.id() + " to " + each.recipient()))
                            .toList());
            List<SqlInbox.Name> theirs = inbox.over(now, AT_ONCE);
            List<EntryId> entries = audit.enterAll(
                    Reception.NODE,
                    theirs.stream()
                            .map(each -> AuditTrail.Deed.done(
                                    ExchangeService.PURGE, Reception.subject(each.sender(), each.id())))
                            .toList());
            inbox.purge(theirs, entries, now);
            return ours.size() + theirs.size();
        });
        return ended + (purged == null ? 0 : purged);
    }
}
