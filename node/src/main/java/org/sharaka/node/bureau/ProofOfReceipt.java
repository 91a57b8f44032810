package org.sharaka.node.bureau;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.attachment.AttachmentService;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.originator.Proofs;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.SignedMessage;

/** That a message of ours reached its recipient, and its files: as both signed it, for whoever trusts neither. */
final class ProofOfReceipt {
    private final SqlConversations conversations;
    private final ExchangeService exchange;
    private final AttachmentService attachments;
    private final Proofs proofs;
    private final AuditTrail audit;

    ProofOfReceipt(
            SqlConversations conversations,
            ExchangeService exchange,
            AttachmentService attachments,
            Proofs proofs,
            AuditTrail audit) {
        this.conversations = conversations;
        this.exchange = exchange;
        this.attachments = attachments;
        this.proofs = proofs;
        this.audit = audit;
    }

    /** Whether there is one: what enclosed another's data is under that one's codes. */
    static boolean of(Reading.Said said) {
        return said.entry().ours()
                && said.message().filter(message -> message.onward().isEmpty()).isPresent()
                && said.delivery()
                        .filter(state -> state.compareTo(Delivery.DELIVERED) >= 0 && state != Delivery.EXPIRED)
                        .isPresent();
    }

    /**
     * The message and the receipts in a ZIP file.
     *
     * @param readme what the files are, in the officer's language, given the commands that verify them
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}, also if the message is kept no longer
     */
    byte[] zip(Actor actor, ConversationKey key, UUID id, Function<List<String>, String> readme) {
        return audit.read(actor, "bureau.proof", "message/" + id, () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            MessageId name = conversations
                    .find(actor, key)
                    .flatMap(unused -> conversations.entry(key, id))
                    .filter(Entry::ours)
                    .flatMap(Entry::name)
                    .orElseThrow(() -> BureauProblem.NOT_FOUND.because("message " + id));
            SignedMessage ours = exchange.sentMessage(name)
                    .filter(message -> message.message().onward().isEmpty())
                    .orElseThrow(() -> BureauProblem.NOT_FOUND.because("message " + id));
            return proofs.ofSent(ours, attachments.signedReports(name), readme);
        });
    }
}
