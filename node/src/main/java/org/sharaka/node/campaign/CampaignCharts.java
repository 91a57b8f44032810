package org.sharaka.node.campaign;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Charts as numbers for SVG: the server draws them, so that they need no script and print. Time runs as the reader's
 * writing does.
 */
record CampaignCharts(boolean rightToLeft) {
    /** Days of a sparkline that count as recent: {@link CampaignState#WINDOW}. */
    private static final int RECENT = (int) CampaignState.WINDOW.toDays();

    private static final int DAYS_DRAWN_MAX = 92;
    private static final int WEEKS_DRAWN_MAX = 130;

    /** Width and height of the timeline in its own units, and the room below for dates. */
    private static final double WIDTH = 960;

    private static final double HEIGHT = 180;
    private static final double MARGIN = 48;
    private static final int LABELS = 6;

    /** Two SVG paths in a box of 120 × 28: what was before, and the last seven days. */
    public record Spark(String before, String recent) {}

    /** Reports of one stretch of days, both ends included, and where its bar stands. */
    public record Bar(LocalDate from, LocalDate to, int reports, double x, double y, double width, double height) {}

    /** A date below the bars. */
    public record Tick(double x, LocalDate day) {}

    /** A line across with its number. */
    public record Guide(double y, int reports) {}

    /**
     * @param unit {@code DAYS}, {@code WEEKS} or {@code MONTHS}: what one bar stands for
     * @param numbersX where the guides' numbers stand
     */
    public record Timeline(ChronoUnit unit, List<Bar> bars, List<Tick> ticks, List<Guide> guides, double numbersX) {}

    public Spark spark(List<Integer> days) {
        int most = Math.max(1, days.stream().mapToInt(Integer::intValue).max().orElse(1));
        StringBuilder before = new StringBuilder();
        StringBuilder recent = new StringBuilder();
        double step = 120.0 / Math.max(1, days.size());
        for (int i = 0; i < days.size(); i++) {
            if (days.get(i) == 0) continue;
            double height = Math.max(2, 26.0 * days.get(i) / most);
            double x = rightToLeft ? 120 - (i + 1) * step : i * step;
            (i >= days.size() - RECENT ? recent : before)
                    .append(String.format(
                            Locale.ROOT, "M%.1f 28v-%.1fh%.1fv%.1fz", x + 0.5, height, Math.max(1, step - 1), height));
        }
        return new Spark(before.toString(), recent.toString());
    }

    /** @param days reports by day, at least one */
    public Timeline timeline(SortedMap<LocalDate, Integer> days) {
        LocalDate first = days.firstKey();
        LocalDate last = days.lastKey();
        long span = ChronoUnit.DAYS.between(first, last) + 1;
        ChronoUnit unit = span <= DAYS_DRAWN_MAX
                ? ChronoUnit.DAYS
                : span <= WEEKS_DRAWN_MAX * 7L ? ChronoUnit.WEEKS : ChronoUnit.MONTHS;
        SortedMap<LocalDate, Integer> counts = new TreeMap<>();
        for (LocalDate day = start(first, unit); !day.isAfter(last); day = day.plus(1, unit)) counts.put(day, 0);
        days.forEach((day, reports) -> counts.merge(start(day, unit), reports, Integer::sum));
        return draw(counts, unit);
    }

    private Timeline draw(SortedMap<LocalDate, Integer> counts, ChronoUnit unit) {
        int top = roundUp(
                counts.values().stream().mapToInt(Integer::intValue).max().orElse(1));
        double step = (WIDTH - MARGIN) / counts.size();
        double width = Math.min(40, Math.max(1, step * 0.8));
        List<Bar> bars = new ArrayList<>();
        List<Tick> ticks = new ArrayList<>();
        int every = Math.max(1, (counts.size() + LABELS - 1) / LABELS);
        int i = 0;
        for (var entry : counts.entrySet()) {
            double middle = along((i + 0.5) * step);
            double height = HEIGHT * entry.getValue() / top;
            LocalDate to = entry.getKey().plus(1, unit).minusDays(1);
            bars.add(new Bar(
                    entry.getKey(),
                    to,
                    entry.getValue(),
                    round(middle - width / 2),
                    round(HEIGHT - height),
                    round(width),
                    round(height)));
            if (i % every == 0) ticks.add(new Tick(round(middle), entry.getKey()));
            i++;
        }
        List<Guide> guides =
                top == 1 ? List.of(new Guide(0, 1)) : List.of(new Guide(0, top), new Guide(HEIGHT / 2, top / 2));
        return new Timeline(unit, bars, ticks, guides, rightToLeft ? WIDTH : 0);
    }

    private double along(double fromStart) {
        return rightToLeft ? WIDTH - MARGIN - fromStart : MARGIN + fromStart;
    }

    private static LocalDate start(LocalDate day, ChronoUnit unit) {
        return switch (unit) {
            case WEEKS -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTHS -> day.withDayOfMonth(1);
            default -> day;
        };
    }

    /** The next number that halves evenly and reads easily: 1, 2, 4, 6, 10, 20, 40, 60, 100… */
    private static int roundUp(int most) {
        if (most <= 1) return 1;
        for (int scale = 1; ; scale *= 10) {
            for (int lead : new int[] {2, 4, 6, 10}) {
                if (lead * scale >= most) return lead * scale;
            }
        }
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
