package org.sharaka.node.platform;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list that is read by position, not by number, so that it stays fast at a million rows.
 *
 * @param next opaque text that asks for the following page; empty on the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }
}
