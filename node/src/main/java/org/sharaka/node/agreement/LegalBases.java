package org.sharaka.node.agreement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.content.Urgency;

/**
 * Says under which law data may leave (SAFEGUARDS S18). Always by the agreements as they stand in the database at the
 * moment of the question: a treaty that somebody ended a second ago lets nothing pass. Safe for many threads.
 */
public final class LegalBases {
    private final CurrentBook book;

    LegalBases(CurrentBook book) {
        this.book = book;
    }

    /** What lets it pass, and why the rest does not. */
    public LegalFindings check(Passage passage) {
        return book.now().check(passage);
    }

    /** As {@link #check(Passage)}, for data of one's own. */
    public LegalFindings check(
            PartyCode sender, PartyCode recipient, Optional<OffenceCode> offence, Purpose purpose, Instant at) {
        return check(new Passage(sender, recipient, offence, purpose, at));
    }

    /**
     * The named agreement, if it lets the data pass.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link AgreementProblem#NO_LEGAL_BASIS}, its detail the code and the
     *     {@link Obstacle}
     */
    public LegalBasis require(AgreementCode code, Passage passage) {
        return book.now().require(code, passage);
    }

    /** How soon an answer is due under an agreement, or, if this node does not know it, as the node is set. */
    public Duration replyWithin(AgreementCode code, Urgency urgency) {
        return book.now().replyWithin(code, urgency);
    }

    /** An agreement by its code, also one that is not in force. */
    public Optional<Agreement> find(AgreementCode code) {
        return book.now().agreement(code);
    }

    /** The catalogue, families before their offences. */
    public List<Offence> offences() {
        return book.now().offences();
    }

    public Optional<Offence> offence(OffenceCode code) {
        return book.now().offence(code);
    }
}
