package org.sharaka.identifiers;

/**
 * An identifier as found in a text.
 *
 * @param start index of its first UTF-16 unit in the text as given
 * @param end index behind its last one
 */
public record Mention(Identifier identifier, int start, int end) {
    public Mention {
        if (start < 0 || end <= start) throw new IllegalArgumentException("bad span " + start + ".." + end);
    }
}
