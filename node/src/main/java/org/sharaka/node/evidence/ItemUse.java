package org.sharaka.node.evidence;

import java.util.Optional;

/** For what somebody wants the content of a file under custody. */
public enum ItemUse {
    VIEW(CustodyAct.VIEWED),
    /** For police work. */
    EXPORT(CustodyAct.EXPORTED),
    /** As evidence in proceedings. */
    COURT(CustodyAct.EXPORTED),
    SEND(CustodyAct.SENT);

    private final CustodyAct act;

    ItemUse(CustodyAct act) {
        this.act = act;
    }

    CustodyAct act() {
        return act;
    }

    /** What the custody log says besides the act. */
    Optional<String> reason() {
        return this == COURT ? Optional.of(name()) : Optional.empty();
    }

    /** The action in the audit record. */
    String action() {
        return this == COURT ? act.action() + "-for-court" : act.action();
    }
}
