package org.sharaka.node.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Money;

/**
 * What some reports add up to.
 *
 * @param losses one sum a currency, largest first; never converted
 * @param first when the earliest says that it happened
 * @param categories most reports first
 */
public record ReportFigures(
        int reports,
        List<Loss> losses,
        Optional<Instant> first,
        Optional<Instant> last,
        List<Category> categories,
        boolean anonymousOnly) {
    static final ReportFigures NONE =
            new ReportFigures(0, List.of(), Optional.empty(), Optional.empty(), List.of(), false);

    public ReportFigures {
        losses = List.copyOf(losses);
        categories = List.copyOf(categories);
    }

    /** @param reports that state one in this currency */
    public record Loss(Money sum, int reports) {}
}
