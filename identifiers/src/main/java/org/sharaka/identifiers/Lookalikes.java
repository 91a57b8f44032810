package org.sharaka.identifiers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which brand a host imitates, and how. All names are looked for at once (Aho-Corasick over folded names; one deletion on both
 * sides for slips), so the time does not grow with the number of brands. Immutable and thread-safe.
 */
public final class Lookalikes {
    /** Inside a longer word only names of this length count: shorter ones stand in ordinary words. */
    private static final int INSIDE_LENGTH_MIN = 5;

    private static final int TYPO_LENGTH_MIN = 6;

    /** Words that lures put beside a short name without a hyphen. */
    private static final Set<String> LURES = Set.of(
            "login",
            "logins",
            "signin",
            "secure",
            "security",
            "securite",
            "account",
            "accounts",
            "verify",
            "verif",
            "update",
            "support",
            "service",
            "services",
            "servicio",
            "online",
            "enligne",
            "bank",
            "banque",
            "banco",
            "pay",
            "payment",
            "paiement",
            "pago",
            "card",
            "carte",
            "help",
            "client",
            "clients",
            "cliente",
            "clientes",
            "customer",
            "my",
            "mon",
            "mi",
            "app",
            "web",
            "mail",
            "wallet",
            "bonus",
            "gift",
            "promo",
            "shop",
            "store",
            "delivery",
            "livraison",
            "tracking",
            "suivi",
            "maroc",
            "france",
            "espana",
            "info",
            "confirm",
            "alert",
            "alerte",
            "unlock",
            "refund",
            "remboursement",
            "user",
            "member");

    private static final Set<String> FOLDED_LURES =
            LURES.stream().map(Confusables::folded).collect(Collectors.toUnmodifiableSet());

    private static final int SYMBOLS = 36;

    private final List<Token> tokens = new ArrayList<>();
    private final Map<String, Brand> official = new HashMap<>();
    private final Map<String, Token> deletions = new HashMap<>();
    private final List<int[]> next = new ArrayList<>();
    private final List<int[]> outputs = new ArrayList<>();

    private record Token(Brand brand, String plain, String folded) {}

    private Lookalikes(Collection<Brand> brands) {
        next.add(freshNode());
        outputs.add(new int[0]);
        for (Brand brand : brands) {
            for (String domain : brand.officialDomains()) official.put(domain, brand);
            for (String token : brand.tokens()) add(new Token(brand, token, Confusables.folded(token)));
        }
        link();
    }

    public static Lookalikes of(Collection<Brand> brands) {
        return new Lookalikes(brands);
    }

    /**
     * The brand that a host imitates most plainly; empty for a host at or below an official domain of any of the brands, for the well-known
     * sites of {@link SharedInfrastructure}, and for what is no host.
     */
    public Optional<Lookalike> find(String host) {
        String canonical = Hosts.canonical(host);
        if (canonical == null || isOfficial(canonical)) return Optional.empty();
        int suffix = PublicSuffixes.suffixStart(canonical);
        String domain = SharedInfrastructure.bundled().registrable(canonical);
        if (domain == null || isWellKnown(domain)) return Optional.empty();
        // The tenant's name begins before the free host's, where there is one.
        int tenantDot = domain.indexOf('.');
        int end = Math.min(suffix - 1, canonical.length() - domain.length() + tenantDot);
        if (end <= 0) return Optional.empty();
        return Optional.ofNullable(best(canonical, end));
    }

    private boolean isOfficial(String host) {
        String at = host;
        while (true) {
            if (official.containsKey(at)) return true;
            int dot = at.indexOf('.');
            if (dot < 0) return false;
            at = at.substring(dot + 1);
        }
    }

    private static boolean isWellKnown(String domain) {
        return SharedInfrastructure.bundled()
                .reason(new Identifier(IdentifierKind.DOMAIN, domain, domain))
                .filter(reason -> !reason.subdomainIdentifies())
                .isPresent();
    }

    /** The labels from the registrable one to the left: the nearer to it, the plainer. */
    private @Nullable Lookalike best(String host, int end) {
        Lookalike found = null;
        int labelEnd = end;
        while (labelEnd > 0) {
            int start = host.lastIndexOf('.', labelEnd - 1) + 1;
            String label = host.substring(start, labelEnd);
            if (label.length() >= 3 && !label.equals("www")) {
                Lookalike here = label(host, label, labelEnd == end);
                if (here != null && (found == null || isPlainer(here, found))) found = here;
            }
            labelEnd = start - 1;
        }
        return found;
    }

    private static boolean isPlainer(Lookalike one, Lookalike other) {
        return rank(one) < rank(other);
    }

    private static int rank(Lookalike lookalike) {
        Set<LookalikeReason> reasons = lookalike.reasons();
        if (reasons.contains(LookalikeReason.OFFICIAL_DOMAIN_INSIDE)) return 0;
        if (reasons.contains(LookalikeReason.TYPO)) return 3;
        return reasons.contains(LookalikeReason.ADDED_WORDS) ? 2 : 1;
    }

    private @Nullable Lookalike label(String host, String label, boolean registrable) {
        String unicode = Hosts.unicode(label);
        String folded = Confusables.folded(unicode);
        Match match = longest(folded);
        boolean hyphenated = false;
        boolean typo = false;
        Token token = match == null ? null : tokens.get(match.token);
        int matched = match == null ? 0 : match.end - match.start;
        boolean whole = match != null && matched == folded.length();
        if (!whole && folded.indexOf('-') > 0) {
            String joined = folded.replace("-", "");
            Match across = longest(joined);
            if (across != null && across.end - across.start == joined.length()) {
                token = tokens.get(across.token);
                hyphenated = true;
            }
        }
        if (token == null) {
            token = typoOf(folded);
            typo = token != null;
        } else if (!hyphenated && matched >= TYPO_LENGTH_MIN && matched == folded.length() - 1) {
            // One letter before or behind is a slip, not a word.
            typo = true;
        }
        if (token == null) return null;
        EnumSet<LookalikeReason> reasons = EnumSet.noneOf(LookalikeReason.class);
        if (!registrable) reasons.add(LookalikeReason.SUBDOMAIN);
        if (typo) reasons.add(LookalikeReason.TYPO);
        if (hyphenated) reasons.add(LookalikeReason.HYPHENATED);
        boolean plain = label.contains(token.plain)
                || (hyphenated && label.replace("-", "").contains(token.plain));
        if (!plain && !typo) reasons.add(LookalikeReason.CONFUSABLE);
        if (!whole && !hyphenated && !typo) reasons.add(LookalikeReason.ADDED_WORDS);
        if (registrable && plain && whole) reasons.add(LookalikeReason.OTHER_SUFFIX);
        if (holdsOfficial(host, token.brand)) reasons.add(LookalikeReason.OFFICIAL_DOMAIN_INSIDE);
        return new Lookalike(token.brand, reasons, label);
    }

    private static boolean holdsOfficial(String host, Brand brand) {
        for (String domain : brand.officialDomains()) {
            if (holds(host, domain + ".") || holds(host, domain.replace('.', '-'))) return true;
        }
        return false;
    }

    private static boolean holds(String host, String part) {
        int at = host.indexOf(part);
        return at == 0 || (at > 0 && (host.charAt(at - 1) == '.' || host.charAt(at - 1) == '-'));
    }

    private record Match(int token, int start, int end) {}

    /** The longest name in a label that stands there as a name: a whole word, long enough, or beside a lure's word. */
    private @Nullable Match longest(String folded) {
        Match best = null;
        int node = 0;
        for (int i = 0; i < folded.length(); i++) {
            int symbol = symbol(folded.charAt(i));
            node = symbol < 0 ? 0 : next.get(node)[symbol];
            for (int token : outputs.get(node)) {
                int start = i + 1 - tokens.get(token).folded.length();
                boolean longer = best == null || i + 1 - start > best.end - best.start;
                if (longer && counts(folded, start, i + 1)) best = new Match(token, start, i + 1);
            }
        }
        return best;
    }

    private static boolean counts(String folded, int start, int end) {
        int wordStart = folded.lastIndexOf('-', start) + 1;
        int hyphen = folded.indexOf('-', end);
        int wordEnd = hyphen < 0 ? folded.length() : hyphen;
        if (start == wordStart && end == wordEnd) return true;
        int size = end - start;
        if (size >= INSIDE_LENGTH_MIN) return start == wordStart || end == wordEnd || size > INSIDE_LENGTH_MIN;
        if (size < 4) return false;
        String before = folded.substring(wordStart, start);
        String behind = folded.substring(end, wordEnd);
        return (before.isEmpty() && FOLDED_LURES.contains(behind))
                || (behind.isEmpty() && FOLDED_LURES.contains(before));
    }

    private @Nullable Token typoOf(String folded) {
        for (String word : folded.split("-")) {
            if (word.length() < TYPO_LENGTH_MIN - 1 || word.length() > 40) continue;
            Token whole = deletions.get(word);
            if (isSlip(word, whole)) return whole;
            for (int i = 0; i < word.length(); i++) {
                Token token = deletions.get(without(word, i));
                if (isSlip(word, token)) return token;
            }
        }
        return null;
    }

    private static boolean isSlip(String word, @Nullable Token token) {
        return token != null && isOneSlip(word, token.folded);
    }

    /** Whether one letter added, left out, replaced or exchanged with its neighbour leads from one to the other. */
    private static boolean isOneSlip(String one, String other) {
        String shorter = one.length() <= other.length() ? one : other;
        String longer = one.length() <= other.length() ? other : one;
        if (longer.length() - shorter.length() > 1) return false;
        int same = 0;
        while (same < shorter.length() && shorter.charAt(same) == longer.charAt(same)) same++;
        if (longer.length() > shorter.length())
            return longer.regionMatches(same + 1, shorter, same, shorter.length() - same);
        if (same == shorter.length()) return false;
        if (shorter.regionMatches(same + 1, longer, same + 1, shorter.length() - same - 1)) return true;
        return same + 1 < shorter.length()
                && shorter.charAt(same) == longer.charAt(same + 1)
                && shorter.charAt(same + 1) == longer.charAt(same)
                && shorter.regionMatches(same + 2, longer, same + 2, shorter.length() - same - 2);
    }

    private static String without(String word, int i) {
        return word.substring(0, i) + word.substring(i + 1);
    }

    private void add(Token token) {
        int index = tokens.size();
        tokens.add(token);
        int node = 0;
        for (int i = 0; i < token.folded.length(); i++) {
            int symbol = symbol(token.folded.charAt(i));
            if (symbol < 0) return;
            if (next.get(node)[symbol] < 0) {
                next.get(node)[symbol] = next.size();
                next.add(freshNode());
                outputs.add(new int[0]);
            }
            node = next.get(node)[symbol];
        }
        outputs.set(node, with(outputs.get(node), index));
        if (token.folded.length() < TYPO_LENGTH_MIN) return;
        deletions.putIfAbsent(token.folded, token);
        for (int i = 0; i < token.folded.length(); i++) deletions.putIfAbsent(without(token.folded, i), token);
    }

    /** Completes the automaton: from each node the step to take when the name does not go on. */
    private void link() {
        int[] fallback = new int[next.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            int child = next.get(0)[symbol];
            if (child < 0) next.get(0)[symbol] = 0;
            else queue.add(child);
        }
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int output : outputs.get(fallback[node])) outputs.set(node, with(outputs.get(node), output));
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                int child = next.get(node)[symbol];
                int elsewhere = next.get(fallback[node])[symbol];
                if (child < 0) {
                    next.get(node)[symbol] = elsewhere;
                } else {
                    fallback[child] = elsewhere;
                    queue.add(child);
                }
            }
        }
    }

    private static int[] freshNode() {
        int[] node = new int[SYMBOLS];
        Arrays.fill(node, -1);
        return node;
    }

    private static int[] with(int[] values, int value) {
        int[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = value;
        return more;
    }

    private static int symbol(char c) {
        if (c >= 'a' && c <= 'z') return c - 'a';
        return c >= '0' && c <= '9' ? 26 + c - '0' : -1;
    }
}
