package org.sharaka.identifiers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What everybody uses, and what therefore links nobody: shorteners, free hosts, popular sites, mail providers, banks' own
 * sites. A list that ships with the library, and lines that an administrator adds. Immutable and thread-safe.
 *
 * <p>A line is {@code NAME} or {@code NAME REASON}, where NAME is a host, a domain, an address or a hash, a leading dot or
 * {@code *.} is ignored, and REASON a {@link SharedReason}; a line {@code [REASON]} sets the reason for the lines behind it; {@code #}
 * begins a comment.
 */
public final class SharedInfrastructure {
    private static final String RESOURCE = "shared-infrastructure.txt";

    /** Loaded at first use. */
    private static final class Bundled {
        private static final SharedInfrastructure INSTANCE = load();
    }

    private final Map<String, SharedReason> reasons;

    private SharedInfrastructure(Map<String, SharedReason> reasons) {
        this.reasons = Map.copyOf(reasons);
    }

    /** The list that ships with the library. */
    public static SharedInfrastructure bundled() {
        return Bundled.INSTANCE;
    }

    /**
     * This list and more lines; a line overrules what was listed before it. Lines without a reason are
     * {@link SharedReason#LISTED_LOCALLY} unless a section line came before.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public SharedInfrastructure withAdditional(Iterable<String> lines) {
        Map<String, SharedReason> all = new HashMap<>(reasons);
        add(all, lines, SharedReason.LISTED_LOCALLY);
        return new SharedInfrastructure(all);
    }

    /**
     * Why the identifier says nothing by itself; empty when it may link. A web address says nothing when it is the bare front
     * page of a shared host. An e-mail address and an account always name one mailbox, one account.
     */
    public Optional<SharedReason> reason(Identifier identifier) {
        String canonical = identifier.canonical();
        return Optional.ofNullable(
                switch (identifier.kind()) {
                    case HOST, DOMAIN -> ofHost(canonical);
                    case URL -> ofUrl(canonical);
                    case IPV4, IPV6 -> ofAddress(canonical);
                    case FILE_HASH, ETH, TRX, BTC -> reasons.get(canonical);
                    default -> null;
                });
    }

    private @Nullable SharedReason ofAddress(String address) {
        SharedReason listed = reasons.get(address);
        if (listed != null) return listed;
        return IpAddresses.isLocal(address) ? SharedReason.PUBLIC_OR_LOCAL_ADDRESS : null;
    }

    private @Nullable SharedReason ofUrl(String url) {
        int from = url.indexOf("://") + 3;
        int slash = url.indexOf('/', from);
        if (slash < 0) return null;
        String authority = url.substring(from, slash);
        if (authority.startsWith("[") || IpAddresses.endsInNumber(withoutPort(authority))) {
            String address =
                    authority.startsWith("[") ? authority.substring(1, authority.indexOf(']')) : withoutPort(authority);
            return IpAddresses.isLocal(address) ? SharedReason.PUBLIC_OR_LOCAL_ADDRESS : null;
        }
        SharedReason reason = ofHost(withoutPort(authority));
        boolean frontPage = slash == url.length() - 1;
        return reason == null || frontPage || !reason.exactUrlIdentifies() ? reason : null;
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** The host itself, then each parent down to the registrable domain: below a free host's name the tenant begins. */
    private @Nullable SharedReason ofHost(String host) {
        String domain = registrable(host);
        String at = host;
        while (true) {
            SharedReason reason = reasons.get(at);
            if (reason != null) return reason;
            if (domain == null || at.length() <= domain.length()) break;
            at = at.substring(at.indexOf('.') + 1);
        }
        if (domain != null && isGovernment(domain.substring(domain.indexOf('.') + 1))) return SharedReason.POPULAR_SITE;
        // A bare private suffix, such as github.io, is a free host even where our list has forgotten it.
        return domain == null && PublicSuffixes.registrySuffixStart(host) > 0 ? SharedReason.FREE_HOST : null;
    }

    /** Suffixes that a state gives to its own offices alone: {@code gov.ma}, {@code gouv.fr}, {@code gob.es}, {@code police.uk}. */
    private static boolean isGovernment(String suffix) {
        int dot = suffix.indexOf('.');
        if (dot < 0) return suffix.equals("gov") || suffix.equals("mil");
        if (suffix.indexOf('.', dot + 1) >= 0) return false;
        return switch (suffix.substring(0, dot)) {
            case "gov", "gouv", "gob", "gub", "govt", "police" -> true;
            default -> false;
        };
    }

    /** Whether everyone's mailboxes are at this domain, so that it says nothing about one of them. */
    boolean isMailHost(String host) {
        SharedReason reason = ofHost(host);
        return reason == SharedReason.MAIL_PROVIDER || reason == SharedReason.DISPOSABLE_MAIL;
    }

    /**
     * The domain that one party holds: public suffix plus one label, where the hosts that let anyone have a subdomain count as
     * suffixes, those of the public suffix list as well as those of ours. Null when the host is itself a suffix.
     */
    @Nullable
    String registrable(String host) {
        int suffix = PublicSuffixes.suffixStart(host);
        String domain = PublicSuffixes.oneLabelMore(host, suffix);
        if (domain == null) return null;
        String tenant = domain;
        while (tenant.length() < host.length()) {
            SharedReason reason = reasons.get(tenant);
            int dot = host.lastIndexOf('.', host.length() - tenant.length() - 2);
            String longer = host.substring(dot + 1);
            if (reason != null && reason.subdomainIdentifies() && !isFrontDoor(longer)) domain = longer;
            tenant = longer;
        }
        return domain;
    }

    /** {@code www.weebly.com} is Weebly's own page, not a tenant. */
    private static boolean isFrontDoor(String host) {
        return host.startsWith("www.")
                || host.startsWith("m.")
                || host.startsWith("help.")
                || host.startsWith("support.");
    }

    private static SharedInfrastructure load() {
        List<String> lines = new ArrayList<>();
        try (InputStream in = SharedInfrastructure.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException(RESOURCE + " is not in the archive");
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) lines.add(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, SharedReason> all = new HashMap<>();
        add(all, lines, SharedReason.POPULAR_SITE);
        return new SharedInfrastructure(all);
    }

    private static void add(Map<String, SharedReason> into, Iterable<String> lines, SharedReason first) {
        SharedReason current = first;
        for (String line : lines) {
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (text.isEmpty()) continue;
            if (text.startsWith("[") && text.endsWith("]")) {
                current = reasonNamed(text.substring(1, text.length() - 1), line);
                continue;
            }
            String[] words = text.split("\\s+");
            boolean explained = words.length == 2 && isReason(words[1]);
            SharedReason reason = explained ? reasonNamed(words[1], line) : current;
            for (int i = 0; i < (explained ? 1 : words.length); i++) into.put(name(words[i], line), reason);
        }
    }

    private static boolean isReason(String word) {
        return word.length() > 2 && word.equals(word.toUpperCase(Locale.ROOT)) && word.indexOf('.') < 0;
    }

    private static SharedReason reasonNamed(String name, String line) {
        try {
            return SharedReason.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no such reason: " + line, e);
        }
    }

    private static String name(String written, String line) {
        String text = written;
        if (text.startsWith("*.")) text = text.substring(2);
        else if (text.startsWith(".")) text = text.substring(1);
        if (text.indexOf(':') >= 0) {
            String v6 = IpAddresses.canonicalV6(text);
            if (v6 != null) return v6;
        }
        // Hashes and wallet addresses stand as they are; everything else is a host.
        if (text.indexOf('.') < 0 && text.length() >= 26) return text;
        String host = IpAddresses.isDottedQuad(text) ? text : Hosts.canonical(text);
        if (host == null) throw new IllegalArgumentException("not a host: " + line);
        return host;
    }
}
