package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names and numbers that a report gives without the form of an identifier, known by the words before them: the name of a payee ("in the
 * name of …"), of a site, an app or a firm ("a platform called …"), the number of a case, an order or a parcel ("order number …").
 */
final class Clues {
    private static final int EACH_MAX = 8;
    private static final int CODE_LENGTH_MIN = 6;
    private static final int CODE_LENGTH_MAX = 24;
    private static final int CODE_DIGITS_MIN = 4;
    private static final int CODE_DIGITS_MIN_ALONE = 7;
    private static final int NAME_LETTERS_MIN = 6;
    private static final int SITE_LETTERS_MIN = 6;
    private static final int NAME_WORDS_MAX = 4;

    /** Between a cue and what it announces. */
    private static final Set<String> LINKING_WORDS = words(
            "is est es was etait era mr mrs ms m mme monsieur madame mlle senor senora sr sra"
                    + " don dona هو هي السيد السيده number no n nr numero num nº n° رقم the le la les el un une a an of de du d l");

    /** No names of persons or sites, although they may stand with a capital behind a cue. */
    private static final Set<String> NO_NAME = words(
            "i je j il elle ils on he she they we nous vous yo mais but pero et and y or ou the this that"
                    + " whatsapp telegram facebook instagram messenger tiktok snapchat twitter google gmail youtube paypal amazon ebay leboncoin"
                    + " vinted apple android iphone microsoft outlook netflix binance coinbase visa mastercard bank banque banco internet sms"
                    + " euro euros eur usd mad dh dhs iban rib bic swift le la les el los ce cette http https www dans pour par sur avec from to in"
                    + " at via avenue rue ref reference tel telephone mail email linkedin airbnb booking uber revolut wise monero bitcoin ethereum"
                    + " play store app signal skype discord merci cordialement bonjour kind thank thanks please what is hello regards saludos gracias por muchas que zoom anydesk teamviewer");

    private static final Set<String> FRAUDS = words(
            "fraude fraud escroquerie arnaque usurpation tentative phishing scam estafa suplantacion intento نصب احتيال انتحال");

    private final Words words;
    private final List<LinkKey> keys = new ArrayList<>();
    private int payees;
    private int sites;
    private int codes;

    private Clues(Words words) {
        this.words = words;
    }

    private static Set<String> words(String written) {
        return Set.copyOf(Arrays.asList(written.split("\\s+")));
    }

    static List<LinkKey> of(Words words) {
        Clues clues = new Clues(words);
        for (int word = 0; word < words.count(); word++) {
            int cues = words.cues(word);
            if ((cues & Cues.PAYEE) != 0) clues.payee(word);
            if ((cues & (Cues.SITE | Cues.CALLED)) != 0) clues.site(word, cues);
            if ((cues & Cues.CODE) != 0) clues.code(word);
        }
        return clues.keys;
    }

    /** The word where what a cue announces begins, behind "is", "Mr" and the like; -1 if the sentence ends before. */
    private int announced(int cue) {
        int at = cue + 1;
        while (at < words.count() && at - cue <= 4 && LINKING_WORDS.contains(words.at(at)) && near(at) && isApart(at))
            at++;
        return at < words.count() && near(at) ? at : -1;
    }

    /** "un" is an article, and "UN-4097" a number. */
    private boolean isApart(int word) {
        String gap = words.gap(word);
        return gap.indexOf(' ') >= 0 || gap.indexOf(':') >= 0;
    }

    private boolean near(int word) {
        return words.sameSentence(word - 1, word) && words.gap(word - 1).length() <= 4;
    }

    private void payee(int cue) {
        if (payees == EACH_MAX || isImpersonated(cue)) return;
        int from = announced(cue);
        if (from < 0) return;
        List<String> name = name(from, 2, false);
        // The sentence may go on with a capital: so two words, and all.
        for (int size = 2; size <= name.size(); size++) {
            List<String> part = name.subList(0, size);
            int letters = part.stream().mapToInt(String::length).sum();
            if (letters < NAME_LETTERS_MIN || payees == EACH_MAX) continue;
            // "BENNANI Karim" is "Karim Bennani".
            String canonical = String.join(" ", part.stream().sorted().toList());
            payees++;
            keys.add(LinkKey.of(KeyKind.ACCOUNT_NAME, canonical, String.join(" ", part), false));
        }
    }

    /** "fraud in the name of X": X is whom the fraudsters pretend to be. */
    private boolean isImpersonated(int cue) {
        for (int at = cue - 1; at >= 0 && cue - at <= 4 && words.sameSentence(at, cue); at--) {
            if (FRAUDS.contains(words.at(at))) return true;
        }
        return false;
    }

    /**
     * Words that may be a name: with a capital in scripts that have them; in Arabic those up to the end of the phrase, at
     * most {@code arabicMax}.
     */
    private List<String> name(int from, int arabicMax, boolean site) {
        List<String> name = new ArrayList<>();
        for (int at = from; at < words.count() && name.size() < NAME_WORDS_MAX; at++) {
            if (at > from && !(words.sameSentence(at - 1, at) && joins(words.gap(at - 1)))) break;
            String written = words.written(at);
            String folded = words.at(at);
            char first = written.charAt(0);
            boolean digits = folded.chars().anyMatch(Character::isDigit);
            boolean capital = site
                    ? Character.isUpperCase(first) || (digits && at > from)
                    : Character.isUpperCase(first) && !digits;
            boolean arabic = first >= 0x600 && first <= 0x6FF && !digits && name.size() < arabicMax;
            if ((!capital && !arabic) || folded.length() < 2 || NO_NAME.contains(folded)) break;
            if (words.cues(at) != 0 && !arabic && at > from) break;
            name.add(folded);
        }
        return name;
    }

    private static boolean joins(String gap) {
        return gap.equals(" ") || gap.equals("-") || gap.equals("  ") || gap.equals("'");
    }

    private void site(int cue, int cues) {
        if (sites == EACH_MAX) return;
        boolean called = (cues & Cues.CALLED) != 0;
        if (isTrusted(cue)) return;
        // "called" alone may be said of a person: a word for a site stands before it.
        if (called && !saysSite(cue)) return;
        int from = announced(cue);
        if (from < 0) return;
        List<String> name = name(from, called ? 2 : 0, true);
        for (int size = 1; size <= name.size(); size++) {
            String canonical = String.join("", name.subList(0, size));
            boolean telling = size > 1 || name.size() == 1 || isCoined(words.written(from));
            if (!telling || canonical.length() < SITE_LETTERS_MIN || sites == EACH_MAX) continue;
            sites++;
            keys.add(LinkKey.of(KeyKind.SITE_NAME, canonical, String.join(" ", name.subList(0, size)), false));
        }
    }

    /** A capital or a digit inside. */
    private static boolean isCoined(String word) {
        return word.chars().skip(1).anyMatch(c -> Character.isUpperCase(c) || Character.isDigit(c));
    }

    /** "the true number of the firm X" names whom the fraudsters impersonate. */
    private boolean isTrusted(int cue) {
        for (int at = cue; at >= 0 && cue - at <= 6 && words.sameSentence(at, cue); at--) {
            if ((words.cues(at) & Cues.TRUE) != 0) return true;
        }
        return false;
    }

    private boolean saysSite(int cue) {
        for (int at = cue; at >= 0 && cue - at <= 6 && words.sameSentence(at, cue); at--) {
            if ((words.cues(at) & (Cues.SITE | Cues.THING)) != 0) return true;
        }
        return false;
    }

    private void code(int cue) {
        if (codes == EACH_MAX || isMine(cue)) return;
        int from = announced(cue);
        if (from < 0) return;
        StringBuilder code = new StringBuilder();
        int digits = 0;
        boolean letters = false;
        boolean date = false;
        for (int at = from; at < words.count() && code.length() <= CODE_LENGTH_MAX; at++) {
            if (at > from && !(words.gap(at - 1).length() == 1 && "-/_.#".contains(words.gap(at - 1)))) break;
            if (at > from) date |= "/.".contains(words.gap(at - 1));
            String part = words.at(at);
            boolean digit = part.chars().anyMatch(c -> c >= '0' && c <= '9');
            if (!digit && at == from && Character.isLowerCase(words.written(at).charAt(0))) return;
            digits += (int) part.chars().filter(c -> c >= '0' && c <= '9').count();
            letters |= part.chars().anyMatch(Character::isLetter);
            code.append(part);
        }
        int length = code.length();
        boolean telling = digits >= (letters ? CODE_DIGITS_MIN : CODE_DIGITS_MIN_ALONE);
        if (!telling || (date && !letters) || length < CODE_LENGTH_MIN || length > CODE_LENGTH_MAX) return;
        codes++;
        String canonical = code.toString().toUpperCase(Locale.ROOT);
        keys.add(LinkKey.of(KeyKind.CODE, canonical, canonical, false));
    }

    /** "my order", "le numéro de mon colis": the reporter's own. */
    private boolean isMine(int cue) {
        for (int at = cue; at >= 0 && cue - at <= 3 && words.sameSentence(at, cue); at--) {
            if ((words.cues(at) & Cues.MINE) != 0) return true;
        }
        return cue + 1 < words.count()
                && cue + 2 < words.count()
                && words.sameSentence(cue, cue + 2)
                && ((words.cues(cue + 1) | words.cues(cue + 2)) & Cues.MINE) != 0;
    }
}
