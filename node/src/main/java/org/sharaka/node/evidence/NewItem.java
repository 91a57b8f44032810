package org.sharaka.node.evidence;

/**
 * What is said of a file that is being taken in; its content comes as a stream.
 *
 * @param name for people, never a path
 * @param mediaType as the browser or program says; blank or odd ones count as unknown
 * @param ownUnitOnly whether it shall exist for officers of the actor's unit alone
 */
public record NewItem(String name, String mediaType, boolean ownUnitOnly) {}
