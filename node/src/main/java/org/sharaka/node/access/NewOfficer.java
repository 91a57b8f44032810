package org.sharaka.node.access;

import java.util.Optional;
import java.util.Set;

/**
 * An officer to be added.
 *
 * @param login as typed; checked when the officer is added
 */
public record NewOfficer(String login, String name, Optional<String> unit, Set<Role> roles) {
    public NewOfficer {
        unit = unit.map(String::strip).filter(text -> !text.isEmpty());
        roles = Set.copyOf(roles);
    }
}
