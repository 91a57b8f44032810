package org.sharaka.node.audit;

/** How an attempt ended. The names are stored: never rename one. */
enum Outcome {
    DONE,
    /** The actor may not, or not so: a {@link org.sharaka.node.platform.ProblemType}. */
    REFUSED,
    /** A fault of the node or of something outside. */
    FAILED
}
