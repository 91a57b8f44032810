package org.sharaka.node.screening.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.sharaka.identifiers.Region;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Schema;
import org.sharaka.node.access.Actor;
import org.sharaka.node.screening.Comparison;
import org.sharaka.node.screening.Screened;
import org.sharaka.node.screening.ScreeningList;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningService;
import org.sharaka.node.screening.SearchLimits;
import org.sharaka.node.screening.TypedQuery;
import org.sharaka.node.screening.hit.Distinction;
import org.sharaka.node.screening.hit.Distinctions;
import org.sharaka.node.screening.register.RegisterLookup;
import org.sharaka.node.screening.register.Registered;
import org.sharaka.node.screening.register.ThingId;

/** Answers questions out of all that screening knows: one at the front line, or many of a roll. */
public final class DeskService {
    private final ScreeningService screening;
    private final Distinctions distinctions;
    private final RegisterLookup registers;
    private final Region home;

    /** @param home country whose way of writing numbers is tried */
    public DeskService(ScreeningService screening, Distinctions distinctions, RegisterLookup registers, Region home) {
        this.screening = screening;
        this.distinctions = distinctions;
        this.registers = registers;
        this.home = home;
    }

    /**
     * What the lists say of what an officer typed. Entered in the audit before it is answered.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NO_QUERIES} if nothing in it can be looked up
     */
    public DeskAnswer ask(Actor actor, String typed) {
        return askAll(actor, List.of(typed)).get(0);
    }

    /**
     * As an officer would be answered who typed one after the other, in their order; all are entered before any is answered.
     *
     * @param texts at most {@link ScreeningService#BATCH_MAX}
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NO_QUERIES} if nothing in one can be looked up
     */
    public List<DeskAnswer> askAll(Actor actor, List<String> texts) {
        List<TypedQuery> queries =
                texts.stream().map(typed -> TypedQuery.read(typed, home)).toList();
        List<Map<UUID, Distinction>> told = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Map<UUID, Distinction> bearer = new LinkedHashMap<>();
            distinctions.byCode(actor, texts.get(i)).ifPresent(each -> bearer.put(each.id(), each));
            if (queries.get(i).isEmpty() && bearer.isEmpty())
                throw ScreeningProblem.NO_QUERIES.because("a name or a number");
            told.add(bearer);
        }
        List<Screened> screened = screening.match(
                actor,
                ScreeningList.ALL,
                queries.stream().map(TypedQuery::query).toList(),
                SearchLimits.STANDARD);
        List<Registered> registered =
                registers.findAll(actor, queries.stream().map(TypedQuery::keys).toList());
        List<DeskAnswer> answers = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++)
            answers.add(answer(texts.get(i), queries.get(i), screened.get(i), registered.get(i), told.get(i)));
        return answers;
    }

    private DeskAnswer answer(
            String typed, TypedQuery query, Screened screened, Registered registered, Map<UUID, Distinction> told) {
        List<DeskAnswer.Found> open = new ArrayList<>();
        registered
                .comparisons(query.numbers())
                .forEach(each -> open.add(new DeskAnswer.Found(each, Optional.empty(), false)));
        List<DeskAnswer.Found> settled = new ArrayList<>();
        for (Screened.Possible possible : screened.possible()) {
            if (possible.distinct() == Screened.Distinct.THIS_PERSON)
                distinctions.matching(possible.match().id(), query.keys()).forEach(each -> told.put(each.id(), each));
            DeskAnswer.Found found = new DeskAnswer.Found(
                    Comparison.of(possible), possible.dismissed(), possible.distinct() == Screened.Distinct.SOMEBODY);
            (possible.open() ? open : settled).add(found);
        }
        return new DeskAnswer(shown(typed), read(query), List.copyOf(told.values()), open, settled, problems(screened));
    }

    /** What was asked beside one entry of a list or of a register, entered in the audit. */
    public Compared compare(Actor actor, String typed, String entity) {
        if (ThingId.named(entity))
            return Compared.registered(registers.compare(
                    actor, thing(entity), TypedQuery.read(typed, home).keys()));
        return Compared.listed(screening.compare(actor, query(typed), entity));
    }

    /** As {@link #compare}, for an act that enters itself. */
    Comparison compared(String typed, String entity) {
        if (ThingId.named(entity))
            return registers.compared(
                    thing(entity), TypedQuery.read(typed, home).keys());
        return Comparison.of(screening.compared(query(typed), entity));
    }

    private static ThingId thing(String entity) {
        return ThingId.parse(entity)
                .orElseThrow(() -> ScreeningProblem.NOT_FOUND.because("no such entry in a register"));
    }

    /**
     * Both sides, and what is on record about them.
     *
     * @param mayDismiss whether they can be told apart: a number that is the same is the same
     */
    public record Compared(
            Comparison comparison,
            Optional<Screened.Dismissed> dismissed,
            Screened.Distinct distinct,
            boolean mayDismiss) {
        static Compared listed(Screened.Possible possible) {
            return new Compared(Comparison.of(possible), possible.dismissed(), possible.distinct(), true);
        }

        static Compared registered(Comparison comparison) {
            return new Compared(comparison, Optional.empty(), Screened.Distinct.NOBODY, false);
        }
    }

    /**
     * A typed text as it is asked.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NO_QUERIES}
     */
    public ScreeningService.Query query(String typed) {
        TypedQuery query = TypedQuery.read(typed, home);
        if (query.isEmpty()) throw ScreeningProblem.NO_QUERIES.because("a name or a number");
        return query.query();
    }

    DeskAnswer.Read read(TypedQuery query) {
        return new DeskAnswer.Read(
                query.as(Schema.PERSON).names().stream().findFirst().orElse(""),
                query.births().stream().map(PartialDate::toString).toList(),
                List.copyOf(new TreeSet<>(query.numbers())));
    }

    private static List<String> problems(Screened screened) {
        return screened.problems().values().stream()
                .map(problem -> problem.name())
                .distinct()
                .sorted()
                .toList();
    }

    /** Without what would turn the page round or hide letters, and no longer than what was looked at. */
    public static String shown(String typed) {
        StringBuilder text = new StringBuilder();
        typed.codePoints().limit(TypedQuery.LENGTH_MAX).forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.FORMAT || type == Character.CONTROL || type == Character.SURROGATE)
                text.append('\uFFFD');
            else text.appendCodePoint(c);
        });
        return text.toString().strip();
    }
}
