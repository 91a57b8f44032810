package org.sharaka.node.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who works with the node.
 *
 * @param name as colleagues know it; for screens, never for logs
 * @param disabled may not log in, for instance after leaving the service; rows that name the officer stay
 * @param demo invented for a demonstration; refused on a node that was not started as one
 * @param endsAt when a break-glass officer ends
 * @param language code of the language of the officer's pages, if one was chosen
 */
public record Officer(
        OfficerId id,
        Login login,
        String name,
        Optional<String> unit,
        Set<Role> roles,
        boolean disabled,
        boolean demo,
        Optional<Instant> endsAt,
        Optional<String> language) {
    public Officer {
        if (name.isBlank() || name.length() > 200) throw new IllegalArgumentException("name has 1 to 200 characters");
        roles = Set.copyOf(roles);
    }

    /** Whether the officer may act, whatever the factors shown. */
    boolean mayWork(Instant now, boolean demoNode) {
        return !disabled && (!demo || demoNode) && endsAt.map(now::isBefore).orElse(true);
    }

    /** Break-glass accounts have everything, for a short time, loudly. */
    public boolean breakGlass() {
        return endsAt.isPresent();
    }

    Actor actor(Optional<Purpose> purpose) {
        return new Actor(Actor.Kind.OFFICER, id.toString(), login.value(), unit, Role.permissionsOf(roles), purpose);
    }
}
