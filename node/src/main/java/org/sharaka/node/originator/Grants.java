package org.sharaka.node.originator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.SignedMessage;

/**
 * Permissions that we gave with data of our own, taken back before their end. The holder's node obeys as it takes the message in, so that its receipt
 * proves it; what was done under the permission until then stays lawful and on record there. Safe for many threads.
 */
public final class Grants {
    private static final Actor NODE = Actor.system("originator");
    private static final int AT_ONCE = 500;

    private final SqlGrants grants;
    private final ExchangeService exchange;
    private final AuditTrail audit;
    private final Duration retention;
    private final Clock clock;

    Grants(SqlGrants grants, ExchangeService exchange, AuditTrail audit, OriginatorSettings settings, Clock clock) {
        this.grants = grants;
        this.exchange = exchange;
        this.audit = audit;
        this.retention = settings.retention();
        this.clock = clock;
    }

    /** Whether a message of ours permits something that can still be taken back. */
    public boolean revocable(SignedMessage ours) {
        return grant(ours)
                .filter(answer -> !grants.revoked(answer.request().id()))
                .isPresent();
    }

    private Optional<PermissionAnswer> grant(SignedMessage ours) {
        Content content = ours.message().content();
        if (ours.message().onward().isPresent() || !content.type().equals(PermissionAnswer.TYPE))
            return Optional.empty();
        return Optional.of(Written.parse(content))
                .map(PermissionAnswer.class::cast)
                .filter(answer -> answer.outcome().grants()
                        && answer.until().map(clock.instant()::isBefore).orElse(true));
    }

    /**
     * Takes a permission of ours back, whoever brings it to its holder; inside an act of the caller's own, who has asked whether the officer may see the
     * message. It leaves in the control lane and needs no law in force: it ends a use and carries nothing of the data.
     *
     * @param ours our message that gave the permission
     * @return the message that takes it back
     * @throws org.sharaka.node.platform.ProblemException {@link OriginatorProblem#NOTHING_TO_REVOKE} if it gave none, is over or was
     *     taken back; what the exchange refuses
     */
    public MessageReference revoke(Actor actor, MessageId ours, Words why, EntryId entry) {
        actor.require(Permission.EXCHANGE_SEND).requirePurpose();
        SignedMessage sent = exchange.sentMessage(ours)
                .orElseThrow(() -> OriginatorProblem.NOTHING_TO_REVOKE.because("message " + ours));
        PermissionAnswer grant =
                grant(sent).orElseThrow(() -> OriginatorProblem.NOTHING_TO_REVOKE.because("message " + ours));
        Instant now = now();
        MessageReference revocation =
                send(sent, sent.message().handling(), grant.revoked(why).toContent());
        boolean first = grants.add(
                new SqlGrants.Revocation(
                        grant.request().id(), sent.message().header().recipient(), revocation.id()),
                actor.id(),
                now,
                now.plus(retention),
                entry);
        if (!first) throw OriginatorProblem.NOTHING_TO_REVOKE.because("message " + ours);
        return revocation;
    }

    /** Where the permission went, and under the same law. */
    private MessageReference send(SignedMessage before, Handling of, Content content) {
        Header header = before.message().header();
        return exchange.send(
                NODE,
                new Outgoing(
                        header.recipient(),
                        header.position().conversation(),
                        Lane.CONTROL,
                        new Handling(
                                of.originator(),
                                of.purpose(),
                                of.legalBasis(),
                                of.offence(),
                                Set.of(HandlingCode.H0),
                                Optional.empty(),
                                Set.of(),
                                now().plus(retention)),
                        Optional.empty(),
                        content,
                        List.of(),
                        Optional.empty(),
                        Optional.of(Header.LONGEST_LIFE)));
    }

    /** Sends again what expired on its way: a holder that was away for months still believes that it may. @return how many */
    int renew(int limit) {
        Instant now = clock.instant();
        int renewed = 0;
        for (SqlGrants.Revocation each :
                Lost.among(exchange, last -> grants.inForce(last, now, AT_ONCE), SqlGrants.Revocation::message, limit))
            if (renew(each)) renewed++;
        return renewed;
    }

    /** One that cannot go today holds up no other. */
    private boolean renew(SqlGrants.Revocation lost) {
        try {
            return audit.act(NODE, "originator.renew", "request/" + lost.request(), () -> {
                SignedMessage before = exchange.sentMessage(lost.message())
                        .orElseThrow(() -> OriginatorProblem.NOT_FOUND.because("message " + lost.message()));
                MessageReference sent = send(
                        before, before.message().handling(), before.message().content());
                grants.renewed(lost, sent.id());
                return true;
            });
        } catch (ProblemException e) {
            grants.later(lost, clock.instant().plus(Orders.TRY_AGAIN));
            return false;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
