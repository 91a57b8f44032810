package org.sharaka.linking;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Identifiers;
import org.sharaka.identifiers.SharedInfrastructure;
import org.sharaka.identifiers.SharedReason;

/**
 * Turns evidence into the keys by which it links. Depends on the evidence and the lists alone: the same report gives the same
 * keys on every node and whenever it is read again. Immutable and thread-safe.
 */
public final class KeyDeriver {
    private static final Set<PhoneNumberType> SERVICE_NUMBERS =
            Set.of(PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN);

    private final LinkPolicy policy;
    private final SharedInfrastructure shared;
    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();

    public KeyDeriver(LinkPolicy policy, SharedInfrastructure shared) {
        this.policy = policy;
        this.shared = shared;
    }

    /**
     * @param keys each once
     * @param leftOut keys by which the report does not link because it has too many ({@link LinkPolicy#keysPerReportMax()});
     *     show the number to the officer
     */
    public record Derivation(List<LinkKey> keys, int leftOut) {
        public Derivation {
            keys = List.copyOf(keys);
        }
    }

    public List<LinkKey> derive(Evidence evidence) {
        return derivation(evidence).keys();
    }

    /** As {@link #derive}, telling how many keys were left out. */
    public Derivation derivation(Evidence evidence) {
        Map<Long, LinkKey> keys = new LinkedHashMap<>();
        Words words = Words.of(evidence.text());
        Set<LinkKey> aside = new LinkedHashSet<>();
        Set<LinkKey> meant = new LinkedHashSet<>();
        Bystanders.Found found = Bystanders.among(evidence.identifiers(), words);
        Set<Identifier> bystanders = found.identifiers();
        for (Identifier identifier : evidence.identifiers()) {
            (bystanders.contains(identifier) ? aside : meant).addAll(keysOf(identifier));
            for (Identifier implied : Identifiers.expand(identifier)) {
                (bystanders.contains(identifier) ? aside : meant).addAll(keysOf(implied));
            }
        }
        for (LinkKey key : meant) keys.putIfAbsent(key.hash(), key);
        for (LinkKey key : aside) {
            if (keys.putIfAbsent(key.hash(), key) != null || key.listed()) continue;
            keys.put(LinkKey.bystander(key.hash()), key.asBystander());
        }
        for (LinkKey key : Clues.of(words)) keys.putIfAbsent(key.hash(), key);
        for (LinkKey key : TextKeys.of(words.without(found.words()))) keys.putIfAbsent(key.hash(), key);
        List<LinkKey> derived = new ArrayList<>(keys.values());
        int leftOut = Math.max(0, derived.size() - policy.keysPerReportMax());
        if (leftOut > 0) derived = strongest(derived);
        return new Derivation(derived, leftOut);
    }

    /** What says most comes first; among equals the hash decides, which nobody can choose. */
    private List<LinkKey> strongest(List<LinkKey> keys) {
        return keys.stream()
                .sorted(Comparator.comparing(LinkKey::listed)
                        .thenComparingDouble(key -> -policy.strength(key.kind(), 2))
                        .thenComparingLong(LinkKey::hash))
                .limit(policy.keysPerReportMax())
                .toList();
    }

    private List<LinkKey> keysOf(Identifier identifier) {
        String canonical = identifier.canonical();
        return switch (identifier.kind()) {
            case IBAN -> List.of(account(canonical.startsWith("MA") ? canonical.substring(4) : canonical, identifier));
            case RIB_MA -> List.of(account(canonical, identifier));
            case CARD -> one(KeyKind.CARD, identifier);
            case BTC -> one(KeyKind.BTC, identifier);
            case ETH -> one(KeyKind.ETH, identifier);
            case TRX -> one(KeyKind.TRX, identifier);
            case LTC -> one(KeyKind.LTC, identifier);
            case XMR -> one(KeyKind.XMR, identifier);
            case TRANSACTION -> one(KeyKind.TRANSACTION, identifier);
            case EMAIL -> one(KeyKind.EMAIL, identifier);
            case PHONE -> one(isServiceNumber(canonical) ? KeyKind.HOTLINE : KeyKind.PHONE, identifier);
            // An account named by its telephone is that telephone, which the identifier implies.
            case WHATSAPP -> canonical.startsWith("+") ? List.of() : one(KeyKind.WHATSAPP, identifier);
            case TELEGRAM -> canonical.startsWith("+") ? List.of() : one(KeyKind.TELEGRAM, identifier);
            case INSTAGRAM -> one(KeyKind.INSTAGRAM, identifier);
            case FACEBOOK -> one(KeyKind.FACEBOOK, identifier);
            case TIKTOK -> one(KeyKind.TIKTOK, identifier);
            case X -> one(KeyKind.X, identifier);
            case IPV4, IPV6 -> one(KeyKind.IP, identifier);
            case FILE_HASH -> one(KeyKind.FILE_HASH, identifier);
            case VIN -> one(KeyKind.VIN, identifier);
            case PLATE -> one(KeyKind.PLATE, identifier);
            case PASSPORT -> one(KeyKind.PASSPORT, identifier);
            case IDENTITY_DOCUMENT -> one(KeyKind.IDENTITY_DOCUMENT, identifier);
            case COMPANY_NUMBER -> one(KeyKind.COMPANY_NUMBER, identifier);
            case DOMAIN -> one(KeyKind.DOMAIN, identifier);
            case HOST -> listedHost(identifier);
            case URL -> ofUrl(identifier);
        };
    }

    private List<LinkKey> one(KeyKind kind, Identifier identifier) {
        boolean proxy = kind == KeyKind.IP && ContentNetworks.contain(identifier.canonical());
        boolean listed = proxy || shared.reason(identifier).isPresent();
        return List.of(LinkKey.of(kind, identifier.canonical(), identifier.display(), listed));
    }

    private static LinkKey account(String canonical, Identifier identifier) {
        return LinkKey.of(KeyKind.IBAN, canonical, identifier.display(), false);
    }

    /** A host links through its domain; it is a key only to say that it is a known service within another's domain. */
    private List<LinkKey> listedHost(Identifier host) {
        boolean listed = shared.reason(host).isPresent();
        boolean domainListed = domain(host)
                .map(domain -> domain.canonical().equals(host.canonical())
                        || shared.reason(domain).isPresent())
                .orElse(false);
        if (!listed || domainListed) return List.of();
        return List.of(LinkKey.of(KeyKind.DOMAIN, host.canonical(), host.display(), true));
    }

    private static Optional<Identifier> domain(Identifier identifier) {
        return Identifiers.expand(identifier).stream()
                .filter(implied -> implied.kind() == IdentifierKind.DOMAIN)
                .findFirst();
    }

    /** Where many share the site, the exact address is the thing; elsewhere the form of the path may tell the kit. */
    private List<LinkKey> ofUrl(Identifier url) {
        List<Identifier> implied = Identifiers.expand(url);
        List<SharedReason> reasons = implied.stream()
                .filter(identifier ->
                        identifier.kind() == IdentifierKind.HOST || identifier.kind() == IdentifierKind.DOMAIN)
                .flatMap(identifier -> shared.reason(identifier).stream())
                .toList();
        PathShape path = PathShape.of(url.canonical());
        if (!reasons.isEmpty()) {
            boolean general = path.isFrontPage() || (!anyoneAddsPages(reasons) && !path.namesOneThing());
            boolean account = implied.stream().anyMatch(KeyDeriver::isAccount);
            if (general || account || shared.reason(url).isPresent()) return List.of();
            return List.of(LinkKey.of(KeyKind.URL, path.withoutTracking(), url.display(), false));
        }
        return path.fingerprint()
                .map(shape -> List.of(LinkKey.of(KeyKind.PATH_SHAPE, shape, shape, false)))
                .orElse(List.of());
    }

    /** Sites where every page was put by somebody, so that a short address is as telling as a long one. */
    private static boolean anyoneAddsPages(List<SharedReason> reasons) {
        return reasons.stream().anyMatch(reason -> switch (reason) {
            case SHORTENER, LINK_IN_BIO, FREE_HOST, DYNAMIC_DNS, CLOUD_STORAGE, SOCIAL_PLATFORM -> true;
            default -> false;
        });
    }

    private static boolean isAccount(Identifier identifier) {
        return switch (identifier.kind()) {
            case TELEGRAM, WHATSAPP, INSTAGRAM, FACEBOOK, TIKTOK, X -> true;
            default -> false;
        };
    }

    private boolean isServiceNumber(String e164) {
        try {
            return SERVICE_NUMBERS.contains(phones.getNumberType(phones.parse(e164, null)));
        } catch (NumberParseException e) {
            return false;
        }
    }
}
