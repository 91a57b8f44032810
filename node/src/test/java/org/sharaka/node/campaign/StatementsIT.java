package org.sharaka.node.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.TestDatabase;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is kept back is sent in order, before anything that asks, and never after the work has failed. */
class StatementsIT {
    private static final String ADD = "INSERT INTO kept (number) VALUES (?)";
    private static final String ALL = "SELECT number FROM kept ORDER BY place";

    private final TestDatabase database = TestDatabase.empty();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
    private final Statements statements = new Statements(jdbc);

    @BeforeEach
    void table() {
        jdbc.execute("CREATE TABLE kept (place integer GENERATED ALWAYS AS IDENTITY, number bigint UNIQUE)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<Long> seenByOthers() {
        return jdbc.queryForList(ALL, Long.class);
    }

    private List<Long> asked() {
        return statements.query(ALL, (row, n) -> row.getLong("number"));
    }

    @Test
    void aQuestionIsAnsweredAfterWhatWasKeptBack() {
        statements.together(() -> {
            statements.later(ADD, 3L);
            statements.later(ADD, 1L);
            assertThat(seenByOthers()).isEmpty();

            assertThat(asked()).containsExactly(3L, 1L);
            return true;
        });
    }

    @Test
    void anUpdateCountsItsOwnRowsAlone() {
        int changed = statements.together(() -> {
            statements.later(ADD, 1L);
            statements.later(ADD, 2L);
            return statements.update("UPDATE kept SET number = 10 WHERE number = ?", 2L);
        });

        assertThat(changed).isEqualTo(1);
        assertThat(seenByOthers()).containsExactlyInAnyOrder(1L, 10L);
    }

    @Test
    void theRestIsSentAtTheEnd() {
        statements.together(() -> {
            statements.later(ADD, 7L);
            return true;
        });

        assertThat(seenByOthers()).containsExactly(7L);
    }

    @Test
    void nothingIsSentOnceTheWorkHasFailed() {
        assertThatThrownBy(() -> statements.together(() -> {
                    statements.later(ADD, 7L);
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(asked()).as("neither then nor with what comes next").isEmpty();
    }

    @Test
    void aStatementThatWasKeptBackFailsTheNext() {
        assertThatThrownBy(() -> statements.together(() -> {
                    statements.later(ADD, 7L);
                    statements.later(ADD, 7L);
                    return asked();
                }))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void oneThreadKeepsNothingBackForAnother() throws InterruptedException {
        statements.together(() -> {
            statements.later(ADD, 1L);
            Thread other = new Thread(() -> statements.later(ADD, 2L));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(seenByOthers()).containsExactly(2L);
            return true;
        });

        assertThat(seenByOthers()).containsExactlyInAnyOrder(1L, 2L);
    }
}
