package org.sharaka.node.screening;

import java.util.Arrays;
import java.util.Optional;

/** How a list is published. The words are typed at the command line and stored: never rename one. */
public enum ListFormat {
    /** The consolidated list of the United Nations Security Council. */
    UN_XML("un-xml", "un", Standing.UN_SECURITY_COUNCIL),
    /** The list of specially designated nationals of the United States' Treasury. */
    OFAC_CSV("ofac-csv", "ofac", Standing.FOREIGN_LIST),
    /** Entities of the FollowTheMoney model; its name says which list it is. */
    FTM_JSON("ftm-json", "", Standing.FOREIGN_LIST),
    /** Kept by a module of this node; comes in no file. */
    OWN("own", "", Standing.FOREIGN_LIST);

    private final String word;
    private final String list;
    private final Standing standing;

    ListFormat(String word, String list, Standing standing) {
        this.word = word;
        this.list = list;
        this.standing = standing;
    }

    public String word() {
        return word;
    }

    /** The name of the one list that comes in this format; empty where the administrator names it. */
    Optional<String> list() {
        return list.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    /** What such a list is unless something else is stated. */
    Standing standing() {
        return standing;
    }

    /** Whether it comes as a file. */
    boolean imported() {
        return this != OWN;
    }

    static Optional<ListFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst();
    }
}
