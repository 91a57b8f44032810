package org.sharaka.protocol.message;

import java.util.Collection;

/** What a holder may want to do with data that is another's. */
public enum Act {
    VIEW,
    PRINT,
    EXPORT,
    /** Disclosure in judicial proceedings. */
    COURT_BUNDLE,
    ONWARD_SHARE;

    /** What a handling code says to an act; the strictest of several codes counts. */
    public enum Rule {
        ALLOWED,
        /** An officer reads the remarks and confirms that the act respects them. */
        CONFIRM_REMARKS,
        /** The originator is asked first; its answer is a message. */
        ASK_ORIGINATOR
    }

    /** The table of docs/protocol.md section 5.3. */
    public Rule under(HandlingCode code) {
        return switch (code) {
            case H0 -> Rule.ALLOWED;
            case H1 -> this == COURT_BUNDLE ? Rule.ASK_ORIGINATOR : Rule.ALLOWED;
            case H2 -> this == ONWARD_SHARE ? Rule.ASK_ORIGINATOR : Rule.ALLOWED;
            case H3 -> this == VIEW ? Rule.CONFIRM_REMARKS : Rule.ASK_ORIGINATOR;
        };
    }

    public Rule under(Collection<HandlingCode> codes) {
        Rule strictest = Rule.ALLOWED;
        for (HandlingCode code : codes) if (under(code).compareTo(strictest) > 0) strictest = under(code);
        return strictest;
    }
}
