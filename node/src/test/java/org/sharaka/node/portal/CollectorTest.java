package org.sharaka.node.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Whose fault it is that an arrival was not taken in: only its own sets it aside. */
class CollectorTest {
    @Test
    void aDatabaseThatGoesAwayIsNotTheArrivalsFault() {
        assertThat(Collector.outage(new DataAccessResourceFailureException("terminated by administrator")))
                .isTrue();
        assertThat(Collector.outage(new QueryTimeoutException("slow"))).isTrue();
        assertThat(Collector.outage(new CannotCreateTransactionException("no connection")))
                .isTrue();
        assertThat(Collector.outage(new UncategorizedSQLException("take", null, new SQLException("closed"))))
                .isTrue();
    }

    /** Spring throws it in place of what failed first. */
    @Test
    void norIsARollbackThatCouldNotBeDone() {
        assertThat(Collector.outage(new TransactionSystemException("could not roll back")))
                .isTrue();
    }

    @Test
    void whatTheArrivalHoldsIs() {
        assertThat(Collector.outage(new IllegalStateException("an arrival that says nothing")))
                .isFalse();
        assertThat(Collector.outage(new DataIntegrityViolationException("too long")))
                .isFalse();
        assertThat(Collector.outage(new BadSqlGrammarException("take", "select", new SQLException("no column"))))
                .isFalse();
    }
}
