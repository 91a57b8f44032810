package org.sharaka.node.crosscheck;

import java.util.Optional;
import org.sharaka.protocol.content.Words;

/**
 * What an officer lets another member know of our own reports.
 *
 * @param losses whether stated losses go with the figures
 * @param words a sentence besides; not with {@link Level#NOTHING}
 * @param terms with {@link Level#NOTHING}: the agreement alone, so that the answer is the same whatever is known
 */
record Release(Level level, boolean losses, Optional<Words> words, Terms terms) {
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
        if (level == Level.NOTHING) terms = terms.bare();
        if (level == Level.NOTHING && words.isPresent())
            throw CrossCheckProblem.BAD_FIELD.because("nothing to share comes with nothing else");
    }

    boolean tells(Level wanted) {
        return level.compareTo(wanted) >= 0;
    }
}
