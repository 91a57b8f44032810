package org.sharaka.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.identifiers.CardHash;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.ExtractorSettings;
import org.sharaka.identifiers.Region;

class ScenarioTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Scenario SCENARIO = Scenario.generate(7, 3000, NOON);

    @Test
    void theSameSeedGivesTheSameReports() {
        assertThat(Scenario.generate(7, 500, NOON)).isEqualTo(Scenario.generate(7, 500, NOON));
    }

    @Test
    void anotherSeedGivesOtherReports() {
        Set<String> texts = texts(Scenario.generate(7, 500, NOON));

        assertThat(texts(Scenario.generate(8, 500, NOON)))
                .filteredOn(texts::contains)
                .hasSizeLessThan(25);
    }

    @Test
    void itHasAsManyReportsAsAskedAllWithinNinetyDays() {
        assertThat(SCENARIO.reports())
                .hasSize(3000)
                .allSatisfy(report -> assertThat(report.time())
                        .isBetween(NOON.minus(Duration.ofDays(Rhythm.DAYS)).minus(Duration.ofMinutes(11)), NOON))
                .extracting(SyntheticReport::key)
                .doesNotHaveDuplicates();
    }

    @Test
    void campaignsOfEveryShapeArePlantedFromThreeToHundredsOfReports() {
        assertThat(SCENARIO.campaigns()).extracting(PlantedCampaign::shape).contains(Shape.values());
        assertThat(SCENARIO.campaigns())
                .allSatisfy(campaign -> assertThat(campaign.reports()).hasSizeGreaterThanOrEqualTo(3))
                .anySatisfy(campaign -> assertThat(campaign.reports()).hasSizeGreaterThan(250));
    }

    @Test
    void someCampaignsBeganInTheLastDaysAndSomeAreLongOver() {
        Map<String, SyntheticReport> byKey = byKey();

        assertThat(SCENARIO.campaigns())
                .anyMatch(
                        campaign -> byKey.get(campaign.reports().get(0)).time().isAfter(NOON.minus(Duration.ofDays(5))))
                .anyMatch(campaign -> byKey.get(
                                campaign.reports().get(campaign.reports().size() - 1))
                        .time()
                        .isBefore(NOON.minus(Duration.ofDays(20))));
    }

    @Test
    void theTruthNamesEachReportOnceAndAgreesWithTheCampaigns() {
        Map<String, Set<String>> byGroup = new HashMap<>();
        for (SyntheticReport report : SCENARIO.reports()) {
            report.group().ifPresent(group -> byGroup.computeIfAbsent(group, g -> new HashSet<>())
                    .add(report.key()));
        }

        assertThat(byGroup).hasSize(SCENARIO.campaigns().size());
        for (PlantedCampaign campaign : SCENARIO.campaigns()) {
            assertThat(byGroup.get(campaign.group())).isEqualTo(Set.copyOf(campaign.reports()));
        }
    }

    @Test
    void exportsAreReadByTheLinkingBench(@TempDir Path folder) throws IOException {
        Path csv = folder.resolve("reports.csv");
        Path tsv = folder.resolve("truth.tsv");

        SCENARIO.writeReports(csv);
        SCENARIO.writeTruth(tsv);

        assertThat(Files.readString(csv)).startsWith("id,time,text\r\nr");
        List<String> truth = Files.readAllLines(tsv);
        assertThat(truth.get(0)).isEqualTo("id\tgroup");
        assertThat(truth).hasSize(3001).allMatch(line -> line.matches("id\tgroup|r\\d{6}\t(c\\d{3})?"));
    }

    @Test
    void storiesOfUnrelatedReportsAreSeldomAlike() {
        List<SyntheticReport> alone = SCENARIO.reports().stream()
                .filter(report -> report.group().isEmpty() && report.narrative().length() > 120)
                .limit(600)
                .toList();

        int alike = 0;
        for (int i = 0; i < alone.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (jaccard(alone.get(i).narrative(), alone.get(j).narrative()) > 0.5) alike++;
            }
        }
        assertThat(alike).isLessThan(10);
    }

    @Test
    void anotherReportOfACampaignNamesWhatHoldsItTogether() {
        PlantedCampaign campaign = SCENARIO.campaigns().stream()
                .filter(one -> one.shape() == Shape.WALLET)
                .findFirst()
                .orElseThrow();

        SyntheticReport another = SCENARIO.another("fresh", campaign);

        assertThat(another.group()).contains(campaign.group());
        assertThat(another.text())
                .containsIgnoringCase(campaign.anchor().orElseThrow().value().substring(2, 12));
    }

    @Test
    void nearlyEveryPlantedReportNamesSomethingThatTheExtractorReads() {
        Extractor extractor = Extractor.create(ExtractorSettings.with(CardHash.hmacSha256(new byte[32])));

        List<SyntheticReport> planted = SCENARIO.reports().stream()
                .filter(report -> report.group().isPresent())
                .toList();
        long unread = planted.stream()
                .filter(report -> extractor
                        .extract(report.text(), Region.of(report.country()))
                        .isEmpty())
                .count();

        assertThat(unread).isLessThan(planted.size() / 50);
    }

    @Test
    void whatHoldsACampaignTogetherIsValidInItsFullForm() {
        Extractor extractor = Extractor.create(ExtractorSettings.with(CardHash.hmacSha256(new byte[32])));

        for (PlantedCampaign campaign : SCENARIO.campaigns()) {
            campaign.anchor().ifPresent(anchor -> assertThat(
                            extractor.extract(anchor.kind() + ": " + anchor.value(), Region.UNKNOWN))
                    .as("%s %s", anchor.kind(), anchor.value())
                    .isNotEmpty());
        }
    }

    @Test
    void aSizeOutOfRangeIsRefused() {
        assertThatThrownBy(() -> Scenario.generate(1, 49, NOON)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, SyntheticReport> byKey() {
        return SCENARIO.reports().stream().collect(Collectors.toMap(SyntheticReport::key, report -> report));
    }

    private static Set<String> texts(Scenario scenario) {
        return scenario.reports().stream().map(SyntheticReport::text).collect(Collectors.toSet());
    }

    private static double jaccard(String one, String other) {
        Set<String> a = shingles(one);
        Set<String> b = shingles(other);
        long common = a.stream().filter(b::contains).count();
        return common / (double) (a.size() + b.size() - common);
    }

    private static Set<String> shingles(String text) {
        String[] words = text.split("\\s+");
        Set<String> out = new HashSet<>();
        for (int i = 0; i + 2 < words.length; i++) out.add(words[i] + " " + words[i + 1] + " " + words[i + 2]);
        return out;
    }
}
