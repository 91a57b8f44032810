package org.sharaka.node.screening.hit;

import java.util.UUID;
import org.sharaka.node.screening.ScreeningProblem;

/** Names a hit inside the node. */
public record HitId(UUID value) {
    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND} */
    static HitId parse(String text) {
        try {
            return new HitId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw ScreeningProblem.NOT_FOUND.because("no such hit");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
