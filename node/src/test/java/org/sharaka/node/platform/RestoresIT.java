package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestoresIT {
    private static final Instant MORNING = Instant.parse("2026-03-01T06:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void returnsFromABackupAreRememberedInTheirOrder() {
        try (TestDatabase database = TestDatabase.fresh()) {
            Restores restores = new Restores(database.jdbc());
            assertThat(restores.last()).isEmpty();

            restores.note("first", MORNING, NOON);
            restores.note("second", NOON, NOON.plusSeconds(60));

            assertThat(restores.all()).extracting(Restore::backup).containsExactly("first", "second");
            assertThat(restores.last()).contains(new Restore(2, "second", NOON, NOON.plusSeconds(60)));
        }
    }

    /** Its clock was ahead, or the one that restores it is behind: neither keeps a node from coming home. */
    @Test
    void aBackupDatedAfterItsRestoreWasMadeByThen() {
        try (TestDatabase database = TestDatabase.fresh()) {
            Restores restores = new Restores(database.jdbc());

            restores.note("first", NOON, MORNING);

            assertThat(restores.all()).containsExactly(new Restore(1, "first", MORNING, MORNING));
        }
    }
}
