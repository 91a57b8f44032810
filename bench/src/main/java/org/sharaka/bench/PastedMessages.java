package org.sharaka.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Invented reports as victims paste them, to judge linking by sets that it was not tuned on: forwarded headers, lists, long stories, shorthand,
 * Darija in two scripts, numbers in many forms. Seeds from 1001 use wording C, from 2001 wording D. What ties a campaign differs from one to the
 * next ({@link Tie}); gangs share scripts; victims, true hotlines, popular sites, shorteners and police numbers stand in reports of all kinds.
 */
final class PastedMessages {
    static final long FIRST_SEED = 1001;

    private static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final int BRANDS = 14;
    /** One broken link of a longer row would weigh more than all else. */
    private static final int CHAIN_MAX = 7;

    private static final List<String> SYLLABLES =
            List.of("ra", "bel", "mo", "ti", "kan", "su", "der", "lo", "ami", "zou", "fir", "has", "ne", "gal", "pin");

    /** Languages that the victims of one sender write in; scripts may be of another one than the report. */
    private static final List<List<String>> COUNTRIES =
            List.of(List.of("ar", "dar", "dlt", "fr"), List.of("fr", "fr", "sms"), List.of("en"), List.of("es"));

    /** What makes the reports of one campaign one. */
    enum Tie {
        /** One to five identifiers, each report names some of them. */
        POOL,
        /** Each report names two neighbours of a row of identifiers. */
        CHAIN,
        /** A message that nobody else sends, with other names, amounts and links each time. */
        TEMPLATE,
        /** One identifier, written in another way each time. */
        WRITTEN,
        /** One kit under many domains: the path. */
        PATH,
        /** One domain with many host names. */
        HOSTS
    }

    private enum Sort {
        PHONE,
        SITE,
        MAIL,
        HANDLE,
        ACCOUNT,
        WALLET,
        PAYEE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Trace(Sort sort, String value) {}

    private record Brand(String name, String hotline, String site) {}

    private final Random random;
    private final Inventions invent;
    private final Map<String, List<String>> wording;
    private final Tie favourite;
    private final List<Brand> brands = new ArrayList<>();
    private final Map<String, List<String>> templates = new HashMap<>();
    private final InventedReports reports = new InventedReports();
    private final double quoting;
    private final double extras;

    PastedMessages(long seed) {
        random = new Random(seed * 104_729 + 5);
        invent = new Inventions(random);
        wording = Wording.read("pasted-wording-" + (seed > 2000 ? "d" : "c") + ".txt");
        favourite = Tie.values()[Math.floorMod(seed, Tie.values().length)];
        quoting = invent.between(.3, .8);
        extras = invent.between(.3, .9);
        for (int i = 0; i < BRANDS; i++) brands.add(brand());
        wording.forEach((key, lines) -> {
            if (key.endsWith(" template")) templates.put(key, new ArrayList<>(lines));
        });
        int campaigns = 60 + random.nextInt(50);
        for (int i = 0; i < campaigns; i++) plant("p" + i);
        int noise = (int) (reports.size() * invent.between(.3, 1));
        for (int i = 0; i < noise; i++) alone();
        reports.shuffle(random);
    }

    Tie favourite() {
        return favourite;
    }

    InventedReports reports() {
        return reports;
    }

    private void plant(String group) {
        List<String> languages = invent.one(COUNTRIES);
        Tie tie = invent.chance(.3) ? favourite : invent.one(List.of(Tie.values()));
        String scriptLanguage = invent.one(languages);
        @Nullable String template = tie == Tie.TEMPLATE ? ownTemplate(scriptLanguage) : null;
        // Messages that nobody else sends are few; who finds none left is tied as most are.
        if (tie == Tie.TEMPLATE && template == null) tie = Tie.POOL;
        String script = template != null ? template : invent.one(lines(scriptLanguage, "script"));
        Brand brand = invent.one(brands);
        int size = (int) Math.min(tie == Tie.CHAIN ? CHAIN_MAX : 80, 3 / Math.pow(1 - random.nextDouble(), 1 / 1.2));
        List<Trace> pool = pool(tie, size);
        Instant start = BEGIN.plus(Duration.ofHours(random.nextInt(24 * 130)));
        for (int i = 0; i < size; i++) {
            Instant time = start.plus(Duration.ofMinutes(random.nextInt(22 * 24 * 60)));
            List<Trace> named = named(tie, pool, i);
            boolean quotes = tie == Tie.TEMPLATE || named.isEmpty() || invent.chance(quoting);
            reports.add(time, told(invent.one(languages), brand, quotes ? script : null, named, time), group);
        }
    }

    private @Nullable String ownTemplate(String language) {
        List<String> left = templates.getOrDefault(language + " template", List.of());
        return left.isEmpty() ? null : left.remove(random.nextInt(left.size()));
    }

    private List<Trace> pool(Tie tie, int size) {
        List<Trace> pool = new ArrayList<>();
        switch (tie) {
            case POOL -> {
                for (int i = 1 + random.nextInt(5); i > 0; i--) pool.add(trace(invent.one(List.of(Sort.values()))));
            }
            case CHAIN -> {
                for (int i = 0; i <= size; i++)
                    pool.add(trace(invent.one(List.of(Sort.PHONE, Sort.ACCOUNT, Sort.SITE, Sort.MAIL, Sort.WALLET))));
            }
            case TEMPLATE -> {}
            case WRITTEN -> pool.add(trace(invent.one(List.of(Sort.PHONE, Sort.SITE, Sort.ACCOUNT, Sort.MAIL))));
            case PATH -> {
                String kit = invent.letters("bcdfghjklmnpqrstvwxz", 2) + invent.digits(2) + "-" + word(2);
                String page = invent.one(List.of("verif", "pay", "step2", "index", "otp")) + ".php";
                for (int i = 0; i < size; i++)
                    pool.add(new Trace(Sort.SITE, domain() + "/" + kit + "/" + page + "?u=" + invent.digits(6)));
            }
            case HOSTS -> {
                String domain = domain();
                for (int i = 0; i < size; i++)
                    pool.add(new Trace(
                            Sort.SITE,
                            invent.letters("abcdefghkmnprstuvw", 4 + random.nextInt(4)) + "." + domain
                                    + (invent.chance(.5) ? "/" + invent.one(List.of("fr", "login", "m", "app")) : "")));
            }
        }
        return pool;
    }

    private List<Trace> named(Tie tie, List<Trace> pool, int report) {
        return switch (tie) {
            case POOL -> {
                List<Trace> some = new ArrayList<>(pool);
                Collections.shuffle(some, random);
                int count = report > 0 && invent.chance(.04) ? 0 : 1 + random.nextInt(3);
                yield some.subList(0, Math.min(count, some.size()));
            }
            case CHAIN -> pool.subList(report, report + 2);
            case TEMPLATE -> List.of();
            case WRITTEN -> pool;
            case PATH, HOSTS -> List.of(pool.get(report));
        };
    }

    private void alone() {
        List<String> languages = invent.one(COUNTRIES);
        String language = invent.one(languages);
        Instant time = BEGIN.plus(Duration.ofMinutes(random.nextInt(150 * 24 * 60)));
        @Nullable String script = invent.chance(.4) ? invent.one(lines(invent.one(languages), "script")) : null;
        List<Trace> named =
                script == null || invent.chance(.5) ? List.of(trace(invent.one(List.of(Sort.values())))) : List.of();
        reports.add(time, told(language, invent.one(brands), script, named, time), "");
    }

    private String told(String language, Brand brand, @Nullable String script, List<Trace> named, Instant time) {
        List<Trace> left = new ArrayList<>(named);
        String sort = script == null ? "tell" : "both";
        String quoted = "";
        if (script != null) {
            quoted = script.replace("{link}", slot(script, "{link}", Sort.SITE, left))
                    .replace("{tel}", slot(script, "{tel}", Sort.PHONE, left));
            if (left.isEmpty()) sort = "quote";
        }
        StringBuilder phrases = new StringBuilder();
        for (Trace trace : left) {
            String phrase = invent.one(lines(language, trace.sort().word())).replace("{v}", written(trace, language));
            phrases.append(phrases.length() == 0 ? "" : invent.one(List.of(" ", ", ", " + ", "\n", " / ")))
                    .append(phrase);
        }
        String more = "";
        double extras = Boolean.getBoolean("noextras") ? 0 : this.extras;
        if (invent.chance(extras)) more = invent.one(lines(language, "own"));
        if (invent.chance(extras))
            more = (more + invent.one(List.of(" ", ". ", "\n")) + invent.one(lines(language, "official"))).strip();
        String frame = invent.one(lines(language, sort));
        return filled(frame.replace("{s}", quoted).replace("{t}", phrases).replace("{x}", more), brand, time, language)
                .strip();
    }

    /** What stands in the sender's message where it has a link or a number: a trace, a shortened link, or nothing. */
    private String slot(String script, String slot, Sort sort, List<Trace> left) {
        if (!script.contains(slot)) return "";
        for (Trace trace : left) {
            if (trace.sort() == sort) {
                left.remove(trace);
                return written(trace, "fr");
            }
        }
        if (sort == Sort.PHONE) return invent.one(List.of("ce numero", "...", ""));
        return invent.one(List.of("bit.ly/", "https://tinyurl.com/", "https://bit.ly/", "t.me/+"))
                + invent.letters("abcdefghijkmnpqrstuvwxyzABCDEFGH23456789", 7);
    }

    private String filled(String text, Brand brand, Instant time, String language) {
        String filled = text;
        for (Map.Entry<String, String> slot : Map.ofEntries(
                        Map.entry("{bt}", brand.hotline()),
                        Map.entry("{bs}", "www." + brand.site()),
                        Map.entry("{bm}", "securite@" + brand.site()),
                        Map.entry("{b}", brand.name()),
                        Map.entry("{oi}", invent.chance(.5) ? invent.iban() : invent.rib()),
                        Map.entry("{op}", ownPhone()),
                        Map.entry("{om}", word(2) + "." + word(2) + invent.digits(2) + "@mail.example"),
                        Map.entry("{on}", invent.letters("ABCDEFGHJKLMNPRSTUVWXYZ", 2) + invent.digits(8)),
                        Map.entry("{code}", invent.letters("ABCDEFGHJKLMNPRSTUVWXYZ", 1) + invent.digits(4)),
                        Map.entry("{nom}", invent.name(SYLLABLES, 2)),
                        Map.entry("{amt}", amount(language)),
                        Map.entry("{age}", String.valueOf(60 + random.nextInt(35))),
                        Map.entry("{a}", amount(language)),
                        Map.entry("{d}", DAY.format(time.atOffset(ZoneOffset.UTC))),
                        Map.entry("{h}", HOUR.format(time.atOffset(ZoneOffset.UTC))),
                        Map.entry(
                                "{c}",
                                invent.one(
                                        List.of("Fes", "Agadir", "Lille", "Brest", "Cadiz", "York", "Casa", "Murcia"))))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .collect(Collectors.toList())) filled = filled.replace(slot.getKey(), slot.getValue());
        return filled.replace("\\n", "\n");
    }

    private String amount(String language) {
        int amount = 20 + random.nextInt(6000);
        String written = invent.one(List.of("%d", "%d", "%d,00", "%d.50")).formatted(amount);
        return language.equals("ar") && invent.chance(.4) ? Inventions.arabicDigits(written) : written;
    }

    private Trace trace(Sort sort) {
        return new Trace(
                sort,
                switch (sort) {
                    case PHONE -> invent.chance(.8) ? invent.mobile() : invent.americanPhone();
                    case SITE -> domain() + (invent.chance(.5) ? "/" + invent.one(List.of("fr", "pay", "suivi")) : "");
                    case MAIL ->
                        word(1) + "." + word(2) + invent.digits(1) + "@" + word(4) + invent.digits(1) + ".example";
                    case HANDLE -> "@" + word(2) + invent.one(List.of("_", ".", "")) + word(1) + invent.digits(2);
                    case ACCOUNT -> invent.chance(.5) ? invent.iban() : invent.rib();
                    case WALLET -> invent.chance(.5) ? invent.ethereum() : invent.tron();
                    case PAYEE -> invent.name(SYLLABLES, 2) + " " + invent.name(SYLLABLES, 3);
                });
    }

    private String written(Trace trace, String language) {
        String value = trace.value();
        return switch (trace.sort()) {
            case PHONE -> phoneWritten(value, language);
            case SITE ->
                switch (random.nextInt(8)) {
                    case 0 -> "http://" + value;
                    case 1 -> value.replace(".", "[.]");
                    case 2 -> "hxxps://" + value.replaceFirst("\\.example", "[.]example");
                    case 3 -> value;
                    case 4 -> "https://www." + value;
                    case 5 -> value.replaceFirst("\\.example", " . example").replaceFirst("/.*", "");
                    default -> "https://" + value;
                };
            case MAIL ->
                invent.one(List.of(
                        value, value, value.toUpperCase(Locale.ROOT), value.replace("@", "(at)"), "<" + value + ">"));
            case ACCOUNT ->
                invent.one(List.of(
                        value,
                        value.replaceAll("(.{4})", "$1 ").strip(),
                        value.replaceAll("(.{4})", "$1-").replaceAll("-$", ""),
                        value.startsWith("DE") ? value : value.replaceAll("^(.{3})(.{3})", "$1 $2 "),
                        value.toLowerCase(Locale.ROOT)));
            case PAYEE -> invent.one(List.of(value, value, value.toUpperCase(Locale.ROOT), "Mr " + value));
            case HANDLE ->
                invent.one(List.of(value, value, "https://t.me/" + value.substring(1), "t.me/" + value.substring(1)));
            case WALLET -> value;
        };
    }

    private String phoneWritten(String value, String language) {
        if (value.startsWith("+1"))
            return invent.one(
                    List.of(value, value.replace(" ", ""), value.replace(' ', '-'), value.replace("+1", "001")));
        if (language.endsWith("ar") && invent.chance(.4)) return Inventions.arabicDigits(value.replace(" ", ""));
        return invent.one(List.of(
                value,
                value.replace(" ", ""),
                value.replace(' ', '.'),
                value.replace(' ', '-'),
                value.replace(' ', '/'),
                "+33" + value.substring(1).replace(" ", ""),
                "+33 (0)" + value.substring(1),
                "0033 " + value.substring(1),
                value.substring(0, 2) + " "
                        + value.substring(3)
                                .replace(" ", "")
                                .replaceAll("(....)", "$1 ")
                                .strip()));
    }

    private Brand brand() {
        String name = invent.name(SYLLABLES, 3);
        return new Brand(name, invent.hotline(), name.toLowerCase(Locale.ROOT) + ".example");
    }

    private String ownPhone() {
        String phone = invent.landline();
        return invent.chance(.5) ? phone : phone.replace(" ", "");
    }

    private String domain() {
        return invent.one(List.of("colis", "ma-carte", "info", "espace", "track", "impots", "app"))
                + invent.one(List.of("-", "")) + invent.letters("abcdefghijkmnpqrstuvwxyz", 6) + ".example";
    }

    private String word(int syllables) {
        return invent.name(SYLLABLES, syllables).toLowerCase(Locale.ROOT);
    }

    private List<String> lines(String language, String sort) {
        List<String> lines = wording.get(language + " " + sort);
        if (lines != null) return lines;
        // Shorthand and dialects lack some sentences; their speakers know the language beside it.
        return lines(language.equals("sms") ? "fr" : "ar", sort);
    }
}
