package org.sharaka.node.screening;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.Answer;
import org.sharaka.matching.ListIndex;
import org.sharaka.matching.NameProblem;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.PossibleMatch;
import org.sharaka.matching.Question;

/** Searches an index for a query with all its readings: the same for lists in force, for what changed of them, and offline. */
public final class QuerySearch {
    private final double least;
    private final Map<String, Fit> best = new HashMap<>();
    private final Map<String, NameProblem> problems = new LinkedHashMap<>();
    private ScreeningService.@Nullable Query read;
    private List<Part> asked = List.of();

    /** @param least score from which on an entry is named */
    public QuerySearch(double least) {
        this.least = least;
    }

    /** An entry, and the reading of the query that fits it best. */
    public record Fit(PossibleMatch match, Particulars asked) {
        static final Comparator<Fit> BEST_FIRST = Comparator.comparing(Fit::match, PossibleMatch.BEST_FIRST);

        static Fit better(Fit one, Fit other) {
            return BEST_FIRST.compare(one, other) <= 0 ? one : other;
        }
    }

    /** What is asked of an index, and the reading of the query that it is a part of. */
    private record Part(Question question, Particulars asked) {}

    /** Searches one index more. @return the hash of the entries that were searched */
    public String in(ListIndex index, ScreeningService.Query query) {
        String hash = null;
        for (Part part : parts(query)) {
            Answer answer = index.search(part.question, least, ListIndex.CANDIDATES_MAX);
            hash = answer.listHash();
            if (!answer.problems().isEmpty()) problems.putAll(answer.problems());
            for (PossibleMatch match : answer.matches())
                best.merge(match.id(), new Fit(match, part.asked), Fit::better);
        }
        return hash == null ? index.hash() : hash;
    }

    /** Read once for all indexes that are searched. */
    private List<Part> parts(ScreeningService.Query query) {
        if (!query.equals(read)) {
            List<Part> parts = new ArrayList<>();
            for (Particulars asked : query.readings())
                for (Particulars part : parts(asked)) parts.add(new Part(Question.of(part), asked));
            asked = parts;
            read = query;
        }
        return asked;
    }

    /** The index looks at so many names of one description; more are asked in turns, so that none goes unseen. */
    private static List<Particulars> parts(Particulars asked) {
        List<String> names = asked.names();
        if (names.size() <= ListIndex.NAMES_MAX) return List.of(asked);
        List<Particulars> parts = new ArrayList<>();
        for (int from = 0; from < names.size(); from += ListIndex.NAMES_MAX) {
            List<String> some = names.subList(from, Math.min(names.size(), from + ListIndex.NAMES_MAX));
            parts.add(new Particulars(asked.schema(), some, asked.births(), asked.countries(), asked.keys()));
        }
        return parts;
    }

    /** What was found so far, the best first. */
    public List<Fit> found() {
        List<Fit> fits = new ArrayList<>(best.values());
        if (fits.size() > 1) fits.sort(Fit.BEST_FIRST);
        return fits;
    }

    /** Names that could not be read well. */
    public Map<String, NameProblem> problems() {
        return problems;
    }
}
