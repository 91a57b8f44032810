package org.sharaka.linking;

import java.util.List;

/**
 * The reports of one family or one group with all their edges to keys that link.
 *
 * @param edges of these reports to keys that are not {@link KeyState#shared()}, in no particular order
 */
public record Members(List<Placement> reports, Edges edges) {
    public Members {
        reports = List.copyOf(reports);
    }
}
