package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

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

    @Test
    void nothingReturnsBeforeItWasBackedUp() {
        try (TestDatabase database = TestDatabase.fresh()) {
            Restores restores = new Restores(database.jdbc());

            assertThatThrownBy(() -> restores.note("first", NOON, MORNING)).isInstanceOf(DataAccessException.class);
            assertThat(restores.all()).isEmpty();
        }
    }
}
