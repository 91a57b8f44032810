package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class OutagesTest {
    @Test
    void aDatabaseThatIsAwayOrFullIsAnOutage() {
        assertThat(Outages.isOne(new IllegalStateException(new SQLTransientConnectionException("pool"))))
                .isTrue();
        for (String state : new String[] {"08006", "53100", "53300", "57P01", "57P03"}) {
            assertThat(Outages.isOne(new RuntimeException(new SQLException("x", state))))
                    .as(state)
                    .isTrue();
        }
    }

    @Test
    void aFaultOfOursIsNone() {
        assertThat(Outages.isOne(new RuntimeException(new SQLException("x", "23505"))))
                .isFalse();
        assertThat(Outages.isOne(new RuntimeException(new SQLException("x")))).isFalse();
        assertThat(Outages.isOne(new NullPointerException())).isFalse();
    }
}
