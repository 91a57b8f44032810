package org.sharaka.linking;

import java.util.Arrays;

/** Numbers 0..n-1 in disjoint sets; near constant time per operation (union by size, path halving). */
final class DisjointSets {
    /** Of a root: minus the size of its set. */
    private final int[] parent;

    DisjointSets(int size) {
        parent = new int[size];
        Arrays.fill(parent, -1);
    }

    int find(int element) {
        int at = element;
        while (parent[at] >= 0) {
            int above = parent[at];
            if (parent[above] >= 0) parent[at] = parent[above];
            at = above;
        }
        return at;
    }

    int size(int element) {
        return -parent[find(element)];
    }

    /** @return the root of the united set */
    int union(int a, int b) {
        int rootA = find(a);
        int rootB = find(b);
        if (rootA == rootB) return rootA;
        if (parent[rootA] > parent[rootB]) {
            int swap = rootA;
            rootA = rootB;
            rootB = swap;
        }
        parent[rootA] += parent[rootB];
        parent[rootB] = rootA;
        return rootA;
    }
}
