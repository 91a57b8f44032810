package org.sharaka.node.screening.roll;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.CsvRecords;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningSettings;
import org.sharaka.node.screening.desk.DeskAnswer;
import org.sharaka.node.screening.desk.DeskService;

/** Takes rolls in, has them approved by a second person, shows what was found, and lets them go (S10). */
public final class RollService {
    /** Of a file, its header not counted. */
    public static final int ROWS_MAX = 20_000;

    public static final int FILE_BYTES_MAX = 4 << 20;

    /** Rows with something to compare that one page shows. */
    public static final int SHOWN = 20;

    /** A roll that nobody approves goes after this. */
    static final Duration WAITS = Duration.ofDays(7);

    private static final int ROLLS_SHOWN = 50;
    private static final int REFUSALS_SHOWN = 50;
    private static final int TITLE_MAX = 120;
    private static final int BATCH = 500;

    private final SqlRolls rolls;
    private final DeskService desk;
    private final ApiKeyService keys;
    private final AuditTrail audit;
    private final ScreeningSettings settings;
    private final Ids ids;
    private final Clock clock;
    private volatile Runnable approved = () -> {};

    RollService(
            SqlRolls rolls,
            DeskService desk,
            ApiKeyService keys,
            AuditTrail audit,
            ScreeningSettings settings,
            Ids ids,
            Clock clock) {
        this.rolls = rolls;
        this.desk = desk;
        this.keys = keys;
        this.audit = audit;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param work told when there is something to screen */
    void onApproval(Runnable work) {
        approved = work;
    }

    /**
     * Takes a roll in; nothing of it is asked before a second person approves.
     *
     * @param title what the event is, 2 to 120 characters
     * @param lastDay the event's; the roll goes when that day is over, in UTC
     * @param csv with a line of column names, in UTF-8
     * @throws org.sharaka.node.platform.ProblemException without {@link Permission#SCREENING_BULK};
     *     {@link ScreeningProblem#ROLL_INCOMPLETE}, {@link ScreeningProblem#ROLL_COLUMNS},
     *     {@link ScreeningProblem#ROLL_TOO_LONG}
     */
    public Roll hand(Actor actor, String title, LocalDate lastDay, byte[] csv) {
        RollId id = new RollId(ids.random());
        return audit.act(actor, "screening.roll-hand", subject(id), entry -> {
            Purpose purpose = mayKeep(actor).requirePurpose();
            Instant now = now();
            Instant ends = lastDay.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            String named = DeskService.shown(title);
            boolean inTime = ends.isAfter(now) && !ends.isAfter(now.plus(settings.rollLongest()));
            if (named.length() < 2 || named.length() > TITLE_MAX || !inTime)
                throw ScreeningProblem.ROLL_INCOMPLETE.because("a title, and a last day within "
                        + settings.rollLongest().toDays() + " days");
            Roll.Maker maker = new Roll.Maker(actor.kind(), actor.id(), actor.unit(), purpose);
            rolls.add(id, named, maker, keys.officerBehind(actor), now, ends, entry);
            read(id, csv);
            return found(id);
        });
    }

    private void read(RollId id, byte[] csv) {
        if (csv.length > FILE_BYTES_MAX)
            throw ScreeningProblem.ROLL_TOO_LONG.because("at most " + FILE_BYTES_MAX + " bytes");
        try (CsvRecords records =
                new CsvRecords(new ByteArrayInputStream(csv), StandardCharsets.UTF_8, separator(csv))) {
            Optional<CsvRecords.Row> first = records.next();
            if (first.isEmpty() || !(first.get() instanceof CsvRecords.Fields header))
                throw ScreeningProblem.ROLL_COLUMNS.because("the first line is no line of column names in UTF-8");
            RollColumns columns = new RollColumns(header.fields());
            List<SqlRolls.Kept> batch = new ArrayList<>();
            int count = 0;
            for (Optional<CsvRecords.Row> next = records.next(); next.isPresent(); next = records.next()) {
                if (++count > ROWS_MAX) throw ScreeningProblem.ROLL_TOO_LONG.because("at most " + ROWS_MAX + " rows");
                batch.add(judged(columns, next.get()));
                if (batch.size() == BATCH) {
                    rolls.addRows(id, batch);
                    batch.clear();
                }
            }
            if (count == 0) throw ScreeningProblem.ROLL_INCOMPLETE.because("the file has no row");
            if (!batch.isEmpty()) rolls.addRows(id, batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Of bytes in memory: cannot be.
        }
    }

    private static char separator(byte[] csv) {
        int end = 0;
        while (end < csv.length && csv[end] != '\n') end++;
        return CsvRecords.separatorOf(new String(Arrays.copyOf(csv, end), StandardCharsets.UTF_8));
    }

    private static SqlRolls.Kept judged(RollColumns columns, CsvRecords.Row row) {
        if (!(row instanceof CsvRecords.Fields fields)) return refused(row.line(), RollRow.Refusal.UNREADABLE);
        RollRow read = columns.row(fields.fields());
        return read.refusal()
                .map(why -> refused(row.line(), why))
                .orElseGet(() -> new SqlRolls.Kept(row.line(), Optional.of(read), Optional.empty(), Optional.empty()));
    }

    private static SqlRolls.Kept refused(long line, RollRow.Refusal why) {
        return new SqlRolls.Kept(line, Optional.empty(), Optional.of(why), Optional.empty());
    }

    /** Own ones; for the bureau everybody's, those first that wait for it. */
    public List<Roll> all(Actor actor) {
        return audit.read(actor, "screening.rolls", "rolls", () -> {
            mayKeepOrApprove(actor).requirePurpose();
            @Nullable
            String officer = actor.may(Permission.HIT_RELEASE)
                    ? null
                    : keys.officerBehind(actor).orElse(actor.id());
            return rolls.latest(officer, actor.id(), clock.instant(), ROLLS_SHOWN);
        });
    }

    /** How many wait for a second person, for who may be that: not one's own. */
    public int waiting(Actor actor) {
        return actor.may(Permission.HIT_RELEASE)
                ? rolls.countWaiting(actor.id(), keys.officerBehind(actor).orElse(actor.id()), clock.instant())
                : 0;
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND}, also for one of somebody else */
    public Roll view(Actor actor, RollId id) {
        return audit.read(actor, "screening.roll", subject(id), () -> visible(actor, id));
    }

    /**
     * Lets it be screened.
     *
     * @throws org.sharaka.node.platform.ProblemException without {@link Permission#HIT_RELEASE};
     *     {@link ScreeningProblem#OWN_HIT} for one's own, {@link ScreeningProblem#DECIDED_BEFORE}
     */
    public Roll approve(Actor actor, RollId id) {
        Roll done = audit.act(actor, "screening.roll-approve", subject(id), entry -> {
            actor.require(Permission.HIT_RELEASE).requirePurpose();
            requirePerson(actor);
            found(id).requireApprovableBy(actor, keys.officerBehind(actor));
            if (!rolls.approve(id, actor.id(), now(), entry))
                throw ScreeningProblem.DECIDED_BEFORE.because("roll " + id);
            return found(id);
        });
        approved.run();
        return done;
    }

    /** A key cannot look at what it approves. */
    private static void requirePerson(Actor actor) {
        if (actor.kind() != Actor.Kind.OFFICER) throw ScreeningProblem.NEEDS_AN_OFFICER.because("no key approves");
    }

    /** Lets it go before its day, with all its rows; by its keeper or the bureau, which so refuses it. */
    public void end(Actor actor, RollId id) {
        var unused = audit.act(actor, "screening.roll-end", subject(id), entry -> {
            visible(actor, id);
            return rolls.remove(id);
        });
    }

    /**
     * A row and what the lists say of it now.
     *
     * @param answer empty for a row that is not screened or was refused
     */
    record Line(
            long line,
            Optional<RollRow> row,
            Optional<RollRow.Refusal> refusal,
            Optional<DeskAnswer> answer,
            Optional<DeskAnswer.Outcome> outcome) {
        /** As the lists say now, else as they said. */
        public Optional<DeskAnswer.Outcome> latest() {
            return answer.map(DeskAnswer::outcome).or(() -> outcome);
        }
    }

    /** Rows with something to compare, by line, asked anew: what was dismissed meanwhile is settled. */
    List<Line> found(Actor actor, RollId id, long after) {
        return audit.read(actor, "screening.roll-found", subject(id), () -> {
            visible(actor, id);
            return asked(actor, rolls.found(id, after, SHOWN));
        });
    }

    /** The first of the rows that were refused. */
    List<Line> refusals(Actor actor, RollId id) {
        return audit.read(actor, "screening.roll-refusals", subject(id), () -> {
            visible(actor, id);
            return rolls.refusedRows(id, REFUSALS_SHOWN).stream()
                    .map(row -> line(row, Optional.empty()))
                    .toList();
        });
    }

    /** All rows in parts, for the file of results. The reader calls until it gets none. */
    List<Line> results(Actor actor, RollId id, long after) {
        visible(actor, id);
        return asked(actor, rolls.all(id, after, RollRunner.AT_ONCE));
    }

    /** Entered once for all parts. */
    Roll resultsBegun(Actor actor, RollId id) {
        return audit.read(actor, "screening.roll-results", subject(id), () -> visible(actor, id));
    }

    private List<Line> asked(Actor actor, List<SqlRolls.Kept> rows) {
        List<SqlRolls.Kept> open = rows.stream()
                .filter(row -> row.row().isPresent()
                        && row.outcome()
                                .filter(outcome -> outcome != DeskAnswer.Outcome.NO_MATCH)
                                .isPresent())
                .toList();
        List<DeskAnswer> answers = open.isEmpty()
                ? List.of()
                : desk.askAll(
                        actor,
                        open.stream()
                                .map(row -> row.row().orElseThrow().asked())
                                .toList());
        List<Line> lines = new ArrayList<>();
        int next = 0;
        for (SqlRolls.Kept row : rows)
            lines.add(line(row, open.contains(row) ? Optional.of(answers.get(next++)) : Optional.empty()));
        return lines;
    }

    private static Line line(SqlRolls.Kept row, Optional<DeskAnswer> answer) {
        return new Line(row.line(), row.row(), row.refusal(), answer, row.outcome());
    }

    private Roll visible(Actor actor, RollId id) {
        mayKeepOrApprove(actor).requirePurpose();
        Roll roll = found(id);
        // Somebody else's and none at all are answered alike.
        if (!roll.visibleTo(actor, keys.officerBehind(actor))) throw ScreeningProblem.NOT_FOUND.because("no such roll");
        return roll;
    }

    private Roll found(RollId id) {
        return rolls.find(id, clock.instant()).orElseThrow(() -> ScreeningProblem.NOT_FOUND.because("no such roll"));
    }

    private static Actor mayKeep(Actor actor) {
        return actor.require(Permission.SCREENING_BULK).require(Permission.SCREENING_QUERY);
    }

    private static Actor mayKeepOrApprove(Actor actor) {
        return actor.may(Permission.HIT_RELEASE) ? actor : mayKeep(actor);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static String subject(RollId id) {
        return "roll/" + id;
    }

    int purge(Instant now, int limit) {
        return rolls.purge(now, now.minus(WAITS), limit);
    }

    int purgeText(Instant now, int limit) {
        return rolls.purgeText(now.minus(settings.noMatchText()), limit);
    }
}
