package org.sharaka.node.bureau;

import org.sharaka.node.platform.ProblemType;

/** Why the bureau refuses something. */
public enum BureauProblem implements ProblemType {
    /** Also what is closed to another unit. */
    NOT_FOUND(404),
    /** Something is missing or too long; the detail names the field or the rule of the protocol. */
    BAD_FIELD(422),
    NO_RECIPIENT(422),
    /** Only who works in a unit can keep a conversation to it. */
    UNIT_MISSING(422),
    /** Of a unit in which no officer could answer it: its deadlines and alarms would be nobody's. */
    UNIT_UNKNOWN(422),
    /** It is closed to that unit, or open, or somebody has changed that meanwhile. */
    CLOSED_BEFORE(409),
    /** Whoever closes, opens or asks to see a conversation says why. */
    REASON_MISSING(422),
    /** Another officer answers a question to see a conversation (SAFEGUARDS S19). */
    OWN_QUESTION(409),
    /** A look into a conversation ends on a day that is named, and soon. */
    UNTIL_WRONG(422),
    /** Nobody gives the second look to their own words (SAFEGUARDS S11). */
    OWN_WORDS(409),
    /** Somebody has released, returned or discarded it meanwhile. */
    LOOKED_BEFORE(409),
    /** A message that is returned says why. */
    REMARK_MISSING(422),
    /** Only its author rewords a message. */
    NOT_THE_AUTHOR(409),
    /** It was said before that somebody acted on it. */
    ACTED_BEFORE(409),
    /** No agreement lets a sentence go to the sender; that somebody acted may be said without one (SAFEGUARDS S18). */
    SENTENCE_STAYS(409),
    /** A file that came from another member is not sent on as if it were ours. */
    FILE_OF_ANOTHER(409),
    /** It was answered before, or no answer to it is awaited here. */
    NOT_AWAITED(409),
    /** It repeats the words of a victim, witness or reporter: it is written anew and read by a second officer (SAFEGUARDS S11). */
    LOOK_NEEDED(409),
    /** A form whose text leads abroad says whose words it repeats, nobody's included (SAFEGUARDS S11). */
    WHOSE_WORDS(422),
    /** It leaves without a second look, so it repeats nobody's words: a message may, after that look (SAFEGUARDS S11). */
    WORDS_OF_OTHERS(409),
    /** A reminder goes out after the deadline, not before. */
    NOT_OVERDUE(409),
    /** One reminder a day. */
    REMINDED_BEFORE(409),
    /** Nobody is reminded of what has not reached them, or is not kept any more. */
    NOT_ARRIVED(409),
    /** Somebody has taken on this alarm, or it rings no more. */
    ALARM_OVER(409),
    /** Of a handover: an officer of the same unit who may write, and not oneself. */
    NO_SUCCESSOR(422),
    /** It was taken over before, or was given to somebody else. */
    HANDED_OVER(409),
    /** It went through as many hands as the protocol allows. */
    TOO_MANY_HANDS(409);

    private final int status;

    BureauProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
