package org.sharaka.node.crosscheck;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.campaign.ReportFigures;
import org.sharaka.node.intake.Money;
import org.sharaka.protocol.content.Figures;

/** What may be told of figures: nothing by which one report could be read out of them (SAFEGUARDS S21). */
final class Told {
    private final int few;

    Told(CrossCheckSettings settings) {
        this.few = settings.few();
    }

    /** @param linked all reports of the campaigns that these are in; empty if they are all there is */
    Figures of(ReportFigures own, Optional<Long> linked, boolean losses) {
        Figures.Count count = Figures.Count.of(own.reports(), few);
        Figures.Standing standing = own.anonymousOnly() ? Figures.Standing.ALL_ANONYMOUS : Figures.Standing.SOME_NAMED;
        if (!count.exact())
            return new Figures(count, Optional.empty(), List.of(), Optional.empty(), List.of(), standing);
        return new Figures(
                count,
                linked.map(all -> Figures.Count.of(all, few)),
                losses ? losses(own) : List.of(),
                period(own),
                own.categories().stream()
                        .map(category -> org.sharaka.protocol.json.Fields.nameOf(category))
                        .toList(),
                standing);
    }

    private List<Figures.Loss> losses(ReportFigures own) {
        return own.losses().stream()
                .filter(loss -> loss.reports() >= few)
                .map(ReportFigures.Loss::sum)
                .filter(sum -> sum.amount().signum() > 0 && sum.amount().longValue() > 0)
                .map(sum -> new Figures.Loss(rounded(sum), sum.currency().getCurrencyCode()))
                .toList();
    }

    /** To two digits, downwards: or what one more report lost could be read from two answers. */
    private static long rounded(Money sum) {
        long amount = sum.amount().longValue();
        long unit = 1;
        while (amount / unit >= 100) unit *= 10;
        return amount / unit * unit;
    }

    private static Optional<Figures.Period> period(ReportFigures own) {
        return own.first().flatMap(first -> own.last().map(last -> new Figures.Period(day(first), day(last))));
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
