package org.sharaka.node.access;

/**
 * A key just made.
 *
 * @param token what the system sends as {@code Authorization: Bearer}; shown once, kept nowhere
 */
public record MadeApiKey(ApiKey key, String token) {
    /** Never by accident into a log. */
    @Override
    public String toString() {
        return "MadeApiKey[" + key.id() + "]";
    }
}
