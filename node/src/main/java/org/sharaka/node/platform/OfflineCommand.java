package org.sharaka.node.platform;

/**
 * A command that needs no node: it runs without a home, a database or keys of one, on any machine, also one that is never
 * connected. {@link CommandContext#service} offers the clock, the random source and the {@link CommandContext.Flags} only.
 */
public interface OfflineCommand extends NodeCommand {}
