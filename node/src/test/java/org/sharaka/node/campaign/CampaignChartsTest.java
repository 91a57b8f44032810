package org.sharaka.node.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sharaka.node.campaign.CampaignCharts.Bar;
import org.sharaka.node.campaign.CampaignCharts.Timeline;

class CampaignChartsTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private final CampaignCharts leftToRight = new CampaignCharts(false);
    private final CampaignCharts rightToLeft = new CampaignCharts(true);

    @Test
    void aShortTimelineHasABarForEveryDayEvenWithoutReports() {
        Timeline timeline = leftToRight.timeline(days(MONDAY, 3, MONDAY.plusDays(9), 1));

        assertThat(timeline.unit()).isEqualTo(ChronoUnit.DAYS);
        assertThat(timeline.bars()).hasSize(10);
        assertThat(reports(timeline)).isEqualTo(4);
    }

    @Test
    void aYearIsDrawnByWeeksAndTenYearsByMonths() {
        Timeline year = leftToRight.timeline(days(MONDAY.minusDays(370), 2, MONDAY.plusDays(2), 5));
        Timeline decade = leftToRight.timeline(days(MONDAY.minusYears(10), 2, MONDAY, 5));

        assertThat(year.unit()).isEqualTo(ChronoUnit.WEEKS);
        assertThat(year.bars().get(year.bars().size() - 1).from()).isEqualTo(MONDAY);
        assertThat(decade.unit()).isEqualTo(ChronoUnit.MONTHS);
        assertThat(reports(year)).isEqualTo(reports(decade)).isEqualTo(7);
    }

    @Test
    void timeRunsAsTheReaderWrites() {
        SortedMap<LocalDate, Integer> days = days(MONDAY, 1, MONDAY.plusDays(5), 1);

        assertThat(leftToRight.timeline(days).bars()).extracting(Bar::x).isSorted();
        assertThat(rightToLeft.timeline(days).bars())
                .extracting(Bar::x)
                .isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void noBarLeavesThePicture() {
        for (CampaignCharts charts : List.of(leftToRight, rightToLeft)) {
            assertThat(charts.timeline(days(MONDAY, 1, MONDAY.plusDays(91), 100_000))
                            .bars())
                    .allSatisfy(bar -> {
                        assertThat(bar.x()).isBetween(0.0, 960.0);
                        assertThat(bar.x() + bar.width()).isBetween(0.0, 960.0);
                        assertThat(bar.y()).isBetween(0.0, 180.0);
                    });
        }
    }

    @Test
    void aSparklineTellsTheLastSevenDaysFromTheOthers() {
        List<Integer> days = new java.util.ArrayList<>(Collections.nCopies(30, 0));
        days.set(0, 4);
        days.set(29, 2);

        CampaignCharts.Spark spark = leftToRight.spark(days);

        assertThat(spark.before()).startsWith("M0.5 28v-26.0");
        assertThat(spark.recent()).contains("v-13.0").isNotEqualTo(spark.before());
        assertThat(leftToRight.spark(Collections.nCopies(30, 0)).recent()).isEmpty();
    }

    private static int reports(Timeline timeline) {
        return timeline.bars().stream().mapToInt(Bar::reports).sum();
    }

    private static SortedMap<LocalDate, Integer> days(LocalDate one, int reports, LocalDate other, int more) {
        SortedMap<LocalDate, Integer> days = new TreeMap<>();
        days.put(one, reports);
        days.put(other, more);
        return days;
    }
}
