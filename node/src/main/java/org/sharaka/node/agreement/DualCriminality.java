package org.sharaka.node.agreement;

import java.util.Optional;

/** Whether both sides punish an offence: shown to the officer, and demanded by some agreements. */
public record DualCriminality(Optional<Punishment> sender, Optional<Punishment> recipient) {
    /** What can be said of both together. */
    public enum Answer {
        BOTH,
        /** One side does not punish it. */
        NOT_BOTH,
        /** Of one side or both the catalogue does not know, or nobody compared it with the law. */
        NOT_KNOWN
    }

    public Answer answer() {
        if (sender.filter(Punishment::verified).isEmpty()
                || recipient.filter(Punishment::verified).isEmpty()) return Answer.NOT_KNOWN;
        return sender.get().punishable() && recipient.get().punishable() ? Answer.BOTH : Answer.NOT_BOTH;
    }
}
