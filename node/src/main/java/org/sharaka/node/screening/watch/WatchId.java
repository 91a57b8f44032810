package org.sharaka.node.screening.watch;

import java.util.UUID;
import org.sharaka.node.screening.ScreeningProblem;

/** Names a standing watch inside the node. */
public record WatchId(UUID value) {
    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND} */
    static WatchId parse(String text) {
        try {
            return new WatchId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw ScreeningProblem.NOT_FOUND.because("no such watch");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
