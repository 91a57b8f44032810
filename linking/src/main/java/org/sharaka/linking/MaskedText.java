package org.sharaka.linking;

import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A text as linking reads it: letters folded (width, case, accents, Arabic forms, tatweel), links masked as §, numbers as #,
 * punctuation gone, cut into sentences.
 */
final class MaskedText {
    /** What lies behind is not read for repeated text. */
    private static final int LENGTH_MAX = 20_000;

    private static final int SENTENCE_LENGTH_MAX = 600;

    private static final Set<String> FIRST_PERSON =
            Set.copyOf(List.of(("je jai jetais javais jy jen me ma mon mes mont moi nous notre nos mappelle mavait"
                            + " i my me we our us myself im ive id mine"
                            + " yo mi mis mio mia conmigo nos nuestro nuestra llame hice recibi tengo envie"
                            + " انا لي مني بي معي عني عندي لدي حسابي بطاقتي بنكي اسمي عنواني هاتفي مالي اموالي والدتي والدي وصلتني وصلني كنت قمت"
                            + " ادخلت حولت اتصلت ارسلت توصلت خسرت لانني انني")
                    .split(" ")));
    private static final Set<String> SECOND_PERSON = Set.copyOf(List.of(("vous votre vos tu te ton ta tes toi tas"
                    + " you your yours youre u ur usted ustedes su sus ti tus tuyo reply click tap verify confirm submit stop please pague abone verifique responda pulse confirme actualice escribeme guarda انت انتم لكم لديكم عليكم بكم منكم المرجو يرجي راسلني راسليني سجله سجليه اضغط اضغطوا ادخلوا اجيبوا ادوا قوموا فعلوا"
                    + " dear cher chere estimado estimada estimados felicitations congratulations felicidades enhorabuena cliquez clic clique"
                    + " ديالك ليك لك لديك بطاقتك حسابك طردك مبروك عزيزي عزيزتي عيطو خلص دوي صيفط dyalek dyalk lik 3lik khelles khlles sifet sift mabrouk")
            .split(" ")));

    private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSE = Normalizer2.getNFDInstance();

    /**
     * @param text masked
     * @param words words, each ideograph or kana counting as half a word
     * @param letters letters
     * @param masks links and numbers
     * @param colon whether a colon ends it
     * @param quoted whether it stands in quotation marks
     */
    record Sentence(String text, int words, int letters, int masks, boolean colon, boolean quoted) {
        /** So long that two people do not write it by chance; measured as docs/adr/0003-linking.md tells. */
        boolean distinctive() {
            return words >= 10 && letters >= 50;
        }

        /** Told by the victim: of oneself, to nobody, and not in quotation marks. Strangers tell it in the same words. */
        boolean isStory() {
            return !quoted && !speaksToReader() && words(FIRST_PERSON);
        }

        /** So long, and spoken to the reader or quoted, that a sender wrote it. */
        boolean isMessage() {
            return words >= 16 && letters >= 80 && (quoted || speaksToReader());
        }

        private boolean speaksToReader() {
            for (String word : text.split(" ")) if (MaskedText.speaksToReader(word)) return true;
            return false;
        }

        private boolean words(Set<String> some) {
            for (String word : text.split(" ")) if (some.contains(word)) return true;
            return false;
        }

        /** Two sentences in a row tell as much as one long one; a greeting adds nothing. */
        boolean tellsWith(Sentence next) {
            return words >= 4 && next.words >= 4 && words + next.words >= 20;
        }

        Sentence then(Sentence next) {
            return new Sentence(
                    text + " | " + next.text,
                    words + next.words,
                    letters + next.letters,
                    masks + next.masks,
                    next.colon,
                    quoted && next.quoted);
        }

        /** The sender whom many messages name first: {@code Post: your parcel …}. */
        boolean namesSender() {
            return colon && words >= 1 && words <= 3;
        }

        int weight() {
            return letters + 40 * Math.min(masks, 3);
        }
    }

    /** Whether it addresses who reads it: "your", or a verb in that form. */
    static boolean speaksToReader(String word) {
        return SECOND_PERSON.contains(word) || (word.length() > 4 && (word.endsWith("كم") || word.endsWith("ez")));
    }

    private final String text;
    private final List<Sentence> sentences = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private int halfWords;
    private int letters;
    private int masks;
    private boolean quoted;

    private MaskedText(String text) {
        this.text = text;
    }

    static List<Sentence> sentences(String text) {
        String begin = text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) : text;
        MaskedText masked = new MaskedText(fold(begin));
        masked.read();
        return masked.sentences;
    }

    static String fold(String text) {
        String decomposed = DECOMPOSE.normalize(FOLD.normalize(text));
        StringBuilder folded = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            int type = Character.getType(c);
            if (type == Character.NON_SPACING_MARK || type == Character.FORMAT || c == 'ـ') continue;
            folded.append(
                    switch (c) {
                        case 'ٱ' -> 'ا';
                        case 'ى', 'ی', 'ې' -> 'ي';
                        case 'ة', 'ہ', 'ە' -> 'ه';
                        case 'ک', 'ڪ' -> 'ك';
                        case '’', 'ʼ', '`' -> '\'';
                        default -> c;
                    });
        }
        return folded.toString();
    }

    private void read() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (beginsLink(i)) {
                i = linkEnd(i);
                mask('§');
            } else if (isUnspaced(c)) {
                current.append(c);
                halfWords++;
                letters++;
                i++;
            } else if (isWordPart(c) || c == '@') {
                i = word(i);
            } else {
                if (isBreak(c)) endSentence(c == ':');
                if (c == '"') quoted = !quoted;
                else if ("«“„".indexOf(c) >= 0) quoted = true;
                else if (c == '»' || c == '”') quoted = false;
                i++;
            }
        }
        endSentence(false);
    }

    private boolean beginsLink(int i) {
        boolean web = text.startsWith("http", i) && (text.startsWith("://", i + 4) || text.startsWith("://", i + 5));
        return web || text.startsWith("hxxp", i) || text.startsWith("www.", i);
    }

    private int linkEnd(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) > ' ' && text.charAt(i) < 0x80 && "\"<>".indexOf(text.charAt(i)) < 0)
            i++;
        return Math.max(i, from + 1);
    }

    /** One word with what holds it together: {@code name@host.example}, {@code bit.ly/x}, {@code 1.234,50}, {@code l'argent}. */
    private int word(int from) {
        int i = from;
        boolean digit = false;
        boolean link = false;
        StringBuilder word = new StringBuilder();
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isWordPart(c) && !isUnspaced(c)) {
                digit |= Character.isDigit(c);
                word.append(c);
            } else if (c == '@') {
                link = true;
            } else if (c == '.' || c == '/' || c == '-' || c == '_' || c == ',' || c == ':' || c == '\'') {
                boolean inside = i > from && i + 1 < text.length() && isWordPart(text.charAt(i + 1));
                if (!inside) break;
                boolean number = Character.isDigit(text.charAt(i - 1)) && Character.isDigit(text.charAt(i + 1));
                if ((c == ',' || c == ':') && !number) break;
                link |= c == '.' && !number && i - from > 1 && Character.isLetter(text.charAt(i + 1));
                if (c == '-' && !digit) break;
            } else {
                break;
            }
            i++;
        }
        if (link) mask('§');
        else if (digit) mask('#');
        else if (!word.isEmpty()) {
            space();
            current.append(word);
            halfWords += 2;
            letters += word.length();
        }
        return Math.max(i, from + 1);
    }

    /** Masks in a row are one: a number may be written in groups. */
    private void mask(char mask) {
        int length = current.length();
        if (length > 0 && current.charAt(length - 1) == mask) return;
        space();
        current.append(mask);
        masks++;
    }

    private void space() {
        if (!current.isEmpty()) current.append(' ');
    }

    private void endSentence(boolean colon) {
        if (!current.isEmpty()) {
            if (current.length() > SENTENCE_LENGTH_MAX) current.setLength(SENTENCE_LENGTH_MAX);
            sentences.add(new Sentence(current.toString(), halfWords / 2, letters, masks, colon, quoted));
        }
        current.setLength(0);
        halfWords = 0;
        letters = 0;
        masks = 0;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c)
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isBreak(char c) {
        return c == '\n' || ".!?؟。:;؛«»“”„\"|•।".indexOf(c) >= 0;
    }

    /** Scripts that write without blanks between words. */
    private static boolean isUnspaced(char c) {
        if (c < 0x0E00) return false;
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
