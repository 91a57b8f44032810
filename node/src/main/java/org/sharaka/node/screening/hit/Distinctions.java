package org.sharaka.node.screening.hit;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.sharaka.matching.ExactKey;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;

/** Distinguishing records as the front line asks them (S6): in the database, or in an extract of it. */
public interface Distinctions {
    /** The record whose paper somebody shows, if the text is such a code and in force. Needs {@link Permission#SCREENING_QUERY}. */
    Optional<Distinction> byCode(Actor actor, String typed);

    /** Those for an entry whose document was asked; for a page that has entered its query. */
    List<Distinction> matching(String entity, Collection<ExactKey> asked);
}
