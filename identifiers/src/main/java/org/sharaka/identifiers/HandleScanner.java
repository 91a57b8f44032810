package org.sharaka.identifiers;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of accounts beside the name of their platform: {@code Telegram: @x}, {@code mon insta : x}, {@code حسابي في تلغرام @x}. */
final class HandleScanner {
    private static final Map<IdentifierKind, Integer> PLATFORMS = new EnumMap<>(Map.of(
            IdentifierKind.TELEGRAM, ContextWords.TELEGRAM,
            IdentifierKind.INSTAGRAM, ContextWords.INSTAGRAM,
            IdentifierKind.FACEBOOK, ContextWords.FACEBOOK,
            IdentifierKind.TIKTOK, ContextWords.TIKTOK,
            IdentifierKind.X, ContextWords.X));

    private final Scan scan;
    private final NormalisedText text;
    private final Tokens tokens;

    private HandleScanner(Scan scan) {
        this.scan = scan;
        this.text = scan.text;
        this.tokens = scan.tokens;
    }

    static void scan(Scan scan) {
        HandleScanner scanner = new HandleScanner(scan);
        for (int token = 0; token < scan.tokens.count(); token++) {
            if (scan.text.charAt(scan.tokens.start(token) - 1) == '@') scanner.withAt(token);
            else if ((scan.tokens.context(token) & ContextWords.PLATFORMS) != 0) scanner.behindPlatform(token);
        }
    }

    /** {@code @name} needs its platform near: before it in the sentence, or just behind ("@name sur Telegram"). */
    private void withAt(int token) {
        int at = tokens.start(token) - 1;
        if (Character.isLetterOrDigit(text.charAt(at - 1))) return;
        IdentifierKind kind = nearestPlatform(token);
        if (kind == null) return;
        int end = nameEnd(kind, at + 1);
        if (end <= at + 1 || !scan.isFree(at, end)) return;
        scan.add(Handles.parseName(kind, text.substring(at + 1, end)), at, end);
    }

    /** The platform named nearest; a name behind an at-sign is an account, not the platform. */
    private @Nullable IdentifierKind nearestPlatform(int token) {
        if ((tokens.context(token) & ContextWords.PLATFORMS) != 0) return null;
        for (int distance = 1; distance <= 6; distance++) {
            int before = token - distance;
            if (before >= 0 && tokens.start(token) - tokens.end(before) <= 50 && !isAccount(before)) {
                IdentifierKind kind = platform(tokens.context(before));
                if (kind != null) return kind;
            }
            int behind = token + distance;
            if (behind < tokens.count() && tokens.start(behind) - tokens.end(token) <= 40 && !isAccount(behind)) {
                IdentifierKind kind = platform(tokens.context(behind));
                if (kind != null) return kind;
            }
        }
        return null;
    }

    private boolean isAccount(int token) {
        return text.charAt(tokens.start(token) - 1) == '@';
    }

    private static @Nullable IdentifierKind platform(int context) {
        if ((context & ContextWords.PLATFORMS) == 0) return null;
        for (Map.Entry<IdentifierKind, Integer> platform : PLATFORMS.entrySet()) {
            if ((context & platform.getValue()) != 0) return platform.getKey();
        }
        return null;
    }

    /**
     * Without an at-sign only after a colon, an equals sign or an arrow, or after "is" when the word cannot be an ordinary one. Words
     * such as "username", "compte" or "حساب" may stand between.
     */
    private void behindPlatform(int platformToken) {
        IdentifierKind kind = platform(tokens.context(platformToken));
        if (kind == null || !scan.isFree(tokens.start(platformToken), tokens.end(platformToken))) return;
        boolean announced = false;
        boolean is = false;
        int at = platformToken;
        for (int steps = 0; steps < 4; steps++) {
            int next = at + 1;
            if (next >= tokens.count() || tokens.start(next) - tokens.end(at) > 5) return;
            announced |= announces(tokens.end(at), tokens.start(next));
            is |= (tokens.context(next) & ContextWords.BE) != 0;
            at = next;
            if ((tokens.context(next) & (ContextWords.FILLER | ContextWords.BE)) == 0) break;
            if (steps == 3) return;
        }
        int start = tokens.start(at);
        if ((!announced && !is) || text.charAt(start - 1) == '@') return;
        if (text.charAt(start - 1) == '_' && announced) start--;
        int end = nameEnd(kind, start);
        if (end - start < 3 || !scan.isFree(start, end) || (tokens.context(at) & ContextWords.PLATFORMS) != 0) return;
        String name = text.substring(start, end);
        if (!announced && !looksMadeUp(name)) return;
        if (Compact.allDigits(name)) return;
        scan.add(Handles.parseName(kind, name), start, end);
    }

    private boolean announces(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == ':' || c == '=' || c == '>' || c == '\u2192' || c == '\u27A1' || c == '\uD83D') return true;
            if (c == '\n') return false;
        }
        return false;
    }

    /** A word with a digit, a low line or a dot inside is no word of a language. */
    private static boolean looksMadeUp(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' || c == '.' || (c >= '0' && c <= '9')) return true;
        }
        return false;
    }

    private int nameEnd(IdentifierKind kind, int start) {
        int end = start;
        while (end - start <= Handles.lengthMax(kind) && Handles.isNameChar(kind, text.charAt(end))) end++;
        while (end > start && text.charAt(end - 1) == '.') end--;
        if (end - start > Handles.lengthMax(kind)
                || (Character.isLetterOrDigit(text.charAt(end)) && Scripts.of(text.charAt(end)) != Scripts.ARABIC)) {
            return start;
        }
        return end;
    }
}
