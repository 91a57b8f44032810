package org.sharaka.node.bureau;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.protocol.content.Quoted;

/**
 * Whose words a text and the files that go with it repeat, as every form says whose text leads abroad (SAFEGUARDS S11). Nobody's is an answer;
 * none is not. Public because Spring and Thymeleaf read it.
 *
 * @param quotes of {@link #ANSWERS}
 */
public record Whose(@Nullable Set<String> quotes) {
    private static final String NOBODYS = "NOBODY";

    static final List<String> ANSWERS = Stream.concat(
                    Stream.of(NOBODYS), Stream.of(Quoted.values()).map(Enum::name))
            .toList();

    public boolean says(String answer) {
        return quotes != null && quotes.contains(answer);
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#WHOSE_WORDS}, {@link BureauProblem#BAD_FIELD} */
    Set<Quoted> quoted() {
        Set<String> said = quotes;
        if (said == null || said.isEmpty()) throw BureauProblem.WHOSE_WORDS.because("not said");
        boolean nobodys = said.contains(NOBODYS);
        if (nobodys && said.size() > 1) throw BureauProblem.WHOSE_WORDS.because("nobody's and somebody's");
        EnumSet<Quoted> quoted = EnumSet.noneOf(Quoted.class);
        if (!nobodys) for (String name : said) quoted.add(MessageForm.known(Quoted.class, name));
        return quoted;
    }

    /**
     * For what leaves without a second look.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#WORDS_OF_OTHERS}
     */
    static void requireNobodys(Set<Quoted> quoted) {
        if (!quoted.isEmpty()) throw BureauProblem.WORDS_OF_OTHERS.because("only a message has a second look");
    }
}
