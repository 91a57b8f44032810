package org.sharaka.node.platform;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class BackgroundJobTest {
    /** Longer than any test: a round comes because it was called, or not at all. */
    private static final Duration NEVER = Duration.ofHours(1);

    private final Semaphore rounds = new Semaphore(0);
    private @Nullable BackgroundJob job;

    private interface Round {
        boolean make(int number) throws InterruptedException;
    }

    private final class Job extends BackgroundJob {
        private final Round round;
        private int made;

        Job(Rhythm rhythm, Round round) {
            super("test-job", rhythm);
            this.round = round;
        }

        @Override
        protected boolean round() throws InterruptedException {
            try {
                return round.make(++made);
            } finally {
                rounds.release();
            }
        }
    }

    private BackgroundJob started(BackgroundJob.Rhythm rhythm, Round round) {
        BackgroundJob made = new Job(rhythm, round);
        job = made;
        made.start();
        return made;
    }

    @AfterEach
    void stop() {
        if (job != null) job.stop();
    }

    @Test
    void roundsFollowEachOtherWhileThereIsMore() throws InterruptedException {
        started(BackgroundJob.Rhythm.every(NEVER), number -> number < 3);

        assertThat(rounds.tryAcquire(3, 30, SECONDS)).isTrue();
        assertThat(rounds.tryAcquire(1, SECONDS)).isFalse();
    }

    @Test
    void aCallEndsThePause() throws InterruptedException {
        BackgroundJob sleeping =
                started(BackgroundJob.Rhythm.every(NEVER).gathering(Duration.ofMillis(20)), number -> false);
        assertThat(rounds.tryAcquire(30, SECONDS)).isTrue();

        sleeping.wake();

        assertThat(rounds.tryAcquire(30, SECONDS)).isTrue();
    }

    @Test
    void theFirstRoundWaits() throws InterruptedException {
        started(BackgroundJob.Rhythm.every(Duration.ofMillis(1)).firstAfter(NEVER), number -> false);

        assertThat(rounds.tryAcquire(1, SECONDS)).isFalse();
    }

    @Test
    void aFailedRoundIsMadeAgainAndNothingOfWhatItSaysIsLogged() throws InterruptedException {
        Logger logger = (Logger) LoggerFactory.getLogger(Job.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            started(BackgroundJob.Rhythm.every(NEVER).afterFailure(Duration.ofMillis(1)), number -> {
                if (number < 4) throw new IllegalStateException("Ann Person's account");
                return false;
            });
            assertThat(rounds.tryAcquire(4, 30, SECONDS)).isTrue();
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list).as("one word for one outage").hasSize(1);
        ILoggingEvent event = log.list.get(0);
        assertThat(event.getKeyValuePairs().toString()).contains("IllegalStateException");
        assertThat(event.getFormattedMessage() + event.getKeyValuePairs()).doesNotContain("Ann");
        assertThat(event.getThrowableProxy()).isNull();
    }

    @Test
    void stoppingWaitsForTheRoundUnderWay() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        BackgroundJob working = started(BackgroundJob.Rhythm.every(NEVER), number -> {
            begun.countDown();
            Thread.sleep(300);
            return true;
        });
        assertThat(begun.await(30, SECONDS)).isTrue();

        working.stop();

        assertThat(rounds.tryAcquire())
                .as("the round ended, and no other began")
                .isTrue();
        assertThat(rounds.tryAcquire()).isFalse();
        assertThat(working.isRunning()).isFalse();
    }

    @Test
    void stoppingInterruptsARoundThatDoesNotEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        BackgroundJob stuck = started(BackgroundJob.Rhythm.every(NEVER), number -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return false;
        });
        assertThat(begun.await(30, SECONDS)).isTrue();

        stuck.stop();

        assertThat(rounds.tryAcquire(5, SECONDS)).isTrue();
    }

    @Test
    void whatWasStoppedCanBeStartedAgain() throws InterruptedException {
        BackgroundJob again = started(BackgroundJob.Rhythm.every(NEVER), number -> false);
        assertThat(rounds.tryAcquire(30, SECONDS)).isTrue();
        again.stop();

        again.start();

        assertThat(rounds.tryAcquire(30, SECONDS)).isTrue();
    }
}
