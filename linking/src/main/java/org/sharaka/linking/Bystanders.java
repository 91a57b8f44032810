package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Identifiers;

/**
 * Identifiers that a report names and that are not the fraudster's: the reporter's own ("you can reach me on …"), and those of the bank,
 * the firm or the police to whom the reporter turned ("I called my bank on …"). Judged by the words nearest to every place where the
 * identifier stands; what stands inside the quoted message is the fraudster's.
 */
final class Bystanders {
    private static final int IDENTIFIERS_MAX = 48;
    private static final int PLACES_MAX = 4;
    private static final int WORDS_BEFORE = 14;
    private static final int WORDS_BEHIND = 6;
    /** What is one's own is said just before it. */
    private static final int WORDS_BEFORE_OWN = 4;

    private static final int PHONE_DIGITS = 8;

    /** A cue for one of two that stand so near is one for both: "on 01 … or 01 …". */
    private static final int WORDS_LISTED = 3;

    /** Mailboxes to which people forward what they got. */
    private static final Set<String> REPORT_TO = Set.of(
            "abuse",
            "phishing",
            "spam",
            "fraud",
            "fraude",
            "fraudes",
            "security",
            "securite",
            "seguridad",
            "report",
            "reports",
            "reporting",
            "signalement",
            "suspicious",
            "antifraude",
            "scam");

    /** What says that the words behind an identifier go on about it. */
    private static final Set<String> BELONGS =
            Set.of(("est etait sont qui c is was are which that es era son que هو هي وهو وهي لي"
                            + " de du of del officiel official oficial الرسمي")
                    .split(" "));

    private static final int BRAND_LETTERS_MIN = 5;

    private final Words words;
    /** Letters and digits of the text without anything between, and the word that each belongs to. */
    private final StringBuilder compact = new StringBuilder();

    private final int[] firstOf;
    /** Words that belong to some identifier. */
    private final boolean[] taken;

    private Bystanders(Words words) {
        this.words = words;
        firstOf = new int[words.count() + 1];
        for (int word = 0; word < words.count(); word++) {
            firstOf[word] = compact.length();
            compact.append(words.at(word));
        }
        firstOf[words.count()] = compact.length();
        taken = new boolean[words.count()];
    }

    /**
     * @param identifiers that are bystanders
     * @param words a word of each place where one stands
     */
    record Found(Set<Identifier> identifiers, Set<Integer> words) {}

    static Found among(List<Identifier> identifiers, Words words) {
        Set<Identifier> found = new LinkedHashSet<>();
        Set<Integer> at = new TreeSet<>();
        if (words.count() == 0) return new Found(found, at);
        Bystanders bystanders = new Bystanders(words);
        Set<String> hosts = new HashSet<>();
        List<Identifier> some = identifiers.subList(0, Math.min(IDENTIFIERS_MAX, identifiers.size()));
        List<List<int[]>> places = some.stream().map(bystanders::places).toList();
        for (List<int[]> each : places) {
            for (int[] place : each) Arrays.fill(bystanders.taken, place[0], place[1] + 1, true);
        }
        for (int i = 0; i < some.size(); i++) {
            Identifier identifier = some.get(i);
            List<Integer> aside = bystanders.placesAside(identifier, places.get(i));
            if (aside.isEmpty()) continue;
            found.add(identifier);
            at.addAll(aside);
            if (identifier.kind() != IdentifierKind.EMAIL) hosts.addAll(hosts(identifier));
        }
        // "The true site is a.example, their mailbox b@a.example": one party's, wherever it is said.
        for (Identifier identifier : some) {
            boolean mailbox = identifier.kind() == IdentifierKind.EMAIL;
            if (mailbox && hosts(identifier).stream().anyMatch(hosts::contains)) found.add(identifier);
        }
        return new Found(found, at);
    }

    private static List<String> hosts(Identifier identifier) {
        return switch (identifier.kind()) {
            case EMAIL, URL, HOST, DOMAIN ->
                Stream.concat(Stream.of(identifier), Identifiers.expand(identifier).stream())
                        .filter(implied -> implied.kind() == IdentifierKind.DOMAIN)
                        .map(Identifier::canonical)
                        .toList();
            default -> List.of();
        };
    }

    /** The words between the place and what says so, if it is a bystander wherever it stands. */
    private List<Integer> placesAside(Identifier identifier, List<int[]> places) {
        // Victims and banks are named by these; an account of a platform beside them is most often the fraudster's.
        switch (identifier.kind()) {
            case PHONE, WHATSAPP, EMAIL, URL, HOST, DOMAIN, IBAN, RIB_MA, CARD -> {}
            default -> {
                return List.of();
            }
        }
        // "I typed my card into …": nobody's own site stands behind words for what is one's own.
        int own =
                switch (identifier.kind()) {
                    case IBAN, RIB_MA, CARD -> Cues.OWN | Cues.HOLDS;
                    case PHONE, WHATSAPP, EMAIL -> Cues.OWN;
                    default -> 0;
                };
        boolean named = isNamedParty(identifier);
        List<Integer> aside = new ArrayList<>();
        for (int[] place : places) {
            if (!isAside(place[0], place[1], own, named)) return List.of();
            aside.add(place[0]);
        }
        return aside;
    }

    /** A mailbox for reports, or a site that bears just the name of a party that the text speaks of: "Post … www.post.example". */
    private boolean isNamedParty(Identifier identifier) {
        if (identifier.kind() == IdentifierKind.EMAIL) {
            String canonical = identifier.canonical();
            if (REPORT_TO.contains(
                    canonical.substring(0, canonical.indexOf('@')).toLowerCase(Locale.ROOT))) return true;
        }
        for (String host : hosts(identifier)) {
            int dot = host.indexOf('.');
            String label = (dot < 0 ? host : host.substring(0, dot)).replace("-", "");
            if (label.length() >= BRAND_LETTERS_MIN && isSpokenOf(label)) return true;
        }
        return false;
    }

    private boolean isSpokenOf(String name) {
        for (int at = compact.indexOf(name); at >= 0; at = compact.indexOf(name, at + 1)) {
            int first = wordAt(at);
            int last = wordAt(at + name.length() - 1);
            boolean whole = firstOf[first] == at && firstOf[last + 1] == at + name.length();
            if (whole && !taken[first]) return true;
        }
        return false;
    }

    /** First and last word of each place where the identifier stands. */
    private List<int[]> places(Identifier identifier) {
        boolean number = false;
        String sought = identifier.canonical().toLowerCase(Locale.ROOT);
        switch (identifier.kind()) {
            case PHONE, WHATSAPP, TELEGRAM -> {
                number = sought.startsWith("+");
                if (number) sought = sought.substring(Math.max(1, sought.length() - PHONE_DIGITS));
            }
            case URL -> {
                sought = sought.substring(sought.indexOf("://") + 3);
                int slash = sought.indexOf('/');
                if (slash >= 0) sought = sought.substring(0, slash);
            }
            default -> {}
        }
        sought = sought.replaceAll("[^\\p{L}\\p{N}]+", "");
        List<int[]> places = new ArrayList<>();
        if (sought.length() < 5) return places;
        int from = 0;
        while (places.size() < PLACES_MAX) {
            int at = compact.indexOf(sought, from);
            if (at < 0) break;
            int first = wordAt(at);
            int last = wordAt(at + sought.length() - 1);
            while (number && first > 0 && goesOn(first)) first--;
            if (number || firstOf[first] == at) places.add(new int[] {first, last});
            from = at + sought.length();
        }
        return places;
    }

    /** Whether the word before is digits of the same number. */
    private boolean goesOn(int word) {
        return words.at(word - 1).chars().allMatch(Character::isDigit)
                && words.gap(word - 1).length() <= 2;
    }

    private int wordAt(int position) {
        int found = Arrays.binarySearch(firstOf, position);
        return found >= 0 ? found : -found - 2;
    }

    /**
     * The nearest words decide, for people write one thing after another without full stops. What stands beyond another
     * identifier speaks of that one.
     */
    private boolean isAside(int first, int last, int own, boolean named) {
        if (words.quoted(first)) return false;
        int before = named ? Cues.PLACE : 0;
        boolean aside = false;
        for (int word = first - 1;
                word >= 0 && first - word <= WORDS_BEFORE && words.sameSentence(word, first);
                word--) {
            if (taken[word]) {
                if (first - word > WORDS_LISTED) break;
                first = word;
                continue;
            }
            int cues = words.cues(word);
            if ((cues & Cues.FRAUD) != 0) return false;
            if (aside) continue;
            if ((cues & own) != 0 && first - word <= WORDS_BEFORE_OWN) return true;
            if ((cues & Cues.REACHED) != 0) return false;
            before |= cues;
            aside = (before & Cues.TRUE) != 0 || ((before & Cues.PLACE) != 0 && (before & Cues.TURNED) != 0);
        }
        return aside || isAsideBehind(last, own, (before & Cues.PLACE) != 0);
    }

    private boolean isAsideBehind(int last, int own, boolean place) {
        int end = last + 1;
        while (end < words.count() && end - last <= WORDS_BEHIND && words.sameSentence(end, last) && !taken[end]) end++;
        // What stands between two speaks of the second, unless it is in brackets.
        boolean another = end < words.count() && end - last <= WORDS_BEHIND && taken[end];
        if (another && words.gap(last).indexOf('(') < 0) return false;
        boolean goesOn = last + 1 < end
                && (BELONGS.contains(words.at(last + 1)) || words.gap(last).indexOf('(') >= 0);
        for (int word = last + 1; word < end; word++) {
            int cues = words.cues(word);
            if ((cues & Cues.FRAUD) != 0) return false;
            if (place && (cues & (Cues.TURNED | Cues.TRUE)) != 0) return true;
            if ((cues & Cues.TURNED) != 0) return false;
            if (goesOn && (cues & (own | Cues.TRUE)) != 0) return true;
        }
        return false;
    }
}
