package org.sharaka.node.access;

import java.time.Duration;
import java.util.Set;

/**
 * An API key to be made.
 *
 * @param label tells which system holds it
 * @param lasts at most {@link ApiKeyService#LONGEST}
 */
public record NewApiKey(String label, Purpose purpose, Set<Permission> permissions, Duration lasts) {
    public NewApiKey {
        permissions = Set.copyOf(permissions);
    }
}
