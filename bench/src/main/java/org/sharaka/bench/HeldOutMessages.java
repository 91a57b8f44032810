package org.sharaka.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Invented reports to judge linking by sets that it was not tuned on; by now it was, on both halves ({@link PastedMessages} came later). A seed chooses a {@link Regime}, its numbers, and one half of the
 * wording (odd A, even B): so what was tuned on odd seeds meets other regimes' numbers and other sentences on even ones. Several campaigns
 * impersonate one brand, share its scripts and its true hotline; victims quote their own data; some name nothing; noise does all of this too.
 */
final class HeldOutMessages {
    private static final Instant BEGIN = Instant.parse("2026-02-01T00:00:00Z");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final List<String> LANGUAGES = List.of("fr", "en", "es", "ar");
    private static final int BRANDS = 18;
    private static final List<String> SYLLABLES = List.of(
            "ba", "ko", "li", "mer", "tan", "vo", "sel", "dri", "pa", "nu", "gor", "fen", "wi", "ja", "ros", "che");

    /** How reports of a set are written. */
    enum Regime {
        /** The message and little else. */
        SHORT,
        /** Long stories out of sentences that victims of all frauds write. */
        CHATTY,
        /** Names of payees and sites, references and order numbers more than accounts and telephones. */
        NAMED,
        /** Nearly all name the true hotline, site or mailbox of the party that is impersonated. */
        AGENCIES,
        /** Campaigns use many numbers, sites and accounts, each report one or two of them. */
        ROTATING,
        /** An online form fills a fixed sentence. */
        FORMS
    }

    private enum Trace {
        PHONE,
        SITE,
        NAME,
        PAYEE,
        MAIL,
        HANDLE,
        ACCOUNT,
        CODE;

        String sort() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Named(Trace trace, String value) {}

    private record Brand(String name, String hotline, String site, String mail) {}

    private final Random random;
    private final Inventions invent;
    private final Regime regime;
    private final Map<String, List<String>> wording = Wording.read("held-out-wording.txt");
    private final String half;
    private final List<Brand> brands = new ArrayList<>();
    private final InventedReports reports = new InventedReports();
    private final double quoting;
    private final double agency;
    private final double own;
    private final double nothing;
    private final double slip;
    private final int stories;
    private final int poolMax;

    HeldOutMessages(long seed) {
        random = new Random(seed * 7919 + 17);
        invent = new Inventions(random);
        Regime[] regimes = Regime.values();
        // Neighbours of one parity go through all regimes.
        regime = regimes[Math.floorMod(seed / 2, regimes.length)];
        half = seed % 2 == 0 ? "B" : "A";
        quoting = invent.between(.5, .9);
        agency = regime == Regime.AGENCIES ? invent.between(.7, 1) : invent.between(.1, .4);
        own = invent.between(.1, .5);
        nothing = invent.between(.03, .12);
        slip = invent.between(.1, .4);
        stories = regime == Regime.CHATTY ? 3 : regime == Regime.SHORT ? 0 : 1;
        poolMax = regime == Regime.ROTATING ? 12 : 4;
        for (int i = 0; i < BRANDS; i++) brands.add(brand());
        int campaigns = 60 + random.nextInt(60);
        for (int i = 0; i < campaigns; i++) plant("h" + i);
        int noise = (int) (reports.size() * invent.between(.2, .9));
        for (int i = 0; i < noise; i++) alone();
        reports.shuffle(random);
    }

    Regime regime() {
        return regime;
    }

    InventedReports reports() {
        return reports;
    }

    private void plant(String group) {
        String language = invent.one(LANGUAGES);
        Brand brand = invent.one(brands);
        String script = invent.one(sentences(language, "script")).replace("{amount}", String.valueOf(amount()));
        List<Named> pool = new ArrayList<>();
        for (int i = 1 + random.nextInt(poolMax); i > 0; i--) pool.add(trace());
        int size = (int) Math.min(120, 3 / Math.pow(1 - random.nextDouble(), 1 / 1.2));
        Instant start = BEGIN.plus(Duration.ofHours(random.nextInt(24 * 120)));
        for (int i = 0; i < size; i++) {
            List<Named> named = new ArrayList<>(pool);
            Collections.shuffle(named, random);
            int some = invent.chance(nothing) && i > 0 ? 0 : 1 + random.nextInt(3);
            named = named.subList(0, Math.min(some, named.size()));
            Instant time = start.plus(Duration.ofMinutes(random.nextInt(25 * 24 * 60)));
            boolean quotes = named.isEmpty() || invent.chance(quoting);
            reports.add(time, told(language, brand, quotes ? script : null, named, time), group);
        }
    }

    private void alone() {
        String language = invent.one(LANGUAGES);
        Instant time = BEGIN.plus(Duration.ofMinutes(random.nextInt(150 * 24 * 60)));
        @Nullable String script = invent.chance(.3) ? invent.one(sentences(language, "script")) : null;
        List<Named> named = invent.chance(.6) ? List.of(trace()) : List.of();
        reports.add(time, told(language, invent.chance(.3) ? invent.one(brands) : brand(), script, named, time), "");
    }

    private String told(String language, Brand brand, @Nullable String script, List<Named> named, Instant time) {
        List<String> evidence = new ArrayList<>();
        if (script != null) evidence.add(invent.chance(.5) ? "\"" + script + "\"" : script);
        for (Named trace : named) {
            evidence.add(invent.one(sentences(language, trace.trace().sort()))
                    .replace("{" + place(trace.trace()) + "}", spelled(trace)));
        }
        List<String> more = new ArrayList<>();
        List<String> told = new ArrayList<>(sentences(language, "story"));
        Collections.shuffle(told, random);
        for (int i = 0; i < stories && i < told.size(); i++) if (invent.chance(.6)) more.add(told.get(i));
        if (invent.chance(agency)) more.add(invent.one(sentences(language, "agency")));
        if (invent.chance(own)) more.add(invent.one(sentences(language, "own")));
        if (invent.chance(slip)) more.add(invent.one(sentences(language, "slip")));
        String text;
        if (regime == Regime.FORMS) {
            evidence.addAll(more);
            text = invent.one(sentences(language, "form")).replace("{evidence}", joined(evidence));
        } else {
            List<String> parts = new ArrayList<>();
            if (regime != Regime.SHORT || invent.chance(.5)) parts.add(invent.one(sentences(language, "opening")));
            parts.add(joined(evidence));
            parts.addAll(more);
            if (invent.chance(.7)) parts.add(invent.one(sentences(language, "ending")));
            text = joined(parts);
        }
        return filled(text, brand, time);
    }

    private String joined(List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            if (part.isEmpty()) continue;
            if (text.length() > 0) text.append(text.charAt(text.length() - 1) == '.' || invent.chance(.6) ? " " : "\n");
            text.append(part);
        }
        return text.toString();
    }

    private String filled(String text, Brand brand, Instant time) {
        return text.replace("{brand}", brand.name())
                .replace("{hotline}", brand.hotline())
                .replace("{agencysite}", brand.site())
                .replace("{agencymail}", brand.mail())
                .replace("{police}", invent.one(List.of("17", "112", "19", "110", "101")))
                .replace("{amount}", String.valueOf(amount()))
                .replace("{age}", String.valueOf(60 + random.nextInt(35)))
                .replace("{date}", DAY.format(time.atOffset(ZoneOffset.UTC)))
                .replace("{victim}", person())
                .replace(
                        "{city}",
                        invent.one(List.of("Rabat", "Lyon", "Leeds", "Granada", "Tanger", "Oujda", "Nantes", "Hull")))
                .replace("{ownphone}", invent.landline())
                .replace(
                        "{ownmail}",
                        person().toLowerCase(Locale.ROOT).replace(' ', '.') + random.nextInt(90) + "@mail.example")
                .replace("{owniban}", invent.iban())
                .replace("{slip}", invent.one(List.of("RT", "ZX", "LP")) + invent.digits(9));
    }

    private static String place(Trace trace) {
        return trace == Trace.NAME ? "sitename" : trace.sort();
    }

    private Named trace() {
        List<Trace> usual = List.of(
                Trace.PHONE, Trace.PHONE, Trace.SITE, Trace.SITE, Trace.ACCOUNT, Trace.MAIL, Trace.HANDLE, Trace.PAYEE);
        List<Trace> weak = List.of(Trace.NAME, Trace.PAYEE, Trace.CODE, Trace.NAME, Trace.CODE, Trace.PHONE);
        Trace trace = invent.one(regime == Regime.NAMED ? weak : usual);
        return new Named(
                trace,
                switch (trace) {
                    case PHONE -> invent.mobile();
                    case SITE ->
                        invent.one(List.of("suivi", "secure", "post", "bank", "pay")) + "-"
                                + invent.letters("abcdefghijkmnpqrstuvwxyz", 6) + ".example";
                    case NAME ->
                        invent.name(SYLLABLES, 2)
                                + invent.one(List.of(" Capital", " Trade", "FX", " Invest", " Markets"));
                    case PAYEE -> person();
                    case MAIL ->
                        invent.one(List.of("service", "contact", "info")) + "." + invent.letters("abcdefghijkmnp", 5)
                                + "@" + invent.letters("bcdfgklmnprst", 6) + ".example";
                    case HANDLE ->
                        "@" + invent.letters("abcdefghijklmnop", 5) + "_"
                                + invent.one(List.of("pro", "agent", "invest"));
                    case ACCOUNT -> invent.iban();
                    case CODE -> invent.letters("ABCDEFGHJKLMNPRSTUVWXYZ", 2) + "-" + invent.digits(6);
                });
    }

    /** As people paste it: blanks, dots, brackets around the at-sign, a scheme or none, digits of their script. */
    private String spelled(Named trace) {
        String value = trace.value();
        return switch (trace.trace()) {
            case PHONE ->
                switch (random.nextInt(6)) {
                    case 0 -> value.replace(" ", "");
                    case 1 -> "+33 " + value.substring(1);
                    case 2 -> "0033" + value.substring(1).replace(" ", "");
                    case 3 -> value.replace(' ', '.');
                    default -> value;
                };
            case SITE ->
                switch (random.nextInt(5)) {
                    case 0 -> value;
                    case 1 -> "hxxps://" + value.replace(".", "[.]") + "/" + invent.one(List.of("p", "login", "fr"));
                    case 2 -> "www." + value;
                    default -> "https://" + value + "/" + invent.one(List.of("", "index", "suivi", "login"));
                };
            case MAIL -> invent.chance(.2) ? value.replace("@", " (at) ") : value;
            case ACCOUNT ->
                invent.chance(.5) ? value : value.replaceAll("(.{4})", "$1 ").strip();
            case PAYEE -> invent.chance(.2) ? value.toUpperCase(Locale.ROOT) : value;
            case NAME -> invent.chance(.2) ? value.replace(" ", "") : value;
            default -> value;
        };
    }

    private Brand brand() {
        String name = invent.name(SYLLABLES, 3);
        String site = name.toLowerCase(Locale.ROOT) + ".example";
        return new Brand(name, invent.hotline(), "www." + site, "abuse@" + site);
    }

    private String person() {
        return invent.name(SYLLABLES, 2) + " " + invent.name(SYLLABLES, 2 + random.nextInt(2));
    }

    private int amount() {
        return 20 + random.nextInt(6000);
    }

    private List<String> sentences(String language, String sort) {
        return wording.getOrDefault(language + " " + half + " " + sort, List.of(""));
    }
}
