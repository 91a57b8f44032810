package org.sharaka.node.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why somebody looks at data. Every sensitive view and every API key carries one.
 *
 * <p>Source: INTERPOL's Rules on the Processing of Data, article 10(2), as gathered in the domain brief A.8 (not
 * re-read against the primary text).
 */
public enum Purpose {
    SEARCH_WANTED_PERSON,
    LOCATE_PERSON_OR_OBJECT,
    INVESTIGATION,
    WARN,
    IDENTIFY_PERSON_OR_BODY,
    FORENSIC_ANALYSIS,
    SECURITY_CHECK,
    IDENTIFY_TRENDS_AND_NETWORKS;

    /** As it travels in messages to other nodes, for instance {@code search-wanted-person}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What another node wrote, if it is one of ours. */
    public static Optional<Purpose> ofCode(String code) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.code().equals(code))
                .findFirst();
    }
}
