package org.sharaka.matching;

/**
 * One entry of a list.
 *
 * @param id its name in the list; what an answer gives back
 */
public record Entry(String id, Particulars particulars) {
    public Entry {
        if (id.isBlank()) throw new IllegalArgumentException("id is blank");
    }
}
