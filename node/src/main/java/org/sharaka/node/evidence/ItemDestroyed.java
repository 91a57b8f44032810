package org.sharaka.node.evidence;

/** The key of an item was destroyed. Whoever keeps that key elsewhere, in a message that carried it, destroys it too. */
public record ItemDestroyed(ItemId item) {}
