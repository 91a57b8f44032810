package org.sharaka.node.originator;

import java.util.Optional;
import org.sharaka.node.exchange.ExchangeProblem;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.protocol.message.Act;

/**
 * Whether an officer may do something with a message now, and if not, what would have to come first.
 *
 * @param asked the latest question to the originator about it
 */
public record Verdict(Act act, Say say, Optional<Asked> asked) {
    public enum Say {
        ALLOWED,
        /** The officer reads the originator's remarks and confirms that the act respects them. */
        CONFIRM_REMARKS,
        /** It came for another purpose than the officer's, who confirms that it is read for this one. */
        CONFIRM_PURPOSE,
        /** The originator is asked first. */
        ASK_ORIGINATOR,
        /** The originator was asked and has not answered. */
        WAITING,
        /** The originator said no; asking again is open. */
        REFUSED,
        /** The originator took its permission back; asking again is open. */
        REVOKED,
        /** The originator named who may have it, and this recipient is not among them: there is nothing to ask. */
        NOT_PERMITTED,
        /** The originator took it back. */
        WITHDRAWN,
        /** We came back from a backup, and do not know yet what was ordered about it since. */
        UNSETTLED
    }

    public boolean allowed() {
        return say == Say.ALLOWED;
    }

    /** Whether a question to the originator would help. */
    public boolean mayAsk() {
        return say == Say.ASK_ORIGINATOR || say == Say.REFUSED || say == Say.REVOKED;
    }

    ProblemType problem() {
        return switch (say) {
            case ALLOWED -> throw new IllegalStateException("it is allowed");
            case CONFIRM_REMARKS -> OriginatorProblem.REMARKS_FIRST;
            case CONFIRM_PURPOSE -> OriginatorProblem.PURPOSE_FIRST;
            case ASK_ORIGINATOR, WAITING -> OriginatorProblem.ASK_FIRST;
            case REFUSED -> OriginatorProblem.REFUSED_BY_ORIGINATOR;
            case REVOKED -> OriginatorProblem.PERMISSION_REVOKED;
            case NOT_PERMITTED -> OriginatorProblem.NOT_PERMITTED;
            case WITHDRAWN -> OriginatorProblem.WITHDRAWN;
            case UNSETTLED -> ExchangeProblem.UNSETTLED;
        };
    }
}
