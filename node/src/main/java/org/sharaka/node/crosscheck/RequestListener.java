package org.sharaka.node.crosscheck;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.campaign.CampaignTraces;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.node.originator.Control;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.Trace;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in what another member asks. Nothing is compared here: so neither the receipt nor how long it takes says whether anything is
 * known (SAFEGUARDS S21).
 */
final class RequestListener implements MessageListener {
    private static final Duration DAY = Duration.ofDays(1);

    private final SqlCrossChecks checks;
    private final TraceReader reader;
    private final LegalBases laws;
    private final Control control;
    private final SecurityEvents events;
    private final TransactionTemplate apart;
    private final CrossCheckSettings settings;
    private final Clock clock;

    /** @param apart for what is kept although the message is refused: transactions of their own */
    RequestListener(
            SqlCrossChecks checks,
            TraceReader reader,
            LegalBases laws,
            Control control,
            SecurityEvents events,
            TransactionTemplate apart,
            CrossCheckSettings settings,
            Clock clock) {
        this.checks = checks;
        this.reader = reader;
        this.laws = laws;
        this.control = control;
        this.events = events;
        this.apart = apart;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String contentType() {
        return CrossCheck.TYPE;
    }

    @Override
    public int contentFormat() {
        return CrossCheck.FORMAT;
    }

    @Override
    public void take(SignedMessage signed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Header header = signed.message().header();
        Handling handling = signed.message().handling();
        CrossCheck check = CrossCheck.parse(signed.message().content());
        Purpose purpose = Purpose.ofCode(handling.purpose())
                .orElseThrow(() -> Refusal.FIELD_WRONG.because("handling.purpose: not one of the agreed"));
        List<CampaignTraces.Wanted> wanted = new ArrayList<>();
        for (Trace trace : check.traces()) reader.wanted(trace).ifPresent(wanted::add);
        requirePace(header.sender(), check.traces().size(), now);
        Instant end = now.plus(settings.longest());
        Received received = new Received(
                new CheckKey(header.sender(), header.position().conversation()),
                header.id(),
                purpose,
                handling.legalBasis(),
                handling.offence(),
                check.traces().size(),
                check.urgency(),
                now,
                check.answerBy().orElseGet(() -> header.sent()
                        .plus(laws.replyWithin(new AgreementCode(handling.legalBasis()), check.urgency()))),
                end.isBefore(handling.keepUntil()) ? end : handling.keepUntil(),
                true,
                // Its originator's order may have come before it.
                Seen.over(control.standing(header.sender(), header.id())),
                Optional.empty(),
                Optional.empty());
        if (!received.endsAt().isAfter(now)) throw Refusal.EXPIRED.because("handling.keepUntil is over");
        if (!checks.add(received, received.withdrawn() ? List.of() : wanted))
            throw Refusal.FIELD_WRONG.because("header.conversation: asks one thing, and did before");
        checks.paced(header.sender(), check.traces().size(), false, now);
    }

    /** Whoever asks for thousands of telephones learns nothing by it, and officers learn of it. */
    private void requirePace(MemberId peer, int traces, Instant now) {
        Pace pace = checks.pace(peer, now.minus(DAY)).orElse(new Pace(peer, 0, 0, 0));
        if (pace.allows(traces, settings)) return;
        events.report(SecurityEvent.Kind.RATE_EXCEEDED, Optional.of(peer), Refusal.TOO_MANY.code(), CrossCheck.TYPE);
        apart.executeWithoutResult(status -> checks.paced(peer, 0, true, now));
        throw Refusal.TOO_MANY.because("more than a member may ask in a day");
    }
}
