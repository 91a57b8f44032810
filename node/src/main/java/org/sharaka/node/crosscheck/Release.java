package org.sharaka.node.crosscheck;

import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.HandlingCode;

/**
 * What an officer lets another member know of our own reports.
 *
 * @param losses whether stated losses go with the figures
 * @param words a sentence besides; not with {@link Level#NOTHING}
 * @param basis code of the agreement that lets it pass
 */
record Release(Level level, boolean losses, Optional<Words> words, String basis, Set<HandlingCode> codes) {
    /** Each tells all that the one before it tells. */
    enum Level {
        /** Whether anything is known stays open. */
        NOTHING,
        KNOWN,
        FIGURES,
        /** Which of their traces we know too. */
        TRACES
    }

    Release {
        codes = Set.copyOf(codes);
        if (level == Level.NOTHING && words.isPresent())
            throw CrossCheckProblem.BAD_FIELD.because("nothing to share comes with nothing else");
    }

    boolean tells(Level wanted) {
        return level.compareTo(wanted) >= 0;
    }
}
