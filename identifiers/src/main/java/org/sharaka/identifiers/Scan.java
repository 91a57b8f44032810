package org.sharaka.identifiers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** One reading of one text: what was found so far, and which characters are taken. Earlier finders win. */
final class Scan {
    /** Telephone numbers tried in one text: each try costs a microsecond or two, and digits are cheap to paste. */
    private static final int PHONE_TRIES_MAX = 50_000;

    final NormalisedText text;
    final Tokens tokens;
    final Region region;
    final ExtractorSettings settings;
    private final BitSet taken = new BitSet();
    private final List<Mention> found = new ArrayList<>();
    private int phoneTries = PHONE_TRIES_MAX;

    Scan(NormalisedText text, Region region, ExtractorSettings settings) {
        this.text = text;
        this.region = region;
        this.settings = settings;
        this.tokens = new Tokens(text);
    }

    boolean isFree(int from, int to) {
        int next = taken.nextSetBit(from);
        return next < 0 || next >= to;
    }

    /** Keeps others from reading here, although nothing was found. */
    void take(int from, int to) {
        taken.set(from, to);
    }

    void add(Identifier identifier, int from, int to) {
        taken.set(from, to);
        found.add(new Mention(identifier, text.originalStart(from), text.originalEnd(to)));
    }

    /** Adds a valid value; says whether it was one. */
    boolean add(Parsed parsed, int from, int to) {
        if (!(parsed instanceof Parsed.Valid valid)) return false;
        add(valid.identifier(), from, to);
        return true;
    }

    /** Where so many digits, in free groups of digits from this one on, are complete; -1 when no group ends there. */
    int digitsEnd(int token, int size) {
        int count = 0;
        for (int at = token; at < tokens.count() && at < token + size; at++) {
            boolean apart = at > token && (tokens.start(at) - tokens.end(at - 1) > 2 || !isGap(at));
            if (apart || !tokens.is(at, Tokens.DIGITS | Tokens.ASCII) || !isFree(tokens.start(at), tokens.end(at))) {
                return -1;
            }
            count += tokens.length(at);
            if (count >= size) return count == size ? tokens.end(at) : -1;
        }
        return -1;
    }

    private boolean isGap(int token) {
        for (int i = tokens.end(token - 1); i < tokens.start(token); i++) {
            if (" -./\n\r".indexOf(text.charAt(i)) < 0) return false;
        }
        return true;
    }

    boolean mayTryPhone() {
        return phoneTries-- > 0;
    }

    List<Mention> mentions() {
        found.sort(Comparator.comparingInt(Mention::start));
        // Two characters can come from one original, so neighbours could share it.
        List<Mention> apart = new ArrayList<>(found.size());
        int end = 0;
        for (Mention mention : found) {
            if (mention.start() < end) continue;
            if (apart.size() == settings.mentionsMax()) break;
            apart.add(mention);
            end = mention.end();
        }
        return List.copyOf(apart);
    }
}
