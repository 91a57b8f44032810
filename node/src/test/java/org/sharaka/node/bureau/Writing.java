package org.sharaka.node.bureau;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.HandlingCode;

/** What an invented officer fills in: of no urgency, under the invented treaty and for its recipient alone unless said otherwise. */
final class Writing {
    private final Composition.Kind kind;
    private final String subject;
    private final Words words;
    private String facts = "";
    private String grounds = "";
    private Urgency urgency = Urgency.ROUTINE;
    private String reference = "";
    private boolean feedback;
    private String about = "";
    private String outcome = "";
    private String law = BureauFixture.TREATY;
    private Set<HandlingCode> codes = Set.of();
    private Optional<Evaluation> evaluation = Optional.empty();
    private boolean passable;
    private List<String> files = List.of();

    private Writing(Composition.Kind kind, String subject, Words words) {
        this.kind = kind;
        this.subject = subject;
        this.words = words;
    }

    static Writing information(String subject, Words words) {
        return new Writing(Composition.Kind.INFORMATION, subject, words);
    }

    static Writing request(String subject, Words words) {
        return new Writing(Composition.Kind.REQUEST, subject, words)
                .because("Money went to an account in Bilbao.", "The bank is Spanish.");
    }

    static Writing text(Words words) {
        return new Writing(Composition.Kind.TEXT, "", words);
    }

    /** @param about the name of the message that is answered */
    static Writing answer(Composition.Kind kind, Words words, String about, String outcome) {
        Writing answer = new Writing(kind, "", words);
        answer.about = about;
        answer.outcome = outcome;
        return answer;
    }

    Writing because(String facts, String grounds) {
        this.facts = facts;
        this.grounds = grounds;
        return this;
    }

    Writing urgency(Urgency urgency) {
        this.urgency = urgency;
        return this;
    }

    Writing reference(String reference) {
        this.reference = reference;
        return this;
    }

    Writing awaitingFeedback() {
        feedback = true;
        return this;
    }

    Writing under(String law) {
        this.law = law;
        return this;
    }

    Writing codes(HandlingCode... codes) {
        this.codes = Set.of(codes);
        return this;
    }

    Writing evaluated(Evaluation evaluation) {
        this.evaluation = Optional.of(evaluation);
        return this;
    }

    /** Others may have it too, as far as the codes allow. */
    Writing passable() {
        passable = true;
        return this;
    }

    Writing enclosing(List<String> files) {
        this.files = files;
        return this;
    }

    Composition composition() {
        return new Composition(
                kind,
                subject,
                words,
                facts,
                grounds,
                urgency,
                urgency == Urgency.ROUTINE ? "" : "It can still be stopped.",
                reference,
                feedback,
                about,
                outcome,
                new Terms(
                        Purpose.INVESTIGATION,
                        law,
                        Optional.empty(),
                        codes,
                        codes.contains(HandlingCode.H3) ? "Not before the trial." : "",
                        evaluation,
                        passable),
                files);
    }
}
