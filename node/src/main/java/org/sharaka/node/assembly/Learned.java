package org.sharaka.node.assembly;

import java.util.Optional;
import org.sharaka.protocol.Refusal;

/**
 * What became of a roster that somebody brought.
 *
 * @param refusal why it was not accepted; empty if it is in force now or was known
 * @param isNew whether it is in force since now
 */
public record Learned(boolean isNew, Optional<Refusal> refusal) {
    static Learned accepted() {
        return new Learned(true, Optional.empty());
    }

    static Learned known() {
        return new Learned(false, Optional.empty());
    }

    static Learned refused(Refusal why) {
        return new Learned(false, Optional.of(why));
    }
}
