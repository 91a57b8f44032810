package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What stands behind the host of a web address. Copies of one phishing kit, and the links of one sending, keep it while domains
 * change: {@code /suivi/paiement.php?ref} on forty domains. What every site has ({@code /login}, {@code /wp-content/…}) says nothing.
 */
final class PathShape {
    private static final int LENGTH_MAX = 300;
    private static final int SEGMENTS_MAX = 10;
    /** A part of an address this long is a name that somebody gave. */
    private static final int NAME_LENGTH_MIN = 16;

    /** What a shape must weigh to be a fingerprint; see {@link #weigh}. */
    private static final double WEIGHT_MIN = 4;

    /** The same for a single segment without parameters: a brand and a common word are not enough. */
    private static final double WEIGHT_MIN_ALONE = 5;

    private static final double UNUSUAL_WORD = 3;
    private static final double UNUSUAL_PARAMETER = 1.5;
    private static final double COMMON_WORD = 1;

    /** Words that stand in the paths of all sorts of sites: they say little. */
    private static final Set<String> COMMON =
            Set.copyOf(List.of(("account accounts acc auth authentication authorize user users member members"
                            + " client clients customer login log logon signin sign signup register registration secure security"
                            + " secured safe verify verification verified validate validation confirm confirmation update upgrade"
                            + " billing payment payments pay checkout order orders cart shop store product products service"
                            + " services support help contact about info information home main page pages web site app apps api"
                            + " mobile desktop portal panel admin dashboard my net online bank banking card cards id token session"
                            + " code otp sms mfa pin password reset forgot recover recovery unlock locked error success complete"
                            + " done finish final thank thanks welcome start begin next step go redirect redir r click link links"
                            + " out track tracking delivery parcel package post news blog article articles category tag tags search"
                            + " download downloads file files doc docs document documents img image images media video videos"
                            + " public private test temp tmp new old data content assets static js css view show form forms submit"
                            + " process action select step1 select2 en fr es ar de it pt ja jp cn us uk ma global default tokyo japan"
                            + " connexion compte espace connecter identification inicio cuenta acceso entrar usuario mail webmail"
                            + " email inbox outlook office owa event events profile settings notice v1 v2 sub top list detail"
                            + " privacy policy terms faq gate check claim connect wallet airdrop entry title join free get gift offer"
                            + " promo bonus win winner prize play game watch web sitemap feed comments author collections catalog cdn"
                            + " with your this that from dashboard status result results step ticket invoice bill")
                    .split("\\s+")));

    /** Parts of well-known site software: they weigh nothing at all. */
    private static final Set<String> SOFTWARE = Set.of(
            "index",
            "default",
            "wp",
            "content",
            "includes",
            "themes",
            "plugins",
            "uploads",
            "cgi",
            "bin",
            "well",
            "known",
            "html",
            "htm",
            "php",
            "asp",
            "aspx",
            "jsp",
            "do",
            "xml",
            "json",
            "txt",
            "assets",
            "static",
            "public",
            "vendor",
            "node",
            "modules",
            "components",
            "administrator",
            "media",
            "templates",
            "cache",
            "sites",
            "all",
            "files");

    private static final Set<String> CMS_MARKS =
            Set.of("wp-content", "wp-includes", "wp-admin", ".well-known", "cgi-bin");

    private static final Set<String> TRACKING = Set.of(
            "fbclid",
            "gclid",
            "yclid",
            "msclkid",
            "dclid",
            "igshid",
            "igsh",
            "mc_cid",
            "mc_eid",
            "ref_src",
            "si",
            "feature",
            "_ga",
            "_gl",
            "twclid",
            "ttclid",
            "spm",
            "gad_source",
            "wbraid",
            "gbraid");

    private final String host;
    private final String path;
    private final List<String> parameters;

    private PathShape(String host, String path, List<String> parameters) {
        this.host = host;
        this.path = path;
        this.parameters = parameters;
    }

    /** @param url in canonical form */
    static PathShape of(String url) {
        int scheme = url.indexOf("://");
        int begin = scheme < 0 ? 0 : scheme + 3;
        int hash = url.indexOf('#', begin);
        String rest = hash < 0 ? url.substring(begin) : url.substring(begin, hash);
        int query = rest.indexOf('?');
        String beforeQuery = query < 0 ? rest : rest.substring(0, query);
        int slash = beforeQuery.indexOf('/');
        String host = slash < 0 ? beforeQuery : beforeQuery.substring(0, slash);
        String path = slash < 0 ? "" : beforeQuery.substring(slash);
        List<String> parameters = new ArrayList<>();
        if (query >= 0) {
            for (String parameter : rest.substring(query + 1).split("&", 64)) {
                if (!parameter.isEmpty() && !isTracking(parameter)) parameters.add(parameter);
            }
        }
        return new PathShape(host, path, parameters);
    }

    private static boolean isTracking(String parameter) {
        String name = name(parameter);
        return name.startsWith("utm_") || name.startsWith("gad_") || TRACKING.contains(name);
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    }

    /** True if the address says which of a site's many things is meant: by a number, or by a long name. */
    boolean namesOneThing() {
        return Stream.concat(Arrays.stream(path.split("/", -1)), parameters.stream())
                .anyMatch(
                        part -> part.length() >= NAME_LENGTH_MIN || part.chars().anyMatch(Character::isDigit));
    }

    boolean isFrontPage() {
        return path.length() <= 1 && parameters.isEmpty();
    }

    /** The address without scheme, fragment and what only follows the visitor. */
    String withoutTracking() {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return host + trimmed + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }

    /** The shape, if it is distinctive enough to tell one kit or one sending from all others. */
    Optional<String> fingerprint() {
        if (path.length() + parameters.size() < 3 || path.length() > LENGTH_MAX) return Optional.empty();
        for (String mark : CMS_MARKS) if (path.contains(mark)) return Optional.empty();
        String[] segments = Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toArray(String[]::new);
        if (segments.length > SEGMENTS_MAX) return Optional.empty();
        double weight = 0;
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            // A token of chance that several domains serve is one sending's; each visitor's own token meets no other.
            if (segments.length == 1 && parameters.isEmpty() && isChance(segment) && segment.length() >= 8) {
                return Optional.of("/" + segment);
            }
            shape.append('/').append(masked(segment));
            weight += weigh(segment);
        }
        Set<String> names = new TreeSet<>();
        for (String parameter : parameters) {
            if (parameter.indexOf('=') > 0 && !isChance(name(parameter))) names.add(masked(name(parameter)));
        }
        for (String name : names)
            weight += COMMON.contains(name) || name.length() < 3 ? COMMON_WORD / 2 : UNUSUAL_PARAMETER;
        if (!names.isEmpty()) shape.append('?').append(String.join("&", names));
        double least = segments.length <= 1 && names.isEmpty() ? WEIGHT_MIN_ALONE : WEIGHT_MIN;
        return weight >= least ? Optional.of(shape.toString()) : Optional.empty();
    }

    private static double weigh(String segment) {
        if (isChance(segment)) return 0;
        double weight = 0;
        for (String word : segment.replaceAll("%[0-9A-Fa-f]{2}", "%")
                .toLowerCase(Locale.ROOT)
                .split("[^\\p{L}]+")) {
            if (word.isEmpty() || SOFTWARE.contains(word)) continue;
            weight += COMMON.contains(word) || word.length() < 4 ? COMMON_WORD : UNUSUAL_WORD;
        }
        return Math.min(weight, 2 * UNUSUAL_WORD);
    }

    private static String masked(String segment) {
        if (isChance(segment)) return "*";
        return segment.toLowerCase(Locale.ROOT).replaceAll("\\p{Nd}+", "0");
    }

    /** Looks as if a machine drew it: digits among letters, capitals inside, or hardly a vowel. */
    private static boolean isChance(String text) {
        int letters = 0;
        int digits = 0;
        int turns = 0;
        int vowels = 0;
        int last = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int sort = Character.isDigit(c) ? 0 : Character.isUpperCase(c) ? 1 : Character.isLetter(c) ? 2 : 3;
            if (sort == 0) digits++;
            if (sort == 1 || sort == 2) letters++;
            if (sort != 3 && last != 3 && last >= 0 && sort != last && !(last == 1 && sort == 2)) turns++;
            if ("aeiouyAEIOUY".indexOf(c) >= 0 || c >= 0x80) vowels++;
            last = sort;
        }
        if (letters == 0) return true;
        int size = letters + digits;
        if (digits * 2 >= size && size >= 4) return true;
        if (size >= 6 && turns >= 3) return true;
        if (size >= 16 && turns >= 1 && digits >= 3) return true;
        return letters >= 7 && vowels * 6 < letters;
    }
}
