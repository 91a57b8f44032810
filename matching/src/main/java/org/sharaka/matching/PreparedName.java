package org.sharaka.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.Folding.Word;
import org.sharaka.matching.Token.Role;

/**
 * A name, read once so that it can be compared often: words in folded letters, each with what it is; titles, particles and legal forms
 * taken out; compound names put together. Immutable.
 */
public final class PreparedName {
    private static final Pattern SERVANT = Pattern.compile("abd[aeiou](?:l|([b-df-hj-np-tv-z])(?=\\1))(.{3,})");
    private static final Pattern SERVANT_ALONE =
            Pattern.compile("abd|abd[aeiou]l|abd[aeiou]|abd[aeiou][b-df-hj-np-tv-z]");
    private static final Pattern OF_FAITH = Pattern.compile("(.{3,}?)(?:[aeiou][ld])?-?d(?:i|ee|ie|y|ii)n(?:e)?");
    private static final Pattern FAITH = Pattern.compile("(?:[aeiou]?[ld])?d(?:i|ee|ie|y|ii)ne?");
    private static final Pattern GOD = Pattern.compile("(?:[uoa]l?)?l[ae]h|allah|ullah|ollah|ulla");
    private static final Set<String> KUNYA =
            Set.of("abu", "abou", "abo", "aboo", "abi", "abul", "aboul", "ابو", "ابي", "абу");
    private static final Set<String> ARTICLE =
            Set.of("al", "el", "ul", "ur", "us", "ud", "ad", "as", "ar", "az", "an", "at", "ash");

    private static final PreparedName[] NO_NAMES = {};
    /** Names that one text gives beside each other; what follows is left out. */
    private static final int WORDS_PARTED = 4;
    /** Letters of an organisation's name from which on it stands for itself beside another. */
    private static final int ACRONYM_MIN = 3;

    private final String raw;
    private final Schema.Kind kind;
    final Token[] tokens;
    /** Bits of {@link Lexicon.LegalForm}. */
    final int legalForms;
    /** Whether a title was left out: who has a title is named by the family name alone. */
    final boolean titled;
    /** First letters of all words of an organisation, small ones left out. */
    final String initials;

    /** Orders names, so that two are compared the same way round whoever asks; equal for equal words. */
    final long order;
    /** Whether it reads as a Chinese name in Latin letters. */
    final boolean chinese;
    /** Names that the text gives one beside the other ("A/B", "A alias B"); empty when it gives one. */
    final PreparedName[] alternatives;

    private final @Nullable NameProblem problem;
    private volatile Token @Nullable [] pairs;
    private volatile @Nullable Token whole;

    PreparedName(
            String raw,
            Schema.Kind kind,
            Token[] tokens,
            int legalForms,
            boolean titled,
            String initials,
            PreparedName[] alternatives,
            @Nullable NameProblem problem) {
        this.raw = raw;
        this.kind = kind;
        this.tokens = tokens;
        this.legalForms = legalForms;
        this.titled = titled;
        this.initials = initials;
        this.alternatives = alternatives;
        this.problem = problem;
        chinese = chinese(kind, tokens);
        long hash = tokens.length;
        for (Token token : tokens) hash = hash * 1_000_003 + token.text.hashCode();
        order = hash;
    }

    /** Reads a name of such a thing. Any text gives a name, perhaps one that nothing matches: see {@link #problem}. */
    public static PreparedName of(Schema schema, String raw) {
        List<Word> words = Folding.words(raw);
        if (words.isEmpty()) {
            return new PreparedName(
                    raw,
                    Schema.Kind.PERSON,
                    new Token[0],
                    0,
                    false,
                    "",
                    NO_NAMES,
                    raw.isBlank() ? NameProblem.EMPTY : NameProblem.NO_LETTERS);
        }
        boolean tooLong = raw.length() > Folding.LENGTH_MAX || words.size() > Folding.WORDS_MAX;
        if (words.size() > Folding.WORDS_MAX) words = words.subList(0, Folding.WORDS_MAX);
        NameProblem problem = tooLong ? NameProblem.TOO_LONG : null;
        if (words.size() == 1
                && words.get(0).text().codePointCount(0, words.get(0).text().length()) == 1
                && words.get(0).script() != Script.OTHER) {
            problem = NameProblem.ONE_LETTER;
        }
        Schema.Kind kind = schema.kind();
        if (kind == Schema.Kind.EITHER)
            kind = soundsLikeOrganisation(words) ? Schema.Kind.ORGANISATION : Schema.Kind.PERSON;
        return read(raw, kind, words, alternatives(raw, kind, words), problem);
    }

    private static PreparedName read(
            String raw,
            Schema.Kind kind,
            List<Word> words,
            PreparedName[] alternatives,
            @Nullable NameProblem problem) {
        Reader reader = new Reader(kind);
        if (kind == Schema.Kind.PERSON) reader.person(words);
        else reader.organisation(words);
        return new PreparedName(
                raw,
                kind,
                reader.tokens.toArray(Token[]::new),
                reader.legalForms,
                reader.titled,
                reader.initials.toString(),
                alternatives,
                problem);
    }

    /** "A/B" and "A alias B" are two names; "M/V A", "A/S" and "s/o A" are one. */
    private static PreparedName[] alternatives(String raw, Schema.Kind kind, List<Word> words) {
        List<List<Word>> parts = new ArrayList<>();
        if (raw.indexOf('/') >= 0) {
            for (String part :
                    raw.substring(0, Math.min(raw.length(), Folding.LENGTH_MAX)).split("/", WORDS_PARTED))
                parts.add(Folding.words(part));
        } else {
            int from = 0;
            for (int i = 1; i + 1 < words.size(); i++) {
                if (!Lexicon.bundled().isAlias(words.get(i).text())) continue;
                parts.add(words.subList(from, i));
                from = i + 1;
            }
            if (from > 0) parts.add(words.subList(from, words.size()));
        }
        if (parts.isEmpty() && kind == Schema.Kind.ORGANISATION) acronymBehind(raw, parts);
        if (parts.size() < 2) return NO_NAMES;
        PreparedName[] names = new PreparedName[parts.size()];
        for (int i = 0; i < names.length; i++) {
            List<Word> part = parts.get(i);
            int letters = 0;
            for (Word word : part) letters += word.text().length();
            boolean whole = kind == Schema.Kind.PERSON ? part.size() >= 2 : letters >= ACRONYM_MIN;
            if (!whole || part.size() > Folding.WORDS_MAX) return NO_NAMES;
            names[i] = read(raw, kind, part, NO_NAMES, null);
        }
        return names;
    }

    /** "Lagoon Harbour Lines (LHL)" */
    private static void acronymBehind(String raw, List<List<Word>> parts) {
        int open = raw.length() <= Folding.LENGTH_MAX ? raw.lastIndexOf('(') : -1;
        if (open < ACRONYM_MIN || raw.indexOf(')', open) < 0) return;
        List<Word> before = Folding.words(raw.substring(0, open));
        List<Word> within = Folding.words(raw.substring(open));
        if (within.size() != 1 || within.get(0).text().length() < ACRONYM_MIN) return;
        StringBuilder initials = new StringBuilder();
        for (Word word : before) {
            if (!Lexicon.bundled().isSmall(word.text()))
                initials.append(word.text().charAt(0));
        }
        if (!initials.toString().equals(within.get(0).text())) return;
        parts.add(before);
        parts.add(within);
    }

    private static boolean chinese(Schema.Kind kind, Token[] tokens) {
        if (kind != Schema.Kind.PERSON || tokens.length < 2 || tokens.length > 4) return false;
        if (!Mandarin.isFamily(tokens[0].text) && !Mandarin.isFamily(tokens[tokens.length - 1].text)) return false;
        int syllables = 0;
        for (Token token : tokens) {
            Mandarin.Reading reading =
                    token.role == Role.NAME && token.script == Script.LATIN ? Mandarin.reading(token.text) : null;
            if (reading == null) return false;
            syllables += reading.syllables();
        }
        return syllables <= 4;
    }

    /** The name as it was given. */
    public String raw() {
        return raw;
    }

    /** The name in folded letters, one blank between words; the same for its own result. */
    public static String normalised(String raw) {
        StringBuilder out = new StringBuilder();
        for (Word word : Folding.words(raw)) {
            if (!out.isEmpty()) out.append(' ');
            out.append(word.text());
        }
        return out.toString();
    }

    /** What is wrong with the name; empty when nothing is. */
    public Optional<NameProblem> problem() {
        return Optional.ofNullable(problem);
    }

    boolean isPerson() {
        return kind == Schema.Kind.PERSON;
    }

    boolean isOrganisation() {
        return kind == Schema.Kind.ORGANISATION;
    }

    Schema.Kind kind() {
        return kind;
    }

    /** Each word with the next as one. */
    Token[] pairs() {
        Token[] known = pairs;
        if (known == null) {
            known = new Token[Math.max(0, tokens.length - 1)];
            for (int i = 0; i < known.length; i++) known[i] = Token.joined(tokens[i], tokens[i + 1]);
            pairs = known;
        }
        return known;
    }

    /** All words as one. */
    Token whole() {
        Token known = whole;
        if (known == null) {
            StringBuilder text = new StringBuilder();
            boolean mixed = false;
            for (Token token : tokens) {
                text.append(token.text);
                mixed |= token.script != tokens[0].script;
            }
            Script script = tokens.length == 0 || mixed ? Script.OTHER : tokens[0].script;
            boolean maksura = tokens.length > 0 && !mixed && tokens[tokens.length - 1].maksura;
            known = Token.name(text.toString(), script).withMaksura(maksura);
            whole = known;
        }
        return known;
    }

    private static boolean soundsLikeOrganisation(List<Word> words) {
        Lexicon lexicon = Lexicon.bundled();
        for (int i = 0; i < words.size(); i++) {
            Lexicon.Form form = i == 0 ? null : lexicon.formAt(words, i);
            if ((form != null && form.words() == words.size() - i)
                    || lexicon.business(words.get(i).text()) >= 0) return true;
        }
        return false;
    }

    /** Puts words into their roles. */
    private static final class Reader {
        private static final String LOOKALIKE_DIGITS = "oizeasgtbg";

        private final Lexicon lexicon = Lexicon.bundled();
        private final Schema.Kind kind;
        private final List<Token> tokens = new ArrayList<>();
        private final StringBuilder initials = new StringBuilder();
        private final StringBuilder particles = new StringBuilder();
        private int legalForms;
        private boolean titled;

        Reader(Schema.Kind kind) {
            this.kind = kind;
        }

        void person(List<Word> given) {
            List<Word> words = familyLast(given);
            boolean article = false;
            boolean father = false;
            // In "A. D. Miller" a capital is an initial, in "GARCIA Y LOPEZ" it may be a particle.
            boolean mixedCase = false;
            for (Word word : words) mixedCase |= word.text().length() > 1 && !word.capitals();
            for (int i = 0; i < words.size(); i++) {
                Word word = words.get(i);
                String text = word.text();
                Word next = i + 1 < words.size() ? words.get(i + 1) : null;
                // abd al-Qadir, Abdul Qadir, عبد القادر
                if (next != null && (isServantAlone(text) || text.equals("عبد") || text.equals("עבד"))) {
                    boolean between = i + 2 < words.size() && ARTICLE.contains(next.text());
                    Word last = between ? words.get(i + 2) : next;
                    String rest = last.text();
                    if (word.script() == Script.ARABIC)
                        put(
                                text + (rest.startsWith("ال") ? "" : "ال") + rest,
                                word.script(),
                                last.maksura(),
                                article,
                                father);
                    else put("abdul" + withoutServantArticle(rest), last.script(), false, article, father);
                    i += between ? 2 : 1;
                    article = false;
                    father = false;
                    continue;
                }
                if (next != null && KUNYA.contains(text)) {
                    boolean between = i + 2 < words.size() && ARTICLE.contains(next.text());
                    Word last = between ? words.get(i + 2) : next;
                    String bare = last.script() == Script.ARABIC ? withoutArticle(last.text()) : last.text();
                    put(
                            (last.script() == Script.ARABIC ? "ابو" : last.script() == Script.CYRILLIC ? "абу" : "abu")
                                    + bare,
                            last.script(),
                            last.maksura(),
                            article,
                            father);
                    i += between ? 2 : 1;
                    article = false;
                    father = false;
                    continue;
                }
                // Amin Ullah, امين الله: God's name ends the one before.
                if (!tokens.isEmpty() && (text.equals("الله") || text.equals("اله") || isGod(text))) {
                    Token before = tokens.remove(tokens.size() - 1);
                    String end = word.script() == Script.ARABIC ? "الله" : "ullah";
                    put(before.text + end, before.script, false, before.article, before.father);
                    continue;
                }
                // Saif al-Din, Saif-ud-Din, سيف الدين
                if (!tokens.isEmpty() && text.equals("الدين")) {
                    Token before = tokens.remove(tokens.size() - 1);
                    put(before.text + "الدين", before.script, false, before.article, before.father);
                    continue;
                }
                if (!tokens.isEmpty() && word.script() == Script.LATIN) {
                    boolean between = next != null && ARTICLE.contains(text) && isFaith(next.text());
                    if (between || isFaith(text)) {
                        Token before = tokens.remove(tokens.size() - 1);
                        put(before.text + "uddin", before.script, false, before.article, before.father);
                        if (between) i++;
                        continue;
                    }
                }
                boolean alone = words.size() == 1;
                if (!alone && lexicon.isFather(text) && (i > 0 || !text.equals("ben")) && next != null) {
                    father = !tokens.isEmpty();
                    continue;
                }
                if (!alone
                        && lexicon.isParticle(text)
                        && !(text.length() == 1 && word.capitals() && mixedCase)
                        && !(i == 0 && text.length() == 1)
                        && (i > 0 || (next != null && !text.equals("ben")))) {
                    article |= ARTICLE.contains(text);
                    if (word.script() == Script.LATIN) particles.append(text);
                    continue;
                }
                if (!alone && lexicon.isTitle(text) && !lexicon.isSoft(text) && !(next == null && tokens.isEmpty())) {
                    titled |= lexicon.isOffice(text);
                    continue;
                }
                if (!alone && (text.equals("jr") || text.equals("junior") || text.equals("ii") || text.equals("iii")))
                    continue;
                int before = tokens.size();
                put(text, word.script(), word.maksura(), article, father);
                if (tokens.size() == before + 1) {
                    Token token = tokens.get(before);
                    if (!particles.isEmpty()) tokens.set(before, token.after(particles.toString()));
                    boolean dotted = word.glued() || (next != null && next.glued());
                    boolean sounded = word.script() == Script.OTHER
                            && (Folding.isKatakana(text) || (dotted && Folding.isHan(text)));
                    if (sounded) tokens.set(before, token.asSounded());
                }
                particles.setLength(0);
                article = false;
                father = false;
            }
            if (tokens.isEmpty()) {
                for (Word word : words) put(word.text(), word.script(), word.maksura(), false, false);
            }
        }

        // A pattern costs more than all else that is done to a word, and hardly a word comes so far.
        private static boolean isServantAlone(String text) {
            return text.startsWith("abd") && SERVANT_ALONE.matcher(text).matches();
        }

        private static boolean isGod(String text) {
            return text.length() <= 5
                    && text.indexOf('l') >= 0
                    && GOD.matcher(text).matches();
        }

        private static boolean isFaith(String text) {
            return text.length() <= 7
                    && (text.endsWith("n") || text.endsWith("ne"))
                    && FAITH.matcher(text).matches();
        }

        /** "FAMILY, Given" is "Given FAMILY". */
        private static List<Word> familyLast(List<Word> words) {
            for (int i = 0; i + 1 < words.size(); i++) {
                if (!words.get(i).comma()) continue;
                List<Word> turned = new ArrayList<>(words.subList(i + 1, words.size()));
                turned.addAll(words.subList(0, i + 1));
                return turned;
            }
            return words;
        }

        private void put(String text, Script script, boolean maksura, boolean article, boolean father) {
            String word = text;
            boolean withArticle = article;
            if (script == Script.ARABIC) {
                String bare = withoutArticle(word);
                withArticle |= bare.length() != word.length();
                word = bare;
            } else if (script == Script.LATIN) {
                word = compound(undisguised(word));
                if (kind == Schema.Kind.PERSON && initials(word)) {
                    for (int i = 0; i < word.length(); i++) {
                        tokens.add(Token.of(word.substring(i, i + 1), script, Role.INITIAL, -1, false, false));
                    }
                    return;
                }
            }
            Role role = word.length() == 1 && script != Script.OTHER
                    ? Role.INITIAL
                    : lexicon.isSoft(word) ? Role.SOFT : Role.NAME;
            tokens.add(Token.of(word, script, role, -1, withArticle, father).withMaksura(maksura));
        }

        /** Two or three consonants that nobody could say: initials. */
        private static boolean initials(String word) {
            if (word.length() != 2 || word.equals("md") || word.equals("ng") || word.equals("mc")) return false;
            for (int i = 0; i < word.length(); i++) {
                if ("aeiouy".indexOf(word.charAt(i)) >= 0 || word.charAt(i) < 'a') return false;
            }
            return true;
        }

        /** Digits among letters stand for the letters they look like: Ig0r. */
        private static String undisguised(String word) {
            int digits = 0;
            for (int i = 0; i < word.length(); i++) if (word.charAt(i) <= '9') digits++;
            if (digits == 0 || 2 * digits > word.length()) return word;
            StringBuilder letters = new StringBuilder(word);
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                if (c <= '9') letters.setCharAt(i, LOOKALIKE_DIGITS.charAt(c - '0'));
            }
            return letters.toString();
        }

        /** Abdel-, Abdur-, -eddine, -aldin in one form. */
        private static String compound(String word) {
            if (word.length() < 6) return word;
            if (word.startsWith("abd")) {
                java.util.regex.Matcher servant = SERVANT.matcher(word);
                if (servant.matches()) return "abdul" + servant.group(2);
            }
            if (word.lastIndexOf('d') >= 3 && (word.endsWith("n") || word.endsWith("ne"))) {
                java.util.regex.Matcher faith = OF_FAITH.matcher(word);
                if (faith.matches() && faith.end(1) < word.length() - 3) return faith.group(1) + "uddin";
            }
            return word;
        }

        private static String withoutServantArticle(String word) {
            return word;
        }

        private static String withoutArticle(String word) {
            return word.length() >= 5 && word.startsWith("ال") && !word.equals("الله") ? word.substring(2) : word;
        }

        void organisation(List<Word> words) {
            boolean organisation = kind == Schema.Kind.ORGANISATION;
            for (int i = 0; i < words.size(); i++) {
                Word word = words.get(i);
                String text = word.text();
                Lexicon.Form form = null;
                if (organisation && (i > 0 || words.size() > 1)) {
                    form = lexicon.formAt(words, i);
                    boolean allOfIt = form != null && form.words() == words.size();
                    boolean ordinary = form != null && form.words() == 1 && lexicon.isSmall(text);
                    if (form != null && !allOfIt && !ordinary && plausible(words, i, form)) {
                        legalForms |= form.form().bit();
                        i += form.words() - 1;
                        continue;
                    }
                }
                if (form == null && organisation && i > 0 && misspeltForm(words, i)) continue;
                if (organisation && lexicon.isSmall(text) && words.size() > 1) continue;
                // d'Athènes, l'Alimentation
                boolean elided = organisation && i + 1 < words.size() && !word.capitals() && text.length() == 1;
                if (elided && (text.equals("d") || text.equals("l"))) continue;
                initials.append(text.charAt(0));
                int number = number(text, i, words);
                if (number < 0 && i + 1 < words.size()) {
                    int digit = lexicon.number(words.get(i + 1).text());
                    if (digit > 0 && digit < 10) number = lexicon.misspeltTens(text);
                }
                if (number >= 0) {
                    int tens = i + 1 < words.size()
                            ? lexicon.number(words.get(i + 1).text())
                            : -1;
                    if (number >= 20 && number < 100 && number % 10 == 0 && tens > 0 && tens < 10) {
                        number += tens;
                        i++;
                    }
                    tokens.add(Token.of(Integer.toString(number), Script.LATIN, Role.NUMBER, number, false, false));
                    continue;
                }
                if (organisation) {
                    int meaning = lexicon.business(text);
                    if (meaning >= 0) {
                        tokens.add(Token.of(text, word.script(), Role.BUSINESS, meaning, false, false));
                        continue;
                    }
                    if (i > 0 && lexicon.isWide(text)) {
                        tokens.add(Token.of(text, word.script(), Role.SOFT, -1, false, false));
                        continue;
                    }
                    int length = place(words, i);
                    if (length > 0) {
                        i += length - 1;
                        continue;
                    }
                }
                boolean singleLetters = text.length() == 1
                        && i + 1 < words.size()
                        && words.get(i + 1).text().length() == 1;
                if (singleLetters) {
                    StringBuilder joined = new StringBuilder(text);
                    while (i + 1 < words.size()
                            && words.get(i + 1).text().length() == 1
                            && words.get(i + 1).script() == word.script()) {
                        joined.append(words.get(++i).text());
                    }
                    text = joined.toString();
                }
                boolean first = tokens.isEmpty() && i + 1 < words.size();
                if (kind == Schema.Kind.OBJECT && first && lexicon.isVesselSort(text)) continue;
                String bare = organisation && word.script() == Script.ARABIC ? withoutArticle(text) : text;
                tokens.add(Token.of(bare, word.script(), Role.NAME, -1, bare.length() != text.length(), false)
                        .withMaksura(word.maksura() && !singleLetters));
            }
            if (tokens.isEmpty()) {
                legalForms = 0;
                for (Word word : words)
                    tokens.add(Token.name(word.text(), word.script()).withMaksura(word.maksura()));
            }
        }

        private boolean misspeltForm(List<Word> words, int at) {
            Word word = words.get(at);
            if (at + 1 < words.size() && !onlyForms(words, at + 1)) return false;
            Lexicon.LegalForm form = word.script() == Script.LATIN ? lexicon.misspelt(word.text()) : null;
            if (form == null) return false;
            legalForms |= form.bit();
            return true;
        }

        /** One or two letters are a legal form only at an end of the name, or the name would lose its own letters. */
        private static boolean plausible(List<Word> words, int at, Lexicon.Form form) {
            boolean end = at + form.words() == words.size() || onlyForms(words, at + form.words());
            return end
                    || (at == 0 && words.get(0).text().length() > 2)
                    || (words.get(at).text().length() > 2 && form.words() > 1)
                    || words.get(at).text().length() > 3;
        }

        private static boolean onlyForms(List<Word> words, int from) {
            int at = from;
            while (at < words.size()) {
                Lexicon.Form form = Lexicon.bundled().formAt(words, at);
                if (form == null) return false;
                at += form.words();
            }
            return true;
        }

        private int number(String text, int at, List<Word> words) {
            int number = lexicon.number(text);
            if (number >= 0 || at == 0 || (kind == Schema.Kind.OBJECT && text.length() > 1)) return number;
            boolean counted = (kind == Schema.Kind.ORGANISATION
                            && lexicon.business(words.get(at - 1).text()) >= 0)
                    || (kind == Schema.Kind.OBJECT && at == words.size() - 1);
            if (!counted) return -1;
            return switch (text) {
                case "i" -> 1;
                case "v" -> 5;
                case "x" -> 10;
                default -> -1;
            };
        }

        /** A country of up to four words, put as one token; the number of words, 0 for none. */
        private int place(List<Word> words, int at) {
            for (int count = Math.min(4, words.size() - at); count >= 1; count--) {
                StringBuilder phrase = new StringBuilder();
                for (int i = at; i < at + count; i++)
                    phrase.append(i > at ? " " : "").append(words.get(i).text());
                String code = lexicon.country(phrase.toString());
                if (code == null) continue;
                int value = (code.charAt(0) << 8) + code.charAt(1);
                tokens.add(Token.of(
                        phrase.toString().replace(" ", ""), words.get(at).script(), Role.COUNTRY, value, false, false));
                return count;
            }
            return 0;
        }
    }

    @Override
    public String toString() {
        return raw;
    }
}
