package org.sharaka.node.screening.extract;

import java.util.Optional;

/**
 * An officer who works at a post.
 *
 * @param id the officer's id at the node, as the log names who asked
 * @param hash Argon2id of the code that the officer was given for this post
 */
public record PostOfficer(String id, String login, String name, Optional<String> unit, String hash) {}
