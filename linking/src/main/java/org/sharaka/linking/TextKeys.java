package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys of repeated text. Victims paste the message they got inside their own story, often without a full stop between, and senders
 * change names, amounts and links; so a text is taken passage by passage, masked, and each distinctive passage gives the exact key
 * and one of its beginning and of its end.
 *
 * <p>A passage is one long sentence, or two sentences in a row; what the victim tells of oneself is none, for strangers tell it in
 * the same words.
 */
final class TextKeys {
    private static final int PASSAGES_MAX = 6;

    private static final int PART_WORDS = 10;
    /** The same in scripts that write without blanks, in characters. */
    private static final int PART_UNSPACED = 24;

    private static final int PART_WORDS_MESSAGE = 13;
    private static final int LABEL_LENGTH = 140;

    private static final int WINDOW = 5;
    private static final int INSIDE_MAX = 4;

    private TextKeys() {}

    static List<LinkKey> of(String text) {
        Map<String, MaskedText.Sentence> passages = new LinkedHashMap<>();
        MaskedText.Sentence before = null;
        for (MaskedText.Sentence sentence : MaskedText.sentences(text)) {
            if (sentence.isStory()) {
                before = null;
                continue;
            }
            if (sentence.distinctive()) passages.putIfAbsent(sentence.text(), sentence);
            if (before != null && before.namesSender() && sentence.distinctive()) {
                MaskedText.Sentence signed = before.then(sentence);
                passages.putIfAbsent(signed.text(), signed);
            }
            if (before != null && before.tellsWith(sentence)) {
                MaskedText.Sentence both = before.then(sentence);
                passages.putIfAbsent(both.text(), both);
            }
            before = sentence;
        }
        List<LinkKey> keys = new ArrayList<>();
        passages.values().stream()
                .sorted(Comparator.comparingInt(MaskedText.Sentence::weight)
                        .reversed()
                        .thenComparing(MaskedText.Sentence::text))
                .limit(PASSAGES_MAX)
                .forEach(passage -> add(passage, keys));
        return keys;
    }

    private static void add(MaskedText.Sentence sentence, List<LinkKey> keys) {
        String passage = sentence.text();
        boolean message = sentence.isMessage();
        KeyKind part = message ? KeyKind.TEXT_MESSAGE : KeyKind.TEXT_BAND;
        int length = message ? PART_WORDS_MESSAGE : PART_WORDS;
        String label = passage.length() <= LABEL_LENGTH ? passage : passage.substring(0, LABEL_LENGTH) + "…";
        keys.add(LinkKey.of(message ? KeyKind.TEXT_MESSAGE : KeyKind.TEXT_LINE, passage, label, false));
        // The message and what the victim says next often run on without a full stop between them.
        if (isUnspaced(passage)) {
            if (passage.length() <= PART_UNSPACED) return;
            keys.add(part(part, passage.substring(0, PART_UNSPACED)));
            keys.add(part(part, passage.substring(passage.length() - PART_UNSPACED)));
            return;
        }
        String[] words = passage.split(" ");
        if (words.length <= length) return;
        keys.add(part(part, String.join(" ", Arrays.asList(words).subList(0, length))));
        keys.add(part(part, String.join(" ", Arrays.asList(words).subList(words.length - length, words.length))));
        inside(List.of(words), keys);
    }

    /**
     * Parts from the inside that speak to their reader, for who writes without full stops runs the message and a story together:
     * of each {@value #WINDOW} neighbouring ones that of the smallest hash, so that two texts choose the same where they agree
     * (winnowing: Schleimer, Wilkerson, Aiken, SIGMOD 2003).
     */
    private static void inside(List<String> words, List<LinkKey> keys) {
        int count = words.size() - PART_WORDS_MESSAGE + 1;
        if (count < WINDOW) return;
        LinkKey[] parts = new LinkKey[count];
        int spoken = -1;
        for (int end = 0; end < words.size(); end++) {
            if (MaskedText.speaksToReader(words.get(end))) spoken = end;
            int from = end - PART_WORDS_MESSAGE + 1;
            if (from < 0 || spoken < from) continue;
            parts[from] = part(KeyKind.TEXT_MESSAGE, String.join(" ", words.subList(from, end + 1)));
        }
        Set<LinkKey> chosen = new TreeSet<>(Comparator.comparingLong(LinkKey::hash));
        for (int at = 0; at + WINDOW <= count; at++) {
            Arrays.asList(parts).subList(at, at + WINDOW).stream()
                    .filter(Objects::nonNull)
                    .min(Comparator.comparingLong(LinkKey::hash))
                    .ifPresent(chosen::add);
        }
        chosen.stream().limit(INSIDE_MAX).forEach(keys::add);
    }

    private static LinkKey part(KeyKind kind, String part) {
        return LinkKey.of(kind, part, "≈ " + part, false);
    }

    private static boolean isUnspaced(String sentence) {
        long blanks = sentence.chars().filter(c -> c == ' ').count();
        return blanks * 12 < sentence.length();
    }
}
