package org.sharaka.node.screening.roll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.sharaka.node.platform.BackgroundJob;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.desk.DeskAnswer;
import org.sharaka.node.screening.desk.DeskService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Screens approved rolls, some rows in one transaction: whatever ends the process, what was written is screened and the rest is screened
 * after the next start. Of all instances on one database each takes a roll of its own. Every row is a query like any other, entered in
 * the audit in the keeper's name.
 */
final class RollRunner extends BackgroundJob {
    /** Rows of one transaction. */
    static final int AT_ONCE = 50;

    private static final Logger LOG = LoggerFactory.getLogger(RollRunner.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final SqlRolls rolls;
    private final DeskService desk;
    private final TransactionTemplate transactions;
    private final Clock clock;

    RollRunner(SqlRolls rolls, DeskService desk, TransactionTemplate transactions, Clock clock) {
        super("screening-rolls", Rhythm.every(LOOK));
        this.rolls = rolls;
        this.desk = desk;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    protected boolean round() {
        try {
            return step();
        } catch (ProblemException e) {
            if (e.type() == ScreeningProblem.LISTS_LOADING) return false;
            throw e;
        }
    }

    /** Screens some rows. @return whether there may be more */
    private boolean step() {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            var roll = rolls.takeRunning(clock.instant());
            if (roll.isEmpty()) return false;
            List<SqlRolls.Kept> rows = rolls.toScreen(roll.get(), AT_ONCE);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            if (rows.isEmpty()) {
                rolls.finish(roll.get(), now);
                LOG.atInfo().addKeyValue("roll", roll.get()).log("roll screened");
            } else {
                screen(roll.get(), rows, now);
            }
            return true;
        }));
    }

    private void screen(RollId id, List<SqlRolls.Kept> rows, Instant now) {
        Roll roll = rolls.find(id, clock.instant()).orElseThrow();
        try {
            List<DeskAnswer> answers = desk.askAll(
                    roll.madeBy().asking(),
                    rows.stream().map(row -> row.row().orElseThrow().asked()).toList());
            for (int i = 0; i < rows.size(); i++)
                rolls.screened(id, rows.get(i).line(), answers.get(i).outcome(), now);
        } catch (ProblemException e) {
            if (e.type() == ScreeningProblem.LISTS_LOADING) throw e;
            // One row that cannot be asked must not hold up the others for ever.
            if (rows.size() == 1) rolls.refused(id, rows.get(0).line(), RollRow.Refusal.NOT_SCREENED);
            else for (SqlRolls.Kept row : rows) screen(id, List.of(row), now);
        }
    }
}
