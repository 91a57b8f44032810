package org.sharaka.protocol.tree;

/**
 * The whole record in one line: how many entries it has and the root over them. Whoever keeps a head can later prove
 * that nothing before it was changed.
 *
 * @param size number of entries, from 0
 */
public record TreeHead(long size, TreeHash root) {
    public static final TreeHead EMPTY = new TreeHead(0, TreeHash.EMPTY);

    public TreeHead {
        if (size < 0) throw new IllegalArgumentException("size is negative");
    }

    /** @throws IllegalArgumentException unless the text is what {@link #toString} writes */
    public static TreeHead parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) throw new IllegalArgumentException("a tree head is written size:root");
        return new TreeHead(Long.parseLong(text.substring(0, colon)), TreeHash.parse(text.substring(colon + 1)));
    }

    /** For instance {@code 120:mZ…=}, to be written down by an auditor and given to {@code verify-audit --head}. */
    @Override
    public String toString() {
        return size + ":" + root;
    }
}
