package org.sharaka.node.screening.extract;

import java.time.Instant;
import java.util.UUID;

/**
 * What stands in the clear before an extract's content, signed: of whom it is, for whom and for how long, and nothing about anybody.
 *
 * @param number grows with every extract of a node, so that a post knows an older one
 * @param post for which it was made
 * @param endsAt from then on it answers nothing
 * @param key of the content, sealed to the post, in base 64
 * @param sha256 of the sealed content, in hexadecimal
 */
public record Manifest(
        int version, UUID id, long number, String post, Instant madeAt, Instant endsAt, String key, String sha256) {
    static final int VERSION = 1;

    /** What the content's key and the content are bound to. */
    static String context(UUID id) {
        return "sharaka extract " + id;
    }
}
