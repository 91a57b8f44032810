package org.sharaka.node.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.node.platform.ProblemException;

class OccurredAtTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2025, 2025-01-01T00:00:00Z, YEAR",
        "2025-03, 2025-03-01T00:00:00Z, MONTH",
        "2025-03-04, 2025-03-04T00:00:00Z, DAY",
        "2025-03-04T10:20Z, 2025-03-04T10:20:00Z, MINUTE",
        "2025-03-04T10:20:30+01:00, 2025-03-04T09:20:30Z, SECOND",
        "2025/03/04 10:20:30Z, 2025-03-04T10:20:30Z, SECOND",
        "2025-03-04T10:20:30.123456789Z, 2025-03-04T10:20:30Z, SECOND"
    })
    void timesAreReadAsExactlyAsTheyAreSaid(String text, Instant from, OccurredAt.Precision precision) {
        assertThat(OccurredAt.parse(text, Optional.empty(), NOON)).isEqualTo(new OccurredAt(from, precision));
    }

    @Test
    void aTimeWithoutOffsetMeansTheZoneOfTheFile() {
        Optional<ZoneId> tokyo = Optional.of(ZoneId.of("Asia/Tokyo"));

        assertThat(OccurredAt.parse("2024/01/04 10:02:00", tokyo, NOON).from())
                .isEqualTo(Instant.parse("2024-01-04T01:02:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2025-13-01",
                "2025-02-30",
                "2025-03-04T25:00Z",
                "2025-03-04T10:00",
                "2025-03-04T10:00+99:00",
                "1899",
                "20250304",
                "2025-03-04T10:00Z; drop table report",
                "\u0662\u0660\u0662\u0665"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> OccurredAt.parse(text, Optional.empty(), NOON))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(IntakeProblem.BAD_TIME));
    }

    @Test
    void theFutureIsRefusedBeyondTheSkewOfClocks() {
        Optional<ZoneId> utc = Optional.of(ZoneOffset.UTC);

        assertThat(OccurredAt.parse("2026-11-23T12:04:59Z", utc, NOON)).isNotNull();
        assertThat(OccurredAt.parse("2026-11-24", utc, NOON))
                .as("it is the 24th in the Pacific")
                .isNotNull();
        for (String future : new String[] {"2026-11-23T12:06:00Z", "2026-11-25", "2027", "9999"}) {
            assertThatThrownBy(() -> OccurredAt.parse(future, utc, NOON))
                    .as(future)
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(IntakeProblem.TIME_IN_FUTURE));
        }
    }
}
