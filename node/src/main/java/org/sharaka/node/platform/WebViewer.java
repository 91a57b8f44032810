package org.sharaka.node.platform;

import java.util.Optional;
import java.util.Set;

/**
 * Who looks at a page, as far as its frame must know.
 *
 * @param name how the reader is called on the own screen
 * @param permissions names of what the reader may do; decides which navigation shows, never what a service allows
 * @param unit the reader works in
 * @param purposeKey message key of the purpose in force, if one was chosen
 */
public record WebViewer(String name, Set<String> permissions, Optional<String> unit, Optional<String> purposeKey) {
    public WebViewer {
        permissions = Set.copyOf(permissions);
    }
}
