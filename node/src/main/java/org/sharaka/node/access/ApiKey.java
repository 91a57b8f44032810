package org.sharaka.node.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Lets a system act through the API: for one purpose, with few permissions, until a day. Never more than its maker may.
 *
 * @param officer who made it; empty for one made at the command line
 */
public record ApiKey(
        UUID id,
        String label,
        Optional<OfficerId> officer,
        Optional<String> unit,
        Purpose purpose,
        Set<Permission> permissions,
        Instant createdAt,
        Instant endsAt,
        Optional<Instant> revokedAt,
        Optional<Instant> lastUsedAt) {
    public ApiKey {
        permissions = Set.copyOf(permissions);
    }

    public boolean inForceAt(Instant now) {
        return revokedAt.isEmpty() && now.isBefore(endsAt);
    }
}
