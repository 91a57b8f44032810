package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedPostgresIT {
    @Test
    void aFreshDatabaseAnswers() {
        try (TestDatabase database = TestDatabase.fresh()) {
            assertThat(database.jdbc().sql("SELECT 1").query(Integer.class).single())
                    .isEqualTo(1);
        }
    }
}
