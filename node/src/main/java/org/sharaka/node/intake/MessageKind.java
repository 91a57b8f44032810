package org.sharaka.node.intake;

/** What a message between an officer and a reporter is. The names are stored: never rename one. */
public enum MessageKind {
    /** From an officer to the reporter; all others are the reporter's. */
    LETTER,
    ANSWER,
    ADDITION,
    CORRECTION,
    /** The reporter takes the report back; the text may say why. */
    CONSENT_WITHDRAWN;

    public boolean fromReporter() {
        return this != LETTER;
    }
}
