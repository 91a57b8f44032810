package org.sharaka.matching;

import java.util.List;
import java.util.Set;

/**
 * What is known of one person, organisation, vessel, aircraft or vehicle: on a list, or by who asks.
 *
 * @param names as written, the main one first; each in any script
 * @param births dates of birth, of founding or of building; several when the source is not sure
 * @param countries alpha-2 codes of nationality, registration or flag
 * @param keys numbers that name it exactly
 */
public record Particulars(
        Schema schema, List<String> names, List<PartialDate> births, Set<String> countries, Set<ExactKey> keys) {
    public Particulars {
        names = List.copyOf(names);
        births = List.copyOf(births);
        countries = Set.copyOf(countries);
        keys = Set.copyOf(keys);
    }

    /** A name and nothing else. */
    public static Particulars named(Schema schema, String name) {
        return new Particulars(schema, List.of(name), List.of(), Set.of(), Set.of());
    }

    /** The same with one date of birth. */
    public Particulars born(PartialDate birth) {
        return new Particulars(schema, names, List.of(birth), countries, keys);
    }

    /** The same with one more number. */
    public Particulars with(ExactKey key) {
        Set<ExactKey> more = new java.util.LinkedHashSet<>(keys);
        more.add(key);
        return new Particulars(schema, names, births, countries, more);
    }
}
