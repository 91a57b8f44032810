package org.sharaka.linking;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where reports, keys and families are kept. Every call is one bulk statement: arrays in, rows out; none is made per row.
 *
 * <p>One writer at a time; the caller of {@link Linker} owns the transaction and a failure rolls back all of it. Readers may
 * read meanwhile. Arrays handed in hold no number twice; an empty array is answered without touching the store. Results are
 * in no particular order unless said. {@code LinkStoreContract} in the test-jar is the whole contract.
 */
public interface LinkStore {
    /** Numbers for families and groups, positive, never handed out before. Families and groups share them. */
    long[] newNumbers(int count);

    // Keys and edges

    /**
     * Adds edges, creates the keys that are not known and raises the degrees.
     *
     * @param keys every key in {@code edges}, each once; of a known key nothing but the degree changes
     * @return the state of each key afterwards; its {@code family} is that of reports placed before this call
     * @throws IllegalStateException if an edge is there already
     */
    List<KeyState> addEdges(Collection<LinkKey> keys, Edges edges);

    /**
     * Removes those of the edges that are there and lowers the degrees; a key that nobody holds any more stays, with degree 0.
     *
     * @return the state of each key that lost an edge, afterwards
     */
    List<KeyState> removeEdges(Edges edges);

    /** The states of those keys that are known. */
    List<KeyState> keys(long[] hashes);

    /** Writes listed, mark, crowded, rankLimit and unsettled of known keys; ignores the other parts. */
    void updateKeys(Collection<KeyState> keys);

    /** All edges of these reports, to shared keys too. */
    Edges edgesOf(long[] reports);

    /** Numbers of all families that hold the key, each once. */
    long[] familiesHolding(long key);

    // Reports, families and groups

    /** Where these reports stand; one that is not known is left out. */
    List<Placement> placements(long[] reports);

    /** Places reports, new ones and known ones. */
    void place(Collection<Placement> placements);

    /** Forgets reports; their edges have been removed before. */
    void forget(long[] reports);

    List<FamilyState> families(long[] numbers);

    /** Writes families, new ones and known ones, and forgets those that are gone. */
    void putFamilies(Collection<FamilyState> families, long[] gone);

    /**
     * Gives every report of family {@code from[i]} the family {@code into[i]} and, where {@code groupsToo[i]}, the group
     * {@code into[i]} as well. No number stands in both arrays. Does not touch the family rows.
     *
     * @return the placements before the call of the reports whose group changed
     */
    List<Placement> relabel(long[] from, long[] into, boolean[] groupsToo);

    Members family(long number);

    Members group(long number);

    // Shared services

    /**
     * For each key its {@code size} reports of the smallest rank (ties: smaller report number), each with its anchors:
     * the report's other keys of the given kinds that are not listed and have at least the given degree.
     */
    List<SampledReport> samples(long[] keys, int size, Set<KeyKind> anchorKinds, int anchorDegreeMin);

    /**
     * Marks unsettled every key that (a) is held by a report that holds one of {@code anchors}, (b) with an edge of a rank
     * not above the key's rankLimit, (c) has at least the degree given for its kind; kinds not in the map are never
     * marked.
     */
    void unsettleBeside(long[] anchors, Map<KeyKind, Integer> degreeMin);

    /** At most {@code limit} keys that wait to be judged. */
    List<KeyState> unsettledKeys(int limit);

    /** At most {@code limit} families of at most {@code sizeMax} reports that wait to be computed again. */
    List<FamilyState> unsettledFamilies(int limit, int sizeMax);

    // Decisions

    /** @throws IllegalStateException if the id is there already */
    void addDecision(Decision decision);

    /** Forgets decisions that were revoked or superseded. */
    void removeDecisions(long[] ids);

    /** The decisions in force with these ids. */
    List<Decision> decisions(long[] ids);

    /** The decisions in force that name at least one report of these families, each once. */
    List<Decision> decisionsTouching(long[] families);
}
