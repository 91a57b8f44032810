package org.sharaka.exercise;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Invented reports of ninety days, some planted as campaigns, some related to nothing. A function of its arguments: the
 * same seed, size and time give the same reports on every machine.
 *
 * @param reports in order of time
 */
public record Scenario(long seed, Instant now, List<SyntheticReport> reports, List<PlantedCampaign> campaigns) {
    /** Fewer leave no room for campaigns of several shapes. */
    public static final int SIZE_MIN = 50;

    /** More would use up the telephone ranges that belong to no one. */
    public static final int SIZE_MAX = 100_000;

    public Scenario {
        reports = List.copyOf(reports);
        campaigns = List.copyOf(campaigns);
    }

    /**
     * @param size how many reports, {@link #SIZE_MIN} to {@link #SIZE_MAX}
     * @param now the scenario ends some minutes before
     */
    public static Scenario generate(long seed, int size, Instant now) {
        if (size < SIZE_MIN || size > SIZE_MAX) throw new IllegalArgumentException("size out of range");
        Planting planting = new Planting(seed, now);
        int planted = size * 6 / 10;
        List<PlantedCampaign> campaigns = planting.campaigns(planted);
        planting.noise(size - planted);
        List<SyntheticReport> reports = new ArrayList<>(planting.reports());
        reports.sort(Comparator.comparing(SyntheticReport::time).thenComparing(SyntheticReport::key));
        return new Scenario(seed, now, reports, campaigns);
    }

    /** The campaign that has victims in two countries: one that is found by an account, a wallet or a handle. */
    PlantedCampaign spanning() {
        return campaigns.stream()
                .filter(campaign ->
                        List.of(Shape.ACCOUNT, Shape.WALLET, Shape.HANDLE).contains(campaign.shape()))
                .filter(campaign -> campaign.anchor().isPresent()
                        && campaign.reports().size() >= 5
                        && campaign.reports().size() <= 60)
                .max(Comparator.comparingInt(campaign -> campaign.reports().size()))
                .orElseGet(() -> campaigns.stream()
                        .filter(campaign -> campaign.anchor().isPresent())
                        .findFirst()
                        .orElseThrow());
    }

    /**
     * Another report of a planted campaign, as if it came in now.
     *
     * @param key of the new report; another key tells it in other words
     * @throws IllegalArgumentException if nothing but its text holds the campaign together
     */
    public SyntheticReport another(String key, PlantedCampaign campaign) {
        Clue anchor = campaign.anchor().orElseThrow(() -> new IllegalArgumentException("only a text: " + campaign));
        return Planting.another(this, key, campaign, List.of(anchor));
    }

    /** A report that names what the one campaign is known by, and what the other is, too. */
    public SyntheticReport bridge(String key, PlantedCampaign one, PlantedCampaign other) {
        return Planting.another(
                this,
                key,
                one,
                List.of(one.anchor().orElseThrow(), other.anchor().orElseThrow()));
    }

    /** A report that names the clues given and belongs to the campaign. */
    public SyntheticReport naming(String key, PlantedCampaign campaign, List<Clue> clues) {
        return Planting.another(this, key, campaign, clues);
    }

    /** Writes {@code id,time,text} with a header row (RFC 4180). */
    public void writeReports(Path csv) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(csv, StandardCharsets.UTF_8)) {
            out.write("id,time,text\r\n");
            for (SyntheticReport report : reports) {
                out.write(report.key() + "," + report.time() + ",\""
                        + report.text().replace("\"", "\"\"") + "\"\r\n");
            }
        }
    }

    /** Writes {@code id, group} separated by a tab, with a header row; a report that belongs to none has an empty group. */
    public void writeTruth(Path tsv) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(tsv, StandardCharsets.UTF_8)) {
            out.write("id\tgroup\n");
            for (SyntheticReport report : reports) {
                out.write(report.key() + "\t" + report.group().orElse("") + "\n");
            }
        }
    }
}
