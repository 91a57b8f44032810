package org.sharaka.node.intake;

import org.sharaka.identifiers.Identifier;

/**
 * An identifier of a report.
 *
 * @param position its number in the report, from 0; stable
 * @param withdrawn true if the reporter or an officer took it back; it is kept and no longer counts
 */
public record ReportedIdentifier(int position, Identifier identifier, Origin origin, boolean withdrawn) {
    /** Where it was. The names are stored: never rename one. */
    public enum Origin {
        /** In a field of its own. */
        GIVEN,
        /** In the narrative. */
        FOUND
    }
}
