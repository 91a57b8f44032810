package org.sharaka.identifiers;

import com.ibm.icu.text.Normalizer2;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A name that criminals borrow, and where its owner really is.
 *
 * @param name as people say it, such as {@code Crédit du Littoral}
 * @param officialDomains canonical domains of its owner; hosts at or below them are never look-alikes
 * @param tokens how the name appears in hosts, ASCII letters and digits, three characters at least
 */
public record Brand(String name, Set<String> officialDomains, Set<String> tokens) {
    public Brand {
        if (name.isBlank()) throw new IllegalArgumentException("name is blank");
        officialDomains = Set.copyOf(officialDomains);
        tokens = Set.copyOf(tokens);
    }

    /**
     * A brand whose host names are its name and the first labels of its domains.
     *
     * @throws IllegalArgumentException when a domain is not a host, or no token of three characters results
     */
    public static Brand of(String name, String... officialDomains) {
        Set<String> domains = new LinkedHashSet<>();
        Set<String> tokens = new LinkedHashSet<>();
        add(tokens, name);
        for (String written : List.of(officialDomains)) {
            String host = Hosts.canonical(written);
            if (host == null) throw new IllegalArgumentException("not a host: " + written);
            domains.add(host);
            String domain = SharedInfrastructure.bundled().registrable(host);
            if (domain != null) add(tokens, domain.substring(0, domain.indexOf('.')));
        }
        if (tokens.isEmpty()) throw new IllegalArgumentException("no token of three ASCII characters");
        return new Brand(name, domains, tokens);
    }

    private static void add(Set<String> tokens, String written) {
        String plain = Normalizer2.getNFDInstance().normalize(written.toLowerCase(Locale.ROOT));
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) token.append(c);
        }
        if (token.length() >= 3) tokens.add(token.toString());
    }
}
