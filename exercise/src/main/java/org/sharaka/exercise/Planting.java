package org.sharaka.exercise;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.intake.Money;

/** The work of generating one scenario. */
final class Planting {
    /** In how many reports the victim's own bank, its line and its site are named besides. */
    private static final double HUB_ODDS = 0.03;

    private final Instant now;
    private final Chance chance;
    private final Mint mint = new Mint();
    private final Noise noise;
    private final Set<String> usedTemplates = new HashSet<>();
    private final List<SyntheticReport> reports = new ArrayList<>();

    Planting(long seed, Instant now) {
        this.now = now;
        this.chance = Chance.ofSeed(seed).fork("scenario");
        this.noise = new Noise(mint);
    }

    List<SyntheticReport> reports() {
        return reports;
    }

    /** Campaigns with together as many reports as given: some large, many small. */
    List<PlantedCampaign> campaigns(int total) {
        List<PlantedCampaign> campaigns = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        for (int size : sizes(total)) {
            if (shapes.isEmpty()) shapes.addAll(chance.shuffled(List.of(Shape.values())));
            campaigns.add(campaign("c%03d".formatted(campaigns.size() + 1), shapes.remove(0), size));
        }
        return campaigns;
    }

    private List<Integer> sizes(int total) {
        List<Integer> sizes = new ArrayList<>();
        int left = total;
        double large = total * 0.17;
        while (left > 0) {
            int size = large > 14 ? (int) large : 3 + (int) (22 * Math.pow(chance.share(), 2));
            large *= 0.68 + 0.1 * chance.share();
            if (left - size < 3) size = left;
            sizes.add(size);
            left -= size;
        }
        return sizes;
    }

    private PlantedCampaign campaign(String group, Shape wanted, int size) {
        Chance own = chance.fork(group);
        Voice voice = own.one(Voice.values());
        Optional<Template> template = wanted == Shape.TEXT ? unusedTemplate(own) : Optional.empty();
        Shape shape = wanted == Shape.TEXT && template.isEmpty() ? Shape.HANDLE : wanted;
        if (template.isPresent()) voice = template.get().voice();
        List<Voice> voices = voices(shape, voice, own);
        Crime crime = template.isPresent() ? template.get().crime() : own.one(shape.crimes());
        Map<String, String> values = new HashMap<>();
        values.put("brand", own.one(World.BRANDS));
        values.put("bank", own.one(World.BANKS));
        String home = own.one(Phrases.of(voice).towns()).country();
        values.put("fee", World.amount(own.between(12, 950), World.currency(home), voice, own));
        Rhythm rhythm = own.one(Rhythm.values());
        if (size > 100) rhythm = own.one(Rhythm.GROWING, Rhythm.STEADY, Rhythm.WAVES);
        Evidence evidence = Evidence.plant(shape, size, values.get("brand"), home, mint, own);
        List<Instant> times = rhythm.times(size, now, own);
        List<String> keys = new ArrayList<>();
        List<Clue> clues = List.of();
        for (int i = 0; i < size; i++) {
            clues = evidence.of(i);
            Telling telling = new Telling(own.one(voices), crime, clues, times.get(i), template);
            keys.add(report(telling, values, Optional.of(group), own.fork("report" + i)));
        }
        Optional<Clue> anchor = template.isPresent() ? Optional.empty() : Optional.of(clues.get(0));
        return new PlantedCampaign(group, shape, crime, voice, keys, anchor);
    }

    /** What is told in one report. */
    record Telling(Voice voice, Crime crime, List<Clue> clues, Instant time, Optional<Template> template) {}

    /** A scam's text; no two campaigns of a scenario use the same. */
    record Template(Voice voice, Crime crime, String text) {}

    private Optional<Template> unusedTemplate(Chance own) {
        List<Template> unused = new ArrayList<>();
        for (Voice voice : Voice.values()) {
            for (Crime crime : Shape.TEXT.crimes()) {
                for (String text : Phrases.of(voice).lines("sms." + crime.name().toLowerCase(Locale.ROOT))) {
                    if (!usedTemplates.contains(text)) unused.add(new Template(voice, crime, text));
                }
            }
        }
        if (unused.isEmpty()) return Optional.empty();
        Template template = own.one(unused);
        usedTemplates.add(template.text());
        return Optional.of(template);
    }

    private static List<Voice> voices(Shape shape, Voice first, Chance own) {
        if (shape == Shape.TEXT) return List.of(first);
        if (shape == Shape.CROSS_BORDER) return List.of(Voice.values());
        if (own.odds(0.35)) return List.of(first, first, first, own.one(Voice.values()));
        return List.of(first);
    }

    /** Stores the report and returns its key. */
    private String report(Telling telling, Map<String, String> values, Optional<String> group, Chance own) {
        SyntheticReport report = write(telling, values, group, own, mint, "r%06d".formatted(reports.size() + 1));
        reports.add(report);
        return report.key();
    }

    /** Reports that belong to no campaign. */
    void noise(int count) {
        while (count-- > 0) {
            Chance own = chance.fork("noise" + count);
            Noise.Draw draw = noise.draw(own);
            Telling telling =
                    new Telling(draw.voice(), draw.crime(), draw.clues(), Rhythm.anyTime(now, own), Optional.empty());
            SyntheticReport report = draw.literal().isPresent()
                    ? literal(telling, draw.literal().get(), own)
                    : write(telling, draw.values(), Optional.empty(), own, mint, nextKey());
            reports.add(report);
        }
    }

    private String nextKey() {
        return "r%06d".formatted(reports.size() + 1);
    }

    private SyntheticReport literal(Telling telling, String text, Chance own) {
        Phrases.Town town = own.one(Phrases.of(telling.voice()).towns());
        return new SyntheticReport(
                nextKey(),
                telling.time(),
                telling.voice(),
                town.country(),
                telling.crime().category,
                text,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static SyntheticReport write(
            Telling telling, Map<String, String> given, Optional<String> group, Chance own, Mint mint, String key) {
        Voice voice = telling.voice();
        Phrases phrases = Phrases.of(voice);
        Phrases.Town town = own.one(phrases.towns());
        String currency = World.currency(town.country());
        Map<String, String> values = new HashMap<>(given);
        values.put("city", town.name());
        values.put("hub.bank", World.HUB_BANK);
        values.put("hub.site", own.one(World.HUB_SITE, World.HUB_SITE.substring(12)));
        values.put("hub.phone", own.one("+33 1 99 00 00 00", "+33199000000", "0033 1 99 00 00 00"));
        Optional<Money> loss = Optional.empty();
        if (telling.crime() != Crime.MISC && own.odds(0.55)) {
            long amount = World.loss(currency, own);
            loss = Optional.of(SyntheticReport.money(amount, currency));
            values.put("amount", World.amount(amount, currency, voice, own));
        }
        values.putIfAbsent("amount", World.amount(own.between(1, 90) * 50L, currency, voice, own));
        values.put("ref", own.letters("ABCDEFGHJKMNPQRSTUVWXYZ", 2) + own.digits(9));
        values.putIfAbsent("fee", World.amount(own.between(12, 950), currency, voice, own));

        Narrator narrator = new Narrator(phrases, voice, town.country(), own, values);
        List<Clue> told = new ArrayList<>(telling.clues());
        List<SyntheticReport.Given> fields = new ArrayList<>();
        String narrative;
        if (telling.template().isPresent()) {
            narrative = narrator.paste(telling.template().get().text(), told.get(0), telling.crime());
        } else {
            if (own.odds(0.15)) moveToFields(told, fields, new Spelling(own, voice, town.country()));
            Optional<Clue> victim = own.odds(0.04)
                    ? Optional.of(new Clue(Clue.Kind.OWN_PHONE, mint.phone(town.country(), own)))
                    : Optional.empty();
            boolean hub = own.odds(telling.crime() == Crime.BANK ? 3 * HUB_ODDS : HUB_ODDS);
            narrative = narrator.story(
                    telling.crime(), told, new Narrator.Extras(loss.isPresent(), hub, own.odds(0.03), victim));
        }
        Optional<String> reporter =
                own.odds(0.4) ? Optional.of(phrases.say("person", own, Map.of())) : Optional.empty();
        return new SyntheticReport(
                key,
                telling.time(),
                voice,
                town.country(),
                telling.crime().category,
                narrative,
                fields,
                loss,
                reporter,
                group);
    }

    /** People fill a field of the form instead of writing it down once more. */
    private static void moveToFields(List<Clue> told, List<SyntheticReport.Given> fields, Spelling spelling) {
        Map<Clue.Kind, String> kinds = new EnumMap<>(Map.of(
                Clue.Kind.IBAN, "IBAN",
                Clue.Kind.RIB, "RIB_MA",
                Clue.Kind.PHONE, "PHONE",
                Clue.Kind.BTC, "BTC",
                Clue.Kind.ETH, "ETH",
                Clue.Kind.TRX, "TRX",
                Clue.Kind.LINK, "URL",
                Clue.Kind.EMAIL, "EMAIL",
                Clue.Kind.TELEGRAM, "TELEGRAM"));
        told.removeIf(clue -> {
            String kind = kinds.get(clue.kind());
            if (kind == null) return false;
            fields.add(new SyntheticReport.Given(kind, spelling.of(clue)));
            return true;
        });
    }

    static SyntheticReport another(Scenario scenario, String key, PlantedCampaign campaign, List<Clue> clues) {
        Chance own = Chance.ofSeed(scenario.seed()).fork("another/" + key);
        Telling telling = new Telling(campaign.voice(), campaign.crime(), clues, scenario.now(), Optional.empty());
        return write(telling, Map.of(), Optional.of(campaign.group()), own, new Mint(), key);
    }
}
