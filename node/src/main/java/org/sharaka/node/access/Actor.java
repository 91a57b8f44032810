package org.sharaka.node.access;

import java.util.Optional;
import java.util.Set;

/**
 * Who acts, with which permissions and for which purpose. Made from credentials by this module alone and passed as the
 * first argument of every service method.
 *
 * @param id the officer's or API key's id, or the name of a system task
 * @param name the officer's login name or the key's label, for the officer's own screen; never written to a log
 * @param unit the unit that the actor works in; empty for system tasks
 * @param purpose what the data is used for; empty until the actor has chosen one
 */
public record Actor(
        Kind kind,
        String id,
        String name,
        Optional<String> unit,
        Set<Permission> permissions,
        Optional<Purpose> purpose) {
    /** How the actor came to act. */
    public enum Kind {
        OFFICER,
        API_KEY,
        COMMAND_LINE,
        SYSTEM,
        /** Somebody who has not proved who they are: a log-in that failed. */
        UNKNOWN
    }

    public Actor {
        if (id.isBlank()) throw new IllegalArgumentException("id is blank");
        permissions = Set.copyOf(permissions);
    }

    /** A task of the node itself, such as the linker. */
    public static Actor system(String task) {
        return new Actor(Kind.SYSTEM, task, task, Optional.empty(), Set.of(Permission.values()), Optional.empty());
    }

    /** The administrator at the command line of the node's own machine. */
    public static Actor commandLine(String command) {
        return new Actor(
                Kind.COMMAND_LINE, command, command, Optional.empty(), Set.of(Permission.values()), Optional.empty());
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link AccessProblem#FORBIDDEN} without the permission */
    public Actor require(Permission permission) {
        if (!may(permission)) throw AccessProblem.FORBIDDEN.because("permission " + permission + " is missing");
        return this;
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link AccessProblem#PURPOSE_MISSING} without a purpose */
    public Purpose requirePurpose() {
        return purpose.orElseThrow(() -> AccessProblem.PURPOSE_MISSING.because("no purpose was chosen"));
    }
}
