package org.sharaka.node.screening.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.extract.Manifest;

class PostTimeTest {
    private static final Instant MADE = Instant.parse("2026-06-01T06:00:00Z");
    private static final Instant ENDS = MADE.plus(Duration.ofDays(3));
    private static final Manifest MANIFEST =
            new Manifest(1, new UUID(1, 1), 7, "ridge", MADE, ENDS, "", "0".repeat(64));

    private final SetClock clock = new SetClock(MADE.plusSeconds(60));
    private long nanos;

    @Test
    void answersUntilTheEndAndNotFromThenOn() {
        PostTime time = time(MADE);
        clock.now = ENDS.minusSeconds(1);

        assertThat(time.require()).isEqualTo(clock.now);
        clock.now = ENDS;
        assertThat(time.ended()).isTrue();
        refused(time, PostProblem.ENDED);
    }

    @Test
    void aClockThatIsSetBackStopsTheAnswersAndTheEndComesAllTheSame() {
        PostTime time = time(MADE);
        clock.now = MADE.plus(Duration.ofDays(2));
        assertThat(time.require()).isEqualTo(clock.now);

        clock.now = MADE.plus(Duration.ofDays(1));
        refused(time, PostProblem.CLOCK_BACK);

        // However often the clock is taken back a little, the process counts on.
        clock.now = MADE.plus(Duration.ofDays(2));
        nanos = Duration.ofDays(3).toNanos();
        refused(time, PostProblem.ENDED);
    }

    @Test
    void aClockThatIsSetRightByALittleStopsNothing() {
        PostTime time = time(MADE);
        clock.now = clock.now.minus(PostTime.TOLERANCE);

        assertThat(time.require()).isAfterOrEqualTo(MADE);
    }

    @Test
    void nothingIsOpenedBeforeWhatWasSeenNorBeforeItWasMadeNorAfterItsEnd() {
        clock.now = MADE.plusSeconds(3_600);
        refused(() -> time(MADE.plus(Duration.ofDays(2))), "post.clock-back");
        clock.now = MADE.minus(Duration.ofMinutes(3));
        refused(() -> time(Instant.EPOCH), "post.clock-early");
        clock.now = ENDS;
        refused(() -> time(MADE), "post.expired");
        // The clock within the tolerance of a time that was seen after the end.
        clock.now = ENDS.minusSeconds(30);
        refused(() -> time(ENDS.plusSeconds(30)), "post.expired");
    }

    private PostTime time(Instant seen) {
        return new PostTime(clock, () -> nanos, seen, MANIFEST);
    }

    private static void refused(PostTime time, PostProblem why) {
        assertThatThrownBy(time::require).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(why));
    }

    private static void refused(Runnable opening, String key) {
        assertThatThrownBy(opening::run).isInstanceOfSatisfying(OperatorException.class, e -> assertThat(e.key())
                .isEqualTo(key));
    }

    private static final class SetClock extends Clock {
        private Instant now;

        SetClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
