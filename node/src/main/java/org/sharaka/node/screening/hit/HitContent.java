package org.sharaka.node.screening.hit;

import java.util.List;
import org.sharaka.node.screening.Comparison;

/**
 * What a hit says; sealed in the database.
 *
 * @param typed what the officer asked
 * @param comparison both sides as they were compared
 * @param place where it was, in the officer's words
 * @param checked what was compared besides the name
 * @param note the officer's words, empty for none
 */
public record HitContent(String typed, Comparison comparison, String place, List<Checked> checked, String note) {
    public HitContent {
        checked = List.copyOf(checked);
    }
}
