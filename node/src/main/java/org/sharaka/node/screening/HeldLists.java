package org.sharaka.node.screening;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ListIndex;

/**
 * Lists that were copied out of a node and lie in memory, for a post that has no database. Nothing is known of who dismissed what: that
 * stays with the node. Filled by one thread, then read by all.
 */
public final class HeldLists implements ListRecords {
    private final ListsInForce lists = new ListsInForce();
    private final Map<String, ListsInForce.Held> held = new LinkedHashMap<>();
    private final Map<String, Times> times = new HashMap<>();
    private final Map<Times, Times> equal = new HashMap<>();

    private record Times(String list, Instant firstSeen, Instant changedAt) {}

    /**
     * Takes a list in.
     *
     * @param entries read once, as they are asked for
     */
    public void add(ScreeningList list, Iterable<HeldEntry> entries) {
        Iterable<Entry> noted = () -> new NotingIterator(list.name(), entries.iterator());
        held.put(list.name(), new ListsInForce.Held(list, ListIndex.of(noted)));
    }

    private final class NotingIterator implements java.util.Iterator<Entry> {
        private final String list;
        private final java.util.Iterator<HeldEntry> entries;

        NotingIterator(String list, java.util.Iterator<HeldEntry> entries) {
            this.list = list;
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Entry next() {
            HeldEntry next = entries.next();
            // One import brings most of a list: equal times are kept once.
            Times found = new Times(list, next.firstSeen(), next.changedAt());
            times.put(next.entry().id(), equal.computeIfAbsent(found, each -> each));
            return next.entry();
        }
    }

    /** From now on they answer. */
    public void open() {
        lists.replace(held, 0);
    }

    /** From now on nothing answers, and nothing of them is kept. */
    public void end() {
        lists.replace(Map.of(), 0);
        held.clear();
        times.clear();
        equal.clear();
    }

    /** How many entries of a list are held. */
    public int entries(String list) {
        ListsInForce.Held found = held.get(list);
        return found == null ? 0 : found.index().size();
    }

    ListsInForce inForce() {
        return lists;
    }

    @Override
    public Collection<Known> records(Collection<String> ids, Instant now) {
        List<Known> known = new ArrayList<>();
        for (String id : ids) {
            Times found = times.get(id);
            ListsInForce.Held list = found == null ? null : lists.all().get(found.list());
            if (found == null || list == null) continue;
            known.add(new Known(
                    id,
                    found.list(),
                    found.firstSeen(),
                    list.list().importedAt(),
                    found.changedAt(),
                    List.of(),
                    distinct(id, now)));
        }
        return known;
    }

    private record Distinct(List<byte[]> numbers, Instant endsAt) {}

    private final Map<String, List<Distinct>> distinct = new HashMap<>();

    /**
     * Notes that the bearers of some documents are not an entry (S6).
     *
     * @param numbers keyed hashes, as who asks will make them
     */
    public void distinguish(String entity, List<byte[]> numbers, Instant endsAt) {
        distinct.computeIfAbsent(entity, id -> new ArrayList<>()).add(new Distinct(List.copyOf(numbers), endsAt));
    }

    private List<byte[]> distinct(String entity, Instant now) {
        return distinct.getOrDefault(entity, List.of()).stream()
                .filter(each -> each.endsAt().isAfter(now))
                .flatMap(each -> each.numbers().stream())
                .toList();
    }
}
