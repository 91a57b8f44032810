package org.sharaka.matching;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words that say something about a name: titles, particles, legal forms, forms of one given name, countries, numbers in words. */
final class Lexicon {
    private static final String[] COUNTRY_LANGUAGES = {"en", "fr", "es", "ar", "de", "ru", "pt", "it"};
    private static final int FORM_WORDS_MAX = 6;
    /** Letters of a legal form from which on a slip in it is forgiven. */
    private static final int LONG_FORM = 7;

    private static final int STEM_MIN = 7;
    private static final String[] ARTICLES = {"وال", "بال", "ال", "لل"};
    private static final String[] TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
    private static final Lexicon BUNDLED = new Lexicon();

    private final Set<String> titles = new HashSet<>();
    private final Set<String> offices = new HashSet<>();
    private final Set<String> soft = new HashSet<>();
    private final Set<String> particles = new HashSet<>();
    private final Set<String> father = new HashSet<>();
    private final Set<String> wide = new HashSet<>();
    private final Set<String> small = new HashSet<>();
    private final Set<String> vesselSorts = new HashSet<>();
    private final Set<String> aliases = new HashSet<>();
    private final List<String> longForms = new ArrayList<>();
    private final Map<String, Integer> business = new HashMap<>();
    private final Map<String, LegalForm> forms = new HashMap<>();
    private final Map<String, int[]> givenNames = new HashMap<>();
    private final Set<String> spokenWithYa = new HashSet<>();
    private final Map<String, String> countries = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Classes of legal forms; forms of one class may stand for each other. */
    enum LegalForm {
        LIMITED(1),
        STOCK(2),
        PARTNERSHIP(4),
        NONPROFIT(8),
        STATE(16),
        /** "Company" alone says nothing of the form. */
        COMPANY(0);

        private final int bit;

        LegalForm(int bit) {
            this.bit = bit;
        }

        int bit() {
            return bit;
        }
    }

    private Lexicon() {
        words();
        legalForms();
        nicknames();
        countries();
        numbers();
    }

    static Lexicon bundled() {
        return BUNDLED;
    }

    boolean isTitle(String word) {
        return titles.contains(word);
    }

    /** A title whose bearer is named by the family name alone. */
    boolean isOffice(String word) {
        return offices.contains(word);
    }

    /** A title that is a name as often. */
    boolean isSoft(String word) {
        return soft.contains(word);
    }

    boolean isParticle(String word) {
        return particles.contains(word);
    }

    /** Stands between a name and the name of the father. */
    boolean isFather(String word) {
        return father.contains(word);
    }

    boolean isSmall(String word) {
        return small.contains(word);
    }

    /** Tells which branch of an organisation is meant. */
    boolean isWide(String word) {
        return wide.contains(word);
    }

    /** The number of the meaning that the word has in names of companies, -1 when it has none. */
    int business(String word) {
        Integer meaning = business.get(word);
        if (meaning == null && word.length() >= 5 && word.charAt(0) >= 0x400) meaning = business.get(bare(word));
        return meaning == null ? -1 : meaning;
    }

    /** Without the article (Arabic) or the ending that turns with case and gender (Cyrillic). */
    private static String bare(String word) {
        for (String article : ARTICLES) {
            if (word.length() >= article.length() + 3 && word.startsWith(article))
                return word.substring(article.length());
        }
        return word.length() >= STEM_MIN && word.charAt(0) < 0x530 ? word.substring(0, word.length() - 2) : word;
    }

    /** Whether the word stands before the name of a vessel and is none. */
    boolean isVesselSort(String word) {
        return vesselSorts.contains(word);
    }

    /** Whether the word parts two names of one bearer. */
    boolean isAlias(String word) {
        return aliases.contains(word);
    }

    /** A long legal form with one slip of the pen; null for none. */
    @Nullable
    LegalForm misspelt(String word) {
        if (word.length() < LONG_FORM) return null;
        for (String form : longForms) {
            if (oneSlip(word, form)) return forms.get(form);
        }
        return null;
    }

    /** Whether one letter is too many, missing or wrong, or two have changed places. */
    private static boolean oneSlip(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 1) return false;
        int start = 0;
        int least = Math.min(a.length(), b.length());
        while (start < least && a.charAt(start) == b.charAt(start)) start++;
        int end = 0;
        while (end < least - start && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) end++;
        int restA = a.length() - start - end;
        int restB = b.length() - start - end;
        if (Math.max(restA, restB) <= 1) return true;
        return restA == 2
                && restB == 2
                && a.charAt(start) == b.charAt(start + 1)
                && a.charAt(start + 1) == b.charAt(start);
    }

    /** Of tens before a digit in words, one letter too many or missing is a slip: "fivty-two"; -1 for none. */
    int misspeltTens(String word) {
        if (word.length() < 5 || !word.endsWith("ty")) return -1;
        for (int i = 0; i < TENS.length; i++) if (oneSlip(word, TENS[i])) return 10 * (i + 2);
        return -1;
    }

    /** The groups of given names that the word belongs to, in order; null when it belongs to none. */
    int @Nullable [] givenNames(String word) {
        return givenNames.get(word);
    }

    /** Whether the word is a given name known to end in ya (علي), so that an alef maksura there is ya spelt otherwise. */
    boolean isSpokenWithYa(String word) {
        return spokenWithYa.contains(word);
    }

    /** Alpha-2 code of the country that the word or words name. */
    @Nullable
    String country(String words) {
        return countries.get(words);
    }

    /** The number that the word says: a cardinal, an ordinal or a Roman numeral of at least two letters; -1 for none. */
    int number(String word) {
        Integer known = numbers.get(word);
        if (known != null) return known;
        int digits = 0;
        while (digits < word.length() && word.charAt(digits) >= '0' && word.charAt(digits) <= '9') digits++;
        if (digits == 0 || digits > 9) return -1;
        String rest = word.substring(digits);
        return rest.isEmpty() || rest.equals("st") || rest.equals("nd") || rest.equals("rd") || rest.equals("th")
                ? Integer.parseInt(word.substring(0, digits))
                : -1;
    }

    /** The legal form that the words from a place on are, the longest first. */
    @Nullable
    Form formAt(List<Folding.Word> words, int at) {
        int most = Math.min(FORM_WORDS_MAX, words.size() - at);
        for (int count = most; count >= 1; count--) {
            StringBuilder phrase = new StringBuilder();
            for (int i = at; i < at + count; i++) {
                if (i > at) phrase.append(' ');
                phrase.append(words.get(i).text());
            }
            LegalForm form = forms.get(phrase.toString());
            if (form != null) return new Form(form, count);
        }
        return null;
    }

    /** A legal form and how many words say it. */
    record Form(LegalForm form, int words) {}

    private void words() {
        String section = "";
        int meaning = 0;
        for (String line : lines("words.txt")) {
            if (line.startsWith("[")) {
                section = line;
                continue;
            }
            List<String> folded = folded(line);
            switch (section) {
                case "[titles]" -> titles.addAll(folded);
                case "[offices]" -> offices.addAll(folded);
                case "[soft]" -> soft.addAll(folded);
                case "[particles]" -> particles.addAll(folded);
                case "[father]" -> father.addAll(folded);
                case "[wide]" -> wide.addAll(folded);
                case "[small]" -> small.addAll(folded);
                case "[vessels]" -> vesselSorts.addAll(folded);
                case "[aliases]" -> aliases.addAll(folded);
                case "[business]" -> {
                    for (String word : folded) {
                        business.put(word, meaning);
                        if (word.charAt(0) >= 0x400) business.putIfAbsent(bare(word), meaning);
                    }
                    meaning++;
                }
                default -> throw new IllegalStateException("words.txt: a word before any section");
            }
        }
    }

    private void legalForms() {
        for (String line : lines("legal-forms.txt")) {
            int colon = line.indexOf(':');
            LegalForm form = LegalForm.valueOf(line.substring(0, colon));
            for (String phrase : line.substring(colon + 1).split(";")) {
                String folded = String.join(" ", folded(phrase));
                if (folded.isEmpty()) continue;
                forms.putIfAbsent(folded, form);
                if (folded.length() >= LONG_FORM && folded.indexOf(' ') < 0) longForms.add(folded);
            }
        }
    }

    private void nicknames() {
        int group = 0;
        for (String line : lines("nicknames.txt")) {
            for (String word : new HashSet<>(folded(line))) {
                int[] known = givenNames.get(word);
                int[] groups = known == null ? new int[1] : java.util.Arrays.copyOf(known, known.length + 1);
                groups[groups.length - 1] = group;
                givenNames.put(word, groups);
                if (word.endsWith("ي") && List.of(line.split(" ")).contains(word)) spokenWithYa.add(word);
            }
            group++;
        }
    }

    private void countries() {
        for (String language : COUNTRY_LANGUAGES) {
            Locale locale = Locale.forLanguageTag(language);
            for (String code : Locale.getISOCountries()) {
                String name = String.join(
                        " ", folded(new Locale.Builder().setRegion(code).build().getDisplayCountry(locale)));
                if (!name.isEmpty()) countries.putIfAbsent(name, code);
            }
        }
        String[] more = {
            "usa US", "america US", "uk GB", "britain GB", "england GB", "schweiz CH", "suisse CH", "holland NL",
                    "nederland NL",
            "norge NO", "sverige SE", "danmark DK", "hellas GR", "turkey TR", "turkiye TR", "deutschland DE",
                    "espana ES", "brasil BR",
            "mexico MX", "uae AE", "emirates AE", "korea KR", "dprk KP", "iran IR", "syria SY", "russia RU", "maroc MA",
            "rossiya RU"
        };
        for (String pair : more) {
            int blank = pair.indexOf(' ');
            countries.put(pair.substring(0, blank), pair.substring(blank + 1));
        }
        // Given names and words as often as countries.
        for (String name : List.of("georgia", "jordan", "chad", "mali", "cuba", "israel")) {
            if (!name.equals("cuba") && !name.equals("mali")) countries.remove(name);
        }
    }

    private void numbers() {
        String[] cardinals =
                "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
                        .split(" ");
        for (int i = 0; i < cardinals.length; i++) numbers.put(cardinals[i], i);
        for (int i = 0; i < TENS.length; i++) numbers.put(TENS[i], 10 * (i + 2));
        String[] ordinals =
                "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(" ");
        for (int i = 0; i < ordinals.length; i++) numbers.put(ordinals[i], i + 1);
        String[] roman = "ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx".split(" ");
        int[] values = {2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20};
        for (int i = 0; i < roman.length; i++) numbers.put(roman[i], values[i]);
    }

    private static List<String> folded(String text) {
        List<String> words = new ArrayList<>();
        // One at a time: folding bounds the length of a name, and a line is longer.
        for (String part : text.strip().split("\\s+")) {
            for (Folding.Word word : Folding.words(part)) words.add(word.text());
        }
        return words;
    }

    private static List<String> lines(String resource) {
        List<String> lines = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Lexicon.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) lines.add(line.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
