package org.sharaka.matching;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From a name as written to words in folded letters: no case, no diacritics, no vowel points, no invisible characters, one form of each
 * letter. Work is bounded by {@link #LENGTH_MAX} whatever the input. Thread-safe.
 */
final class Folding {
    /** Characters of a name that are looked at; what follows is left out. */
    static final int LENGTH_MAX = 256;

    /** Words of a name that are looked at. */
    static final int WORDS_MAX = 16;

    private static final int WORD_LENGTH_MAX = 40;
    private static final Normalizer2 NFKD = Normalizer2.getNFKDInstance();

    /** Slow (tens of microseconds) and for the scripts without a table of their own only. */
    private static final Transliterator TO_LATIN = Transliterator.getInstance("Any-Latin; Latin-ASCII; Lower");

    private static final Transliterator TO_SIMPLIFIED = Transliterator.getInstance("Traditional-Simplified");

    private static final Map<String, String> GREEK = pairs(
            "αα βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo",
            "ου=ou μπ=b γγ=ng γκ=g τσ=ts τζ=tz ευ=ev αυ=av αι=e ει=i οι=i ντ=nt");

    private static final Map<Integer, String> LETTERS = letters();

    private Folding() {}

    /**
     * One word of a name.
     *
     * @param text folded, in its own script
     * @param script of its first letter
     * @param capitals written in capitals throughout
     * @param comma whether a comma follows
     * @param glued whether a hyphen, a dot or a change of case, no blank, stood before it
     * @param maksura whether the ya that ends it was written as alef maksura, which may be spoken a
     */
    record Word(String text, Script script, boolean capitals, boolean comma, boolean glued, boolean maksura) {}

    static List<Word> words(String raw) {
        String name = bounded(raw);
        List<Word> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        Script script = Script.LATIN;
        boolean capitals = true;
        boolean lower = false;
        boolean glued = false;
        boolean glue = false;
        boolean maksura = false;
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            int type = Character.getType(c);
            if (type == Character.FORMAT || (type == Character.CONTROL && c != '\t' && c != '\n' && c != '\r'))
                continue;
            boolean mark = type == Character.NON_SPACING_MARK
                    || type == Character.COMBINING_SPACING_MARK
                    || type == Character.ENCLOSING_MARK;
            if (mark) {
                if (script == Script.OTHER && !word.isEmpty()) word.appendCodePoint(c);
                continue;
            }
            if (isApostrophe(c)) continue;
            boolean number = Character.isDigit(c);
            if (number || Character.isLetter(c) || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER) {
                boolean upper = Character.isUpperCase(c);
                Script here =
                        number ? (word.isEmpty() ? Script.LATIN : script) : greek(c) ? Script.LATIN : Script.of(c);
                boolean change = !word.isEmpty()
                        && ((upper && lower && startsWord(name, i))
                                || (!number && here != script && !mixed(script, here)));
                if (change) {
                    add(words, word, script, capitals, false, glued, maksura);
                    glue = true;
                }
                if (word.isEmpty()) {
                    glued = glue && !words.isEmpty();
                    script = here;
                    capitals = true;
                }
                capitals &= upper || !Character.isLowerCase(c);
                lower = Character.isLowerCase(c);
                maksura = c == Script.ALEF_MAKSURA;
                append(word, number ? '0' + Character.digit(c, 10) : c, script);
                continue;
            }
            boolean had = !word.isEmpty();
            add(words, word, script, capitals, c == ',' || c == '،', glued, maksura);
            glue = had
                    ? c == '-' || c == '.' || c == 0x2010 || c == 0x2011 || c == 0xB7 || c == 0x30FB
                    : glue && c != ' ';
            lower = false;
            String symbol = symbol(c);
            if (symbol != null) {
                words.add(new Word(symbol, Script.LATIN, false, false, false, false));
                glue = false;
            } else if (!had && c == ',' && !words.isEmpty()) {
                Word last = words.remove(words.size() - 1);
                words.add(new Word(last.text, last.script, last.capitals, true, last.glued, last.maksura));
            }
            if (words.size() >= 2 * WORDS_MAX) return words;
        }
        add(words, word, script, capitals, false, glued, maksura);
        return words;
    }

    /** Latin letters of a word in a script that has no table of learned variants; empty when ICU knows none. */
    static String latin(String word) {
        String latin = TO_LATIN.transliterate(word);
        // ICU writes the Armenian kh as x.
        if (word.charAt(0) >= 0x530 && word.charAt(0) < 0x590) latin = latin.replace("x", "kh");
        StringBuilder letters = new StringBuilder(latin.length());
        for (int i = 0; i < latin.length() && letters.length() < WORD_LENGTH_MAX; i++) {
            char c = latin.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters.append(c);
        }
        return letters.isEmpty() ? byLetterNames(word) : letters.toString();
    }

    /** Scripts that ICU cannot read, such as Khmer: the letters' own names tell their sounds, an inherent vowel at an end left out. */
    private static String byLetterNames(String word) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < word.length() && out.length() < WORD_LENGTH_MAX; ) {
            int c = word.codePointAt(i);
            i += Character.charCount(c);
            String sound = sound(c, " LETTER ");
            if (sound.isEmpty()) {
                out.append(sound(c, " VOWEL SIGN "));
                continue;
            }
            boolean bare = i >= word.length();
            for (int j = i; j < word.length() && !bare; j++) {
                if (!sound(word.charAt(j), " LETTER ").isEmpty()) break;
                bare = !sound(word.charAt(j), " VOWEL SIGN ").isEmpty();
            }
            int end = sound.length();
            while (bare && end > 1 && "aeiou".indexOf(sound.charAt(end - 1)) >= 0) end--;
            out.append(sound, 0, end);
        }
        return out.toString();
    }

    private static String sound(int c, String sort) {
        String name = UCharacter.getName(c);
        if (name == null || !name.contains(sort)) return "";
        String sound = name.substring(name.lastIndexOf(' ') + 1).toLowerCase(java.util.Locale.ROOT);
        return sound.chars().allMatch(letter -> letter >= 'a' && letter <= 'z') ? sound : "";
    }

    /** Whether the word is written in Chinese characters. */
    static boolean isHan(String word) {
        return word.codePoints().allMatch(Character::isIdeographic);
    }

    /** Whether the word is written in the letters that Japanese keeps for foreign words. */
    static boolean isKatakana(String word) {
        return word.codePoints()
                .allMatch(c -> c == 0x30FC
                        || c == 0x3099
                        || c == 0x309A
                        || Character.UnicodeScript.of(c) == Character.UnicodeScript.KATAKANA);
    }

    private static String bounded(String raw) {
        String start = raw.length() > LENGTH_MAX ? raw.substring(0, LENGTH_MAX) : raw;
        for (int i = 0; i < start.length(); i++) {
            if (start.charAt(i) >= 0x80) return NFKD.normalize(start);
        }
        return start;
    }

    private static boolean greek(int c) {
        return (c >= 0x370 && c < 0x400) || (c >= 0x1F00 && c < 0x2000);
    }

    private static boolean mixed(Script a, Script b) {
        return a == Script.OTHER && b == Script.OTHER;
    }

    /** A capital within a word begins a new one when a small letter follows (AlisherUsmanov) or it is all that follows (SiemensAG). */
    private static boolean startsWord(String name, int next) {
        return next < name.length() && Character.isLetter(name.codePointAt(next));
    }

    private static void add(
            List<Word> words,
            StringBuilder word,
            Script script,
            boolean capitals,
            boolean comma,
            boolean glued,
            boolean maksura) {
        if (word.isEmpty()) return;
        String text = word.toString();
        word.setLength(0);
        if (script == Script.LATIN) text = greekDigraphs(text);
        else if (script == Script.OTHER && Character.isIdeographic(text.codePointAt(0)))
            text = TO_SIMPLIFIED.transliterate(text);
        words.add(new Word(text, script, capitals, comma, glued, maksura));
    }

    private static void append(StringBuilder word, int c, Script script) {
        if (word.length() >= WORD_LENGTH_MAX) return;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            word.append((char) c);
            return;
        }
        if (c >= 'A' && c <= 'Z') {
            word.append((char) (c + 32));
            return;
        }
        int lower = UCharacter.toLowerCase(c);
        String folded = LETTERS.get(lower);
        if (folded != null) word.append(folded);
        else if (script == Script.OTHER) word.appendCodePoint(lower);
        else if (script == Script.LATIN || script.code((char) lower) >= 0) {
            if (script != Script.LATIN) word.appendCodePoint(lower);
            else if (lower >= 'a' && lower <= 'z') word.append((char) lower);
            else word.append(latin(Character.toString(lower)));
        }
    }

    private static boolean isApostrophe(int c) {
        return c == '\''
                || c == '`'
                || c == 0x2019
                || c == 0x2018
                || c == 0x201B
                || c == 0x02BC
                || c == 0x02BB
                || c == 0x02BE
                || c == 0x02BF
                || c == 0xB4
                || c == 0x2032
                || c == 0x05F3
                || c == 0x02B9
                || c == 0x02C8
                || c == 0x0301
                || c == 0x640;
    }

    private static @org.jspecify.annotations.Nullable String symbol(int c) {
        return switch (c) {
            case '&' -> "and";
            case '%' -> "percent";
            default -> null;
        };
    }

    /** Two Greek letters that sound as one; single letters were folded before. */
    private static String greekDigraphs(String text) {
        if (text.indexOf('\u03B1') < 0 && !hasGreek(text)) return text;
        StringBuilder out = new StringBuilder(text.length() + 4);
        for (int i = 0; i < text.length(); i++) {
            String two = i + 1 < text.length() ? GREEK.get(text.substring(i, i + 2)) : null;
            if (two != null) {
                out.append(two);
                i++;
            } else {
                String one = GREEK.get(text.substring(i, i + 1));
                out.append(one == null ? text.substring(i, i + 1) : one);
            }
        }
        return out.toString();
    }

    private static boolean hasGreek(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) > 0x7F) return true;
        return false;
    }

    private static Map<String, String> pairs(String single, String two) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : single.split(" ")) pairs.put(pair.substring(0, 1), pair.substring(1));
        pairs.put("α", "a");
        for (String pair : two.split(" ")) pairs.put(pair.substring(0, 2), pair.substring(3));
        return Map.copyOf(pairs);
    }

    private static Map<Integer, String> letters() {
        Map<Integer, String> letters = new HashMap<>();
        // Latin letters that do not decompose.
        put(letters, "ßss æae œoe øo đd łl þth ðd ıi əa ŋn ħh ŧt ƙk ɓb ɗd ɛe ɔo ƴy ʼ ʻ ɣg ʒz ĸk ſs ȷj ɨi ʉu ƶz ꞌ");
        for (String pair : GREEK.keySet()) if (pair.length() == 1) letters.put((int) pair.charAt(0), pair);
        // Arabic: one alef, one ya, one ha; letters of Persian, Urdu, Pashto, Kurdish, Uyghur and Sindhi on the
        // nearest.
        put(
                letters,
                "أا إا آا ٱا ءا ؤو ئي ىي یي ېي ێي ےي ۓي ۍي يي ةه ہه ھه ەه ۀه ۂه ۃه ۆو ۇو ۈو ۋو ۅو ۉو ڤف کك ڪك ڭگ ڬگ ټت ٹت ٿت ډد ڈد ڊد");
        put(letters, "ړر ڑر ڕر ڒر ښش ڼن ںن ڻن ځز څس ڵل ٺت ٻب ڀب ڄج ڃج ڇچ ڌد ڏد ڦپ ڳگ ڱن ۏو");
        letters.put((int) 'ء', "");
        // Hebrew finals.
        put(letters, "ךכ םמ ןנ ףפ ץצ");
        // Cyrillic: what remains after decomposition, and letters of other languages on the nearest.
        put(letters, "ёе йи їі ѓг ќк ӯу ӣи өо үу ұу ҳх ҷч ҡк ҥн ҙз ҫс ӡз ҟк ѳф ѣе ѵи ҝк ҽч ӏ ѕз");
        return Map.copyOf(letters);
    }

    private static void put(Map<Integer, String> letters, String pairs) {
        for (String pair : pairs.split(" ")) {
            int c = pair.codePointAt(0);
            letters.put(c, pair.substring(Character.charCount(c)));
        }
    }
}
