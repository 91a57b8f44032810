package org.sharaka.identifiers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sharaka.identifiers.WebAddresses.WebAddress;

/** Reads single values and leads from one identifier to those that it implies. Thread-safe. */
public final class Identifiers {
    /** A raw value longer than this is refused unread. */
    public static final int RAW_LENGTH_MAX = 4 * Identifier.CANONICAL_LENGTH_MAX;

    private Identifiers() {}

    /**
     * Reads one value of a known kind, as a form or a column of a file gives it: disarmed, in digits of any script, with blanks. A
     * canonical form reads as itself. A whole card number is refused as {@link InvalidReason#CARD_HASH_MISSING}: see the other method.
     *
     * @param region decides forms that do not name their country
     */
    public static Parsed parse(IdentifierKind kind, String raw, Region region) {
        return read(kind, raw, region, null);
    }

    /** As {@link #parse(IdentifierKind, String, Region)}, with what stands for a whole card number. */
    public static Parsed parse(IdentifierKind kind, String raw, Region region, CardHash cardHash) {
        return read(kind, raw, region, cardHash);
    }

    private static Parsed read(IdentifierKind kind, String raw, Region region, @Nullable CardHash cardHash) {
        if (raw.length() > RAW_LENGTH_MAX) return InvalidReason.TOO_LONG.parsed();
        String text = NormalisedText.plain(raw);
        if (text.isEmpty()) return InvalidReason.EMPTY.parsed();
        return switch (kind) {
            case URL -> WebAddresses.parse(text);
            case HOST -> Hosts.parseHost(text);
            case DOMAIN -> Hosts.parseDomain(text);
            case EMAIL -> MailAddresses.parse(text);
            case PHONE -> Phones.parse(text, region);
            case IBAN -> BankAccounts.parseIban(text);
            case RIB_MA -> BankAccounts.parseRib(text);
            case CARD -> Cards.parse(text, cardHash);
            case BTC, ETH, TRX, LTC, XMR -> Wallets.parse(kind, text);
            case TELEGRAM, WHATSAPP, INSTAGRAM, FACEBOOK, TIKTOK, X -> Handles.parse(kind, text, region);
            case IPV4 -> IpAddresses.parseV4(text);
            case IPV6 -> IpAddresses.parseV6(text);
            case FILE_HASH -> Digests.parse(text);
            case VIN -> Vehicles.parseVin(text);
            case PLATE -> Vehicles.parsePlate(text, region);
            case PASSPORT -> Documents.parsePassport(text, region);
            case IDENTITY_DOCUMENT -> Documents.parseIdentity(text, region);
            case COMPANY_NUMBER -> Companies.parse(text, region);
            case TRANSACTION -> Transactions.parse(text, region);
        };
    }

    /**
     * What an identifier implies, without itself, the widest last: a web address its account on a platform, its host and its domain;
     * an e-mail address its domain, unless everyone's mailboxes are there; a WhatsApp account its telephone; a Moroccan IBAN its
     * RIB; an establishment its company.
     */
    public static List<Identifier> expand(Identifier identifier) {
        List<Identifier> implied = new ArrayList<>(3);
        String canonical = identifier.canonical();
        switch (identifier.kind()) {
            case URL -> expandUrl(canonical, implied);
            case HOST -> addDomain(canonical, implied);
            case EMAIL -> {
                String host = canonical.substring(canonical.lastIndexOf('@') + 1);
                if (!SharedInfrastructure.bundled().isMailHost(host)) addDomain(host, implied);
            }
            case WHATSAPP, TELEGRAM -> {
                if (canonical.startsWith("+")) add(Phones.parse(canonical, Region.UNKNOWN), implied);
            }
            case IBAN -> {
                if (canonical.startsWith("MA")) add(BankAccounts.parseRib(canonical.substring(4)), implied);
            }
            case COMPANY_NUMBER -> {
                if (canonical.startsWith("FR:SIRET:")) add(Companies.siren(canonical.substring(9, 18)), implied);
            }
            default -> {}
        }
        return List.copyOf(implied);
    }

    private static void expandUrl(String url, List<Identifier> implied) {
        WebAddress address = WebAddresses.read(url);
        if (address == null) return;
        Identifier account = Handles.ofLink(address);
        if (account != null) implied.add(account);
        String host = address.host();
        if (address.ip()) {
            add(host.startsWith("[") ? IpAddresses.parseV6(host) : IpAddresses.parseV4(host), implied);
            return;
        }
        add(Hosts.parseHost(host), implied);
        addDomain(host, implied);
    }

    private static void addDomain(String host, List<Identifier> implied) {
        String domain = SharedInfrastructure.bundled().registrable(host);
        if (domain != null) implied.add(new Identifier(IdentifierKind.DOMAIN, domain, Hosts.display(domain)));
    }

    private static void add(Parsed parsed, List<Identifier> into) {
        parsed.asIdentifier().ifPresent(into::add);
    }
}
