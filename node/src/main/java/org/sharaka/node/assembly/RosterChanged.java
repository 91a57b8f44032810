package org.sharaka.node.assembly;

/** Another roster is in force, or the node has joined or has other keys: what was derived from them is old. */
public record RosterChanged(long version) {}
