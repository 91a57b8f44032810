package org.sharaka.identifiers;

import com.google.common.base.Splitter;
import com.google.thirdparty.publicsuffix.PublicSuffixPatterns;
import com.google.thirdparty.publicsuffix.PublicSuffixType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public suffix list (publicsuffix.org) as Guava ships it, read directly: {@code InternetDomainName} validates at every call,
 * which costs more than the rest, and refuses hosts that are seen in the wild. Hosts are given in canonical form.
 */
final class PublicSuffixes {
    private static final Splitter DOTS = Splitter.on('.');

    private PublicSuffixes() {}

    /**
     * Whether the last label is a top-level domain of the list; {@code onion} counts (RFC 7686), and so does {@code example}
     * (RFC 2606), whose names stand for real ones in exercises and belong to nobody.
     */
    static boolean hasKnownTopLevel(String host) {
        return isTopLevel(host.substring(host.lastIndexOf('.') + 1));
    }

    static boolean isTopLevel(String label) {
        // With one label more, so that a domain with nothing but "*.ck" counts.
        return PublicSuffixPatterns.TRIE.findSuffixIndex(List.of("x", label), PublicSuffixType.REGISTRY) >= 0
                || label.equals("onion")
                || label.equals("example");
    }

    /**
     * Where the public suffix of a host begins, private suffixes (free hosts) included; 0 when the whole host is one. A host under no
     * listed suffix has its last label as suffix, as the list's algorithm says.
     */
    static int suffixStart(String host) {
        List<String> labels = DOTS.splitToList(host);
        return start(host, labels, PublicSuffixPatterns.TRIE.findSuffixIndex(labels));
    }

    /** As {@link #suffixStart(String)}, with only the suffixes that registries run. */
    static int registrySuffixStart(String host) {
        List<String> labels = DOTS.splitToList(host);
        return start(host, labels, PublicSuffixPatterns.TRIE.findSuffixIndex(labels, PublicSuffixType.REGISTRY));
    }

    private static int start(String host, List<String> labels, int index) {
        if (index < 0) return host.lastIndexOf('.') + 1;
        int start = 0;
        for (int i = 0; i < index; i++) start += labels.get(i).length() + 1;
        return start;
    }

    /** The suffix plus one label; null when the host is a suffix itself. */
    static @Nullable String oneLabelMore(String host, int suffixStart) {
        if (suffixStart < 2) return null;
        int dot = host.lastIndexOf('.', suffixStart - 2);
        return dot < 0 ? host : host.substring(dot + 1);
    }
}
