package org.sharaka.node.screening;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ListIndex;

/** The lists as they are searched: in memory, one index a list. Who asks gets all lists of one moment. Thread-safe. */
final class ListsInForce {
    /** A list with what it is searched by. */
    record Held(ScreeningList list, ListIndex index) {}

    private volatile @Nullable Map<String, Held> held;
    private volatile long revision;

    /** False until they were read from the database for the first time. */
    boolean loaded() {
        return held != null;
    }

    /**
     * From now on these are in force.
     *
     * @param upTo the last import that is in them
     */
    void replace(Map<String, Held> lists, long upTo) {
        held = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(lists));
        // Written last: whoever reads it finds lists that are at least as new.
        revision = upTo;
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#LISTS_LOADING} */
    long revision() {
        if (!loaded()) throw ScreeningProblem.LISTS_LOADING.because("try again in a moment");
        return revision;
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#LISTS_LOADING} */
    Map<String, Held> all() {
        Map<String, Held> now = held;
        if (now == null) throw ScreeningProblem.LISTS_LOADING.because("try again in a moment");
        return now;
    }

    /**
     * The lists behind a name: {@link ScreeningList#ALL}, or one list.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND}
     */
    List<Held> named(String name) {
        Map<String, Held> now = all();
        if (name.equals(ScreeningList.ALL)) return List.copyOf(now.values());
        Held one = now.get(name);
        if (one == null) throw ScreeningProblem.NOT_FOUND.because("no list of that name");
        return List.of(one);
    }

    Optional<Entry> entry(String id) {
        int hyphen = id.indexOf('-');
        Held list = hyphen < 0 ? null : all().get(id.substring(0, hyphen));
        return list == null ? Optional.empty() : list.index().find(id);
    }
}
