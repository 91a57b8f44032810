package org.sharaka.linking;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one call of the {@link Linker} did, so that a caller can keep figures per campaign without counting anew.
 *
 * @param moved every report whose group changed, once, from where it was before the call to where it is after it
 * @param keysShared keys that no longer link
 * @param keysLinking keys that link again
 */
public record Changes(List<Moved> moved, Set<Long> keysShared, Set<Long> keysLinking) {
    public Changes {
        moved = List.copyOf(moved);
        keysShared = Set.copyOf(keysShared);
        keysLinking = Set.copyOf(keysLinking);
    }

    public boolean isEmpty() {
        return moved.isEmpty() && keysShared.isEmpty() && keysLinking.isEmpty();
    }

    /** Every group that gained or lost a report; one that has none left was dissolved or merged into another. */
    public Set<Long> groups() {
        Set<Long> groups = new TreeSet<>();
        for (Moved move : moved) {
            if (move.from() != 0) groups.add(move.from());
            if (move.to() != 0) groups.add(move.to());
        }
        return groups;
    }

    /** Gathers the changes of one call. */
    static final class Log {
        private final Map<Long, Moved> moved = new LinkedHashMap<>();
        private final Set<Long> shared = new TreeSet<>();
        private final Set<Long> linking = new TreeSet<>();

        void moved(long report, long from, long to) {
            moved.merge(
                    report, new Moved(report, from, to), (first, last) -> new Moved(report, first.from(), last.to()));
        }

        void moved(Collection<Placement> before, Map<Long, Long> target) {
            for (Placement placement : before) {
                moved(placement.report(), placement.group(), target.getOrDefault(placement.family(), 0L));
            }
        }

        void turned(KeyState key, boolean nowShared) {
            (nowShared ? shared : linking).add(key.hash());
            (nowShared ? linking : shared).remove(key.hash());
        }

        Changes changes() {
            return new Changes(
                    moved.values().stream()
                            .filter(move -> move.from() != move.to())
                            .toList(),
                    shared,
                    linking);
        }
    }
}
