package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
    private static final String RESOURCE = "held-out-wording.txt";

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
    private final Regime regime;
    private final Map<String, List<String>> wording;
    private final List<Brand> brands = new ArrayList<>();
    private final Set<String> phones = new HashSet<>();
    private final List<String[]> rows = new ArrayList<>();
    private final double quoting;
    private final double agency;
    private final double own;
    private final double nothing;
    private final double slip;
    private final int stories;
    private final int poolMax;

    HeldOutMessages(long seed) {
        random = new Random(seed * 7919 + 17);
        Regime[] regimes = Regime.values();
        // Neighbours of one parity go through all regimes.
        regime = regimes[Math.floorMod(seed / 2, regimes.length)];
        wording = wording(seed % 2 == 0 ? "B" : "A");
        quoting = between(.5, .9);
        agency = regime == Regime.AGENCIES ? between(.7, 1) : between(.1, .4);
        own = between(.1, .5);
        nothing = between(.03, .12);
        slip = between(.1, .4);
        stories = regime == Regime.CHATTY ? 3 : regime == Regime.SHORT ? 0 : 1;
        poolMax = regime == Regime.ROTATING ? 12 : 4;
        for (int i = 0; i < BRANDS; i++) brands.add(brand());
        int campaigns = 60 + random.nextInt(60);
        for (int i = 0; i < campaigns; i++) plant("h" + i);
        int noise = (int) (rows.size() * between(.2, .9));
        for (int i = 0; i < noise; i++) alone();
        for (int i = 0; i < rows.size(); i++) rows.get(i)[0] = "r" + i;
        Collections.shuffle(rows, random);
    }

    Regime regime() {
        return regime;
    }

    /** Writes {@code id,time,text} and {@code id, group}; noise has no group. */
    void write(Path reports, Path truth) throws IOException {
        try (BufferedWriter csv = Files.newBufferedWriter(reports);
                BufferedWriter tsv = Files.newBufferedWriter(truth)) {
            csv.write("id,time,text\r\n");
            tsv.write("id\tgroup\n");
            for (String[] row : rows) {
                csv.write(row[0] + "," + row[1] + ",\"" + row[2].replace("\"", "\"\"") + "\"\r\n");
                tsv.write(row[0] + "\t" + row[3] + "\n");
            }
        }
    }

    private void plant(String group) {
        String language = one(LANGUAGES);
        Brand brand = one(brands);
        String script = one(sentences(language, "script")).replace("{amount}", String.valueOf(amount()));
        List<Named> pool = new ArrayList<>();
        for (int i = 1 + random.nextInt(poolMax); i > 0; i--) pool.add(trace());
        int size = (int) Math.min(120, 3 / Math.pow(1 - random.nextDouble(), 1 / 1.2));
        Instant start = BEGIN.plus(Duration.ofHours(random.nextInt(24 * 120)));
        for (int i = 0; i < size; i++) {
            List<Named> named = new ArrayList<>(pool);
            Collections.shuffle(named, random);
            int some = chance(nothing) && i > 0 ? 0 : 1 + random.nextInt(3);
            named = named.subList(0, Math.min(some, named.size()));
            Instant time = start.plus(Duration.ofMinutes(random.nextInt(25 * 24 * 60)));
            boolean quotes = named.isEmpty() || chance(quoting);
            rows.add(
                    new String[] {"", time.toString(), told(language, brand, quotes ? script : null, named, time), group
                    });
        }
    }

    private void alone() {
        String language = one(LANGUAGES);
        Instant time = BEGIN.plus(Duration.ofMinutes(random.nextInt(150 * 24 * 60)));
        @Nullable String script = chance(.3) ? one(sentences(language, "script")) : null;
        List<Named> named = chance(.6) ? List.of(trace()) : List.of();
        rows.add(new String[] {
            "", time.toString(), told(language, chance(.3) ? one(brands) : brand(), script, named, time), ""
        });
    }

    private String told(String language, Brand brand, @Nullable String script, List<Named> named, Instant time) {
        List<String> evidence = new ArrayList<>();
        if (script != null) evidence.add(chance(.5) ? "\"" + script + "\"" : script);
        for (Named trace : named) {
            evidence.add(one(sentences(language, trace.trace().sort()))
                    .replace("{" + place(trace.trace()) + "}", spelled(trace)));
        }
        List<String> more = new ArrayList<>();
        List<String> told = new ArrayList<>(sentences(language, "story"));
        Collections.shuffle(told, random);
        for (int i = 0; i < stories && i < told.size(); i++) if (chance(.6)) more.add(told.get(i));
        if (chance(agency)) more.add(one(sentences(language, "agency")));
        if (chance(own)) more.add(one(sentences(language, "own")));
        if (chance(slip)) more.add(one(sentences(language, "slip")));
        String text;
        if (regime == Regime.FORMS) {
            evidence.addAll(more);
            text = one(sentences(language, "form")).replace("{evidence}", joined(evidence));
        } else {
            List<String> parts = new ArrayList<>();
            if (regime != Regime.SHORT || chance(.5)) parts.add(one(sentences(language, "opening")));
            parts.add(joined(evidence));
            parts.addAll(more);
            if (chance(.7)) parts.add(one(sentences(language, "ending")));
            text = joined(parts);
        }
        return filled(text, brand, time);
    }

    private String joined(List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            if (part.isEmpty()) continue;
            if (text.length() > 0) text.append(text.charAt(text.length() - 1) == '.' || chance(.6) ? " " : "\n");
            text.append(part);
        }
        return text.toString();
    }

    private String filled(String text, Brand brand, Instant time) {
        return text.replace("{brand}", brand.name())
                .replace("{hotline}", brand.hotline())
                .replace("{agencysite}", brand.site())
                .replace("{agencymail}", brand.mail())
                .replace("{police}", one(List.of("17", "112", "19", "110", "101")))
                .replace("{amount}", String.valueOf(amount()))
                .replace("{age}", String.valueOf(60 + random.nextInt(35)))
                .replace("{date}", DAY.format(time.atOffset(ZoneOffset.UTC)))
                .replace("{victim}", person())
                .replace(
                        "{city}",
                        one(List.of("Rabat", "Lyon", "Leeds", "Granada", "Tanger", "Oujda", "Nantes", "Hull")))
                .replace("{ownphone}", ownPhone())
                .replace(
                        "{ownmail}",
                        person().toLowerCase(Locale.ROOT).replace(' ', '.') + random.nextInt(90) + "@mail.example")
                .replace("{owniban}", iban())
                .replace("{slip}", one(List.of("RT", "ZX", "LP")) + letters("0123456789", 9));
    }

    private static String place(Trace trace) {
        return trace == Trace.NAME ? "sitename" : trace.sort();
    }

    private Named trace() {
        List<Trace> usual = List.of(
                Trace.PHONE, Trace.PHONE, Trace.SITE, Trace.SITE, Trace.ACCOUNT, Trace.MAIL, Trace.HANDLE, Trace.PAYEE);
        List<Trace> weak = List.of(Trace.NAME, Trace.PAYEE, Trace.CODE, Trace.NAME, Trace.CODE, Trace.PHONE);
        Trace trace = one(regime == Regime.NAMED ? weak : usual);
        return new Named(
                trace,
                switch (trace) {
                    case PHONE -> phone();
                    case SITE ->
                        one(List.of("suivi", "secure", "post", "bank", "pay")) + "-"
                                + letters("abcdefghijkmnpqrstuvwxyz", 6) + ".example";
                    case NAME -> syllables(2) + one(List.of(" Capital", " Trade", "FX", " Invest", " Markets"));
                    case PAYEE -> person();
                    case MAIL ->
                        one(List.of("service", "contact", "info")) + "." + letters("abcdefghijkmnp", 5) + "@"
                                + letters("bcdfgklmnprst", 6) + ".example";
                    case HANDLE -> "@" + letters("abcdefghijklmnop", 5) + "_" + one(List.of("pro", "agent", "invest"));
                    case ACCOUNT -> iban();
                    case CODE -> letters("ABCDEFGHJKLMNPRSTUVWXYZ", 2) + "-" + letters("0123456789", 6);
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
                    case 1 -> "hxxps://" + value.replace(".", "[.]") + "/" + one(List.of("p", "login", "fr"));
                    case 2 -> "www." + value;
                    default -> "https://" + value + "/" + one(List.of("", "index", "suivi", "login"));
                };
            case MAIL -> chance(.2) ? value.replace("@", " (at) ") : value;
            case ACCOUNT ->
                chance(.5) ? value : value.replaceAll("(.{4})", "$1 ").strip();
            case PAYEE -> chance(.2) ? value.toUpperCase(Locale.ROOT) : value;
            case NAME -> chance(.2) ? value.replace(" ", "") : value;
            default -> value;
        };
    }

    private Brand brand() {
        String name = syllables(3);
        String site = name.toLowerCase(Locale.ROOT) + ".example";
        // A range that France keeps for works of fiction, as that of phone().
        String hotline = "01 99 00 %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
        return new Brand(name, hotline, "www." + site, "abuse@" + site);
    }

    private String phone() {
        String phone;
        do {
            phone = "06 39 98 %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
        } while (!phones.add(phone));
        return phone;
    }

    private String ownPhone() {
        return one(List.of("02 61 91", "03 53 01", "04 65 71", "05 36 49"))
                + " %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
    }

    /** With right check digits under a bank code that no bank has (ISO 7064 MOD 97-10). */
    private String iban() {
        String account = "99999999" + letters("0123456789", 10);
        int check = 98
                - new BigInteger(account + "131400").mod(BigInteger.valueOf(97)).intValue();
        return "DE%02d%s".formatted(check, account);
    }

    private String person() {
        return syllables(2) + " " + syllables(2 + random.nextInt(2));
    }

    private String syllables(int count) {
        List<String> parts = List.of(
                "ba", "ko", "li", "mer", "tan", "vo", "sel", "dri", "pa", "nu", "gor", "fen", "wi", "ja", "ros", "che");
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < count; i++) name.append(one(parts));
        name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
        return name.toString();
    }

    private int amount() {
        return 20 + random.nextInt(6000);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    private String letters(String alphabet, int length) {
        StringBuilder letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
        return letters.toString();
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private List<String> sentences(String language, String sort) {
        return wording.getOrDefault(language + " " + sort, List.of(""));
    }

    private static Map<String, List<String>> wording(String half) {
        Map<String, List<String>> wording = new HashMap<>();
        try (InputStream in = HeldOutMessages.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException(RESOURCE + " is not in the archive");
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                int colon = line.indexOf(':');
                String[] key = line.substring(0, colon).split(" ");
                if (!key[1].equals(half)) continue;
                wording.computeIfAbsent(key[0] + " " + key[2], sort -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return wording;
    }
}
