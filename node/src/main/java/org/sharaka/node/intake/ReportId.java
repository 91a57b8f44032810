package org.sharaka.node.intake;

import java.util.UUID;

/** Names a report inside the node: time-ordered (RFC 9562 version 7), so it never leaves the node. */
public record ReportId(UUID value) implements Comparable<ReportId> {
    @Override
    public int compareTo(ReportId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
