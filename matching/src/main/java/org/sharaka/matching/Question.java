package org.sharaka.matching;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One description that is asked for, its names read once however many lists are searched for it. Immutable. */
public final class Question {
    /** Letters of a name that an answer repeats. */
    private static final int SHOWN_MAX = 80;

    final Particulars asked;
    final List<PreparedName> names;
    final Map<String, NameProblem> problems;

    private Question(Particulars asked, List<PreparedName> names, Map<String, NameProblem> problems) {
        this.asked = asked;
        this.names = List.copyOf(names);
        this.problems = Map.copyOf(problems);
    }

    /** Reads the first {@link ListIndex#NAMES_MAX} names. */
    public static Question of(Particulars asked) {
        List<PreparedName> names = new ArrayList<>();
        Map<String, NameProblem> problems = new LinkedHashMap<>();
        for (String raw : asked.names()) {
            if (names.size() == ListIndex.NAMES_MAX) break;
            PreparedName name = PreparedName.of(asked.schema(), raw);
            name.problem().ifPresent(problem -> problems.put(shown(raw), problem));
            names.add(name);
        }
        return new Question(asked, names, problems);
    }

    private static String shown(String raw) {
        return raw.length() > SHOWN_MAX ? raw.substring(0, SHOWN_MAX) : raw;
    }
}
