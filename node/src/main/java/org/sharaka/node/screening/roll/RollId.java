package org.sharaka.node.screening.roll;

import java.util.UUID;
import org.sharaka.node.screening.ScreeningProblem;

/** Names a roll. Random: it stands in addresses. */
public record RollId(UUID value) {
    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND} */
    static RollId parse(String text) {
        try {
            return new RollId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw ScreeningProblem.NOT_FOUND.because("no such roll");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
