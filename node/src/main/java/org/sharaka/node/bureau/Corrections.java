package org.sharaka.node.bureau;

import java.util.Optional;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Information;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.Reply;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.content.Written;

/** What we wrote, in other words: everything else of it stays. */
final class Corrections {
    private Corrections() {}

    /**
     * @param facts as {@code grounds} of a request alone
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#BAD_FIELD}, also for what cannot be corrected;
     *     {@link BureauProblem#LOOK_NEEDED} if it repeats the words of a victim, witness or reporter
     */
    static Written of(Written before, String text, String facts, String grounds) {
        Words words = before.words().orElseThrow(() -> BureauProblem.BAD_FIELD.because("nothing to correct"));
        if (!words.quotes().isEmpty()) throw BureauProblem.LOOK_NEEDED.because("it repeats somebody's words");
        return Composition.checked(() -> {
            Words now = Words.of(words.language(), text);
            if (before instanceof Inquiry inquiry)
                return new Inquiry(
                        inquiry.line(),
                        now,
                        facts,
                        grounds,
                        inquiry.urgency(),
                        inquiry.urgencyReason(),
                        inquiry.answerBy(),
                        inquiry.reference());
            if (before instanceof Information information)
                return new Information(information.line(), now, information.feedbackBy(), information.reference());
            if (before instanceof Reply reply) return new Reply(reply.request(), reply.outcome(), now);
            if (before instanceof Feedback feedback)
                return new Feedback(feedback.information(), feedback.outcome(), Optional.of(now));
            if (before instanceof FreeText free) return new FreeText(free.subject(), now);
            throw BureauProblem.BAD_FIELD.because("a permission is given anew");
        });
    }
}
