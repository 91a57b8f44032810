package org.sharaka.node.screening.hit;

/**
 * What the bureau asks itself before anything of a hit is told abroad (S2). What an answer forbids is our proposal where S2 and S3 leave
 * it open; the country's law may forbid more.
 */
public enum Concern {
    /** The person has asked for asylum or has a status of protection: whoever they fled must not learn where they are (S3). */
    ASYLUM,
    OWN_NATIONAL,
    MINOR,
    /** A risk of torture, of other ill-treatment or of the death penalty. */
    ILL_TREATMENT,
    /** The notice or entry is suspended, or its originator has withdrawn it. */
    NOTICE_SUSPENDED;

    /** An officer's answer. The names are stored: never rename one. */
    public enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    /** Whether the bureau may decide so with this answer. */
    boolean allows(Answer answer, HitState decision) {
        if (decision == HitState.WITHHELD) return true;
        return switch (this) {
            case ASYLUM ->
                answer == Answer.NO || (answer == Answer.UNKNOWN && decision == HitState.RELEASED_WITHOUT_PLACE);
            case NOTICE_SUSPENDED -> answer != Answer.YES;
            case ILL_TREATMENT, MINOR -> answer != Answer.YES || decision == HitState.RELEASED_WITHOUT_PLACE;
            case OWN_NATIONAL -> true;
        };
    }
}
