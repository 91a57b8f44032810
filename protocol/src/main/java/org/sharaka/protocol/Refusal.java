package org.sharaka.protocol;

import java.util.Locale;
import java.util.Optional;

/**
 * Why something from outside was not accepted. The code is what receipts carry and what a program acts on; it is never
 * reused. Listed with their meaning in docs/protocol.md section 12.
 */
public enum Refusal {
    TOO_LARGE("It is larger than the protocol allows."),
    TOO_DEEP("It is nested more deeply than the protocol allows."),
    TOO_MANY("It holds more elements than the protocol allows."),
    NOT_JSON("It is not JSON in UTF-8."),
    NOT_CANONICAL("It is not in canonical form (RFC 8785), so it could be read in two ways."),
    NUMBER_NOT_WHOLE("A number is not a whole number within 53 bits."),
    FIELD_MISSING("A field is missing."),
    FIELD_UNKNOWN("It has a field that this format does not have."),
    FIELD_WRONG("A field holds what it may not hold."),
    FORMAT_UNKNOWN("Its type or format is not known here."),

    NOT_DER("It is not DER with definite lengths."),
    NOT_PROFILE("It is CMS, but not of profile 1."),
    SIGNATURE_WRONG("The signature does not fit."),
    SEAL_BROKEN("The seal was broken or made with another key."),
    NOT_SEALED_TO_US("It is sealed to a certificate that is not ours."),
    CERTIFICATE_UNSUITABLE("A certificate is not what its use demands."),

    SENDER_UNKNOWN("The sender is not on the roster."),
    SENDER_NOT_ACTIVE("The sender is suspended or has departed."),
    RECIPIENT_UNKNOWN("The recipient is not on the roster."),
    RECIPIENT_NOT_ACTIVE("The recipient is suspended or has departed."),
    CERTIFICATE_NOT_LISTED("The roster does not list the signer's certificate for its member and use."),
    CERTIFICATE_NOT_VALID("The certificate was not valid at that time."),
    HEADER_MISMATCH("What stands in the clear differs from what was signed."),
    NOT_ADDRESSED_TO_US("It was written to somebody else."),
    SENT_IN_FUTURE("It claims to be sent later than now."),
    EXPIRED("It expired before it arrived, or before its turn came."),
    ROSTER_NOT_KNOWN_YET("It names a roster newer than ours: fetch that roster, then look again."),
    ROSTER_DIFFERS("It names a roster of a version that we know with another hash."),
    ID_REUSED("Its id is known with other content."),
    PLACE_TAKEN("Its place in the order was filled or given up before."),

    ORIGINATOR_WRONG("It names an originator who is neither its sender nor proved by what is enclosed."),
    ONWARD_BROKEN("What is shared onward was not sent to the one who shares it."),
    ONWARD_TOO_LONG("It went through more hands than the protocol allows."),
    HANDLING_WEAKENED("What is shared onward carries less protection than its originator gave it."),
    FILE_NOT_ENCLOSED("A file of what is shared onward is not named so in the message that is enclosed."),
    RECIPIENT_NOT_PERMITTED("The originator does not permit this recipient."),
    NOT_THE_ORIGINATOR("Only the originator may order this."),

    ROSTER_NOT_PINNED("It is not the founding roster whose hash was agreed."),
    ROSTER_ROLLED_BACK("It is older than the roster in force."),
    ROSTER_FORKED("Another roster of this version is in force."),
    ROSTER_WRONGLY_CHAINED("It does not follow from the roster in force."),
    ROSTER_STRANGER_SIGNED("Somebody signed it who has no vote."),
    ROSTER_TOO_FEW_SIGNATURES("Too few of those who vote have signed it."),
    ROSTER_EXPIRED("Its time and its grace are over."),
    ROSTER_NOT_YET_ISSUED("It is dated later than now."),
    EPOCH_ROLLED_BACK("It does not follow the epoch that we know."),
    EPOCH_FORKED("Another declaration of this epoch is known."),
    ROSTER_UNSOUND("It breaks a rule for rosters."),
    EQUIVOCATION_NOT_PROVED("The two rosters do not prove that anyone signed both."),

    NOTE_MALFORMED("It is not a signed note."),
    CHECKPOINT_MALFORMED("It is not a checkpoint."),
    CHECKPOINT_OF_ANOTHER_LOG("It speaks of another log."),
    CHECKPOINT_NOT_SIGNED("No key that we know for this log has signed it."),
    LOG_ROLLED_BACK("The log is shorter than it was."),
    LOG_REWRITTEN("The log does not begin as it did: it was rewritten or forked."),
    PROOF_WRONG("The proof does not prove it."),

    CHUNK_WRONG("The chunk is not the one that the signed message names."),
    FILE_WRONG("The file is not the one that the signed message names.");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    /** For instance {@code header-mismatch}: what stands in receipts. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What happened, in one English sentence; for people, the node has its own words. */
    public String sentence() {
        return sentence;
    }

    /** @param detail for this case: ids and names of fields, never what a message says */
    public RefusedException because(String detail) {
        return new RefusedException(this, detail);
    }

    public RefusedException because(String detail, Throwable cause) {
        RefusedException refused = because(detail);
        refused.initCause(cause);
        return refused;
    }

    public static Optional<Refusal> ofCode(String code) {
        for (Refusal refusal : values()) if (refusal.code().equals(code)) return Optional.of(refusal);
        return Optional.empty();
    }
}
