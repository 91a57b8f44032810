package org.sharaka.linking;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report as linking sees it: a number and the keys it holds, each once.
 *
 * @param report the caller's number of the report, positive and never reused
 */
public record LinkedReport(long report, List<LinkKey> keys) {
    public LinkedReport {
        if (report <= 0) throw new IllegalArgumentException("report number is not positive: " + report);
        Map<Long, LinkKey> once = new LinkedHashMap<>();
        for (LinkKey key : keys) once.putIfAbsent(key.hash(), key);
        keys = List.copyOf(once.values());
    }
}
