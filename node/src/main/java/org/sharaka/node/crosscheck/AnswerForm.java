package org.sharaka.node.crosscheck;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.HandlingCode;

/**
 * An answer as its form is typed. Public because Spring and Thymeleaf read it.
 *
 * @param source how reliable the source is, by its letter
 * @param information how accurate the information is; source and information are graded both or neither
 */
public record AnswerForm(
        @Nullable String level,
        @Nullable Boolean losses,
        @Nullable String text,
        @Nullable String language,
        @Nullable Set<String> quotes,
        @Nullable String basis,
        @Nullable Set<String> codes,
        @Nullable String source,
        @Nullable String information) {
    static AnswerForm empty() {
        return new AnswerForm(null, null, null, null, null, null, null, null, null);
    }

    public boolean quotes(Quoted one) {
        return quotes != null && quotes.contains(one.name());
    }

    public boolean code(HandlingCode one) {
        return codes != null && codes.contains(one.name());
    }

    Release release(String languageOfPage) {
        try {
            return new Release(
                    AskForm.chosen(Release.Level.class, level)
                            .orElseThrow(() -> CrossCheckProblem.BAD_FIELD.because("level")),
                    Boolean.TRUE.equals(losses),
                    words(languageOfPage),
                    new Terms(basis == null ? "" : basis, AskForm.handling(codes), evaluation()));
        } catch (RefusedException e) {
            throw CrossCheckProblem.BAD_FIELD.because(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Evaluation> evaluation() {
        Optional<Evaluation.Source> graded = AskForm.chosen(Evaluation.Source.class, source);
        Optional<Evaluation.Information> accurate = AskForm.chosen(Evaluation.Information.class, information);
        if (graded.isPresent() != accurate.isPresent()) throw CrossCheckProblem.BAD_FIELD.because("evaluation");
        return graded.flatMap(one -> accurate.map(two -> new Evaluation(one, two)));
    }

    private Optional<Words> words(String languageOfPage) {
        return AskForm.given(text)
                .map(typed -> new Words(
                        AskForm.given(language).orElse(languageOfPage),
                        typed,
                        Stream.of(Quoted.values()).filter(this::quotes).collect(Collectors.toSet())));
    }
}
