package org.sharaka.linking;

import java.util.Set;
import java.util.TreeSet;

/**
 * What an officer decided about reports. It stays in force whatever is reported later, until it is revoked or superseded
 * by a later decision that says the opposite.
 */
public sealed interface Decision {
    /** The caller's number, positive; a later decision has a higher one. */
    long id();

    /** All reports that the decision names. */
    Set<Long> reports();

    /** No report of one side is of the same campaign as a report of the other. */
    record Split(long id, Set<Long> sideA, Set<Long> sideB) implements Decision {
        public Split {
            sideA = Set.copyOf(sideA);
            sideB = Set.copyOf(sideB);
            if (sideA.isEmpty() || sideB.isEmpty()) throw new IllegalArgumentException("a side is empty");
            for (Long report : sideA) {
                if (sideB.contains(report)) throw new IllegalArgumentException("report on both sides: " + report);
            }
        }

        @Override
        public Set<Long> reports() {
            Set<Long> all = new TreeSet<>(sideA);
            all.addAll(sideB);
            return all;
        }
    }

    /** Two reports are of the same campaign. */
    record Join(long id, long a, long b) implements Decision {
        public Join {
            if (a == b) throw new IllegalArgumentException("a report is always with itself");
        }

        @Override
        public Set<Long> reports() {
            return Set.of(a, b);
        }

        /** A join links as a key that exactly these two reports hold. */
        LinkKey key() {
            return LinkKey.of(KeyKind.JOIN, Long.toString(id));
        }
    }
}
