package org.sharaka.node.screening;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an entry is in law, and so what an officer may do who meets it (S1). The words are typed at the command line and stored: never
 * rename one.
 */
public enum Standing {
    /** An entry of the United Nations Security Council's list: funds are frozen, entry and transit are refused. */
    UN_SECURITY_COUNCIL(Tone.CARE),
    /** An entry of another country's or organisation's own list: to be known and told to the own bureau, binding nobody here. */
    FOREIGN_LIST(Tone.TELL),
    /** Sought by a court of this country. */
    OWN_WARRANT(Tone.ARREST),
    /** Another country asks for arrest with a view to extradition; whether that suffices here is this country's law. */
    RED(Tone.ARREST),
    /** Information on a person is asked for; the person may be a witness. */
    BLUE(Tone.TELL),
    /** A warning. */
    GREEN(Tone.TELL),
    /** A missing person, or one who cannot say who they are. */
    YELLOW(Tone.PROTECT),
    /** Assets are looked for; nothing may be seized on it. */
    SILVER(Tone.TELL),
    /** The issuing country says that the document was stolen. */
    STOLEN_DOCUMENT(Tone.CARE),
    /** The issuing country says that the document was lost; its bearer may be its owner. */
    LOST_DOCUMENT(Tone.PROTECT),
    /** The issuing country has declared the document invalid. */
    INVALID_DOCUMENT(Tone.CARE),
    /** The country of registration says that the vehicle was stolen; its driver may have bought it in good faith. */
    STOLEN_VEHICLE(Tone.CARE);

    /** How an answer looks, so that what lets nobody be arrested never reads like what does. */
    public enum Tone {
        ARREST,
        CARE,
        TELL,
        PROTECT
    }

    private final Tone tone;

    Standing(Tone tone) {
        this.tone = tone;
    }

    public Tone tone() {
        return tone;
    }

    /** As it is written outside the program, for instance {@code foreign-list}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether an administrator may say so of a list that is imported; the others follow from what the list is. */
    boolean mayBeStated() {
        return this != UN_SECURITY_COUNCIL && !ofRegister();
    }

    /** Whether it is said of a document or vehicle in a register, and not of an entry of a list. */
    public boolean ofRegister() {
        return this == STOLEN_DOCUMENT || this == LOST_DOCUMENT || this == INVALID_DOCUMENT || this == STOLEN_VEHICLE;
    }

    static Optional<Standing> stated(String word) {
        return Arrays.stream(values())
                .filter(each -> each.mayBeStated() && each.word().equals(word))
                .findFirst();
    }

    /** What may be stated, for a message. */
    static String words() {
        return Arrays.stream(values())
                .filter(Standing::mayBeStated)
                .map(Standing::word)
                .collect(Collectors.joining(", "));
    }
}
