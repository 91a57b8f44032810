package org.sharaka.node.intake;

/**
 * Names one submission of one submitter, so that a repeated one is stored once.
 *
 * <p>After draft-ietf-httpapi-idempotency-key-header-07.
 *
 * @param value 1 to 128 visible ASCII characters
 * @param body the submission as it was sent: another body under the same key is refused
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by keyed hash only.
public record SubmissionKey(String value, byte[] body) {
    static final int LENGTH_MAX = 128;

    /** @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#BAD_IDEMPOTENCY_KEY} */
    public SubmissionKey {
        if (value.isEmpty() || value.length() > LENGTH_MAX || !value.chars().allMatch(c -> c > ' ' && c < 127))
            throw IntakeProblem.BAD_IDEMPOTENCY_KEY.because(
                    "Idempotency-Key is not 1 to " + LENGTH_MAX + " visible ASCII characters");
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "SubmissionKey[…]";
    }
}
