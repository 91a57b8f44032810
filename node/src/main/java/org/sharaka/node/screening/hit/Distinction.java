package org.sharaka.node.screening.hit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Says that a person is not the one of an entry (S6). The person asked for it and agreed that it is kept; it ends by itself.
 *
 * @param entity the entry that the person was taken for
 * @param caption name of that entry
 * @param name the person's own
 * @param birth the person's own, empty if not given
 * @param documents the person's numbers, by which the next post knows them
 * @param code on the person's paper
 * @param consent how and when the person agreed, in the officer's words
 */
public record Distinction(
        UUID id,
        String entity,
        String caption,
        String name,
        String birth,
        List<String> documents,
        String code,
        String consent,
        String madeBy,
        Instant madeAt,
        Instant endsAt) {
    public Distinction {
        documents = List.copyOf(documents);
    }
}
