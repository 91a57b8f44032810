package org.sharaka.node.screening.roll;

import java.util.Optional;
import org.sharaka.node.screening.TypedQuery;
import org.sharaka.node.screening.desk.DeskService;

/**
 * One person of a roll, as the file has it.
 *
 * @param reference the keeper's own: a seat, a booking, a badge
 * @param number of a document
 */
record RollRow(String reference, String name, String birth, String number) {
    static final int REFERENCE_MAX = 100;

    /** Why a row is not screened. Stored: never rename one. */
    enum Refusal {
        /** Not CSV in UTF-8, or a quote that is not closed. */
        UNREADABLE,
        /** Neither a name of letters nor a number. */
        NOTHING_TO_ASK,
        /** More than is looked at. */
        TOO_LONG,
        /** The screening itself refused it. */
        NOT_SCREENED
    }

    Optional<Refusal> refusal() {
        String asked = asked();
        if (asked.codePointCount(0, asked.length()) > TypedQuery.LENGTH_MAX || reference.length() > REFERENCE_MAX)
            return Optional.of(Refusal.TOO_LONG);
        return TypedQuery.read(asked, org.sharaka.identifiers.Region.UNKNOWN).isEmpty()
                ? Optional.of(Refusal.NOTHING_TO_ASK)
                : Optional.empty();
    }

    /** For a screen: the name, or the number of a row without one; nothing in it turns the page round. */
    public String caption() {
        return DeskService.shown(name.isEmpty() ? number : name);
    }

    public String shownReference() {
        return DeskService.shown(reference);
    }

    public String shownBirth() {
        return DeskService.shown(birth);
    }

    /** Empty where it is the caption. */
    public String shownNumber() {
        return name.isEmpty() ? "" : DeskService.shown(number);
    }

    /** As an officer would type it at the desk, so that what is found here is compared and dismissed there. */
    public String asked() {
        return (name + " " + birth + " " + number).strip();
    }
}
