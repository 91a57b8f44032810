package org.sharaka.linking;

import java.util.List;
import org.sharaka.identifiers.Identifier;

/**
 * What a report offers to link by.
 *
 * @param identifiers given in fields of their own or found in the text
 * @param text the narrative as the reporter wrote it; may be empty
 */
public record Evidence(List<Identifier> identifiers, String text) {
    public Evidence {
        identifiers = List.copyOf(identifiers);
    }
}
