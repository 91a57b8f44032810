package org.sharaka.node.bureau;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.Reply;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.HandlingCode;

/**
 * A message as its form is typed. Public because Spring and Thymeleaf read it.
 *
 * @param to member ids of the recipients, of a conversation that begins
 * @param reference ours, as the message carries it
 * @param ownReference ours, as it stands here and does not travel
 * @param quotes see {@link Whose}
 * @param about the name of the message that is answered
 * @param basis code of the agreement, in a conversation
 * @param source name of an {@link Evaluation.Source}; empty for none
 * @param accuracy name of an {@link Evaluation.Information}; empty for none
 * @param passable whether others may have it too, as far as the codes allow
 * @param files ids of items under custody
 */
public record MessageForm(
        @Nullable List<String> to,
        @Nullable String kind,
        @Nullable String purpose,
        @Nullable String offence,
        @Nullable String subject,
        @Nullable String language,
        @Nullable String text,
        @Nullable Set<String> quotes,
        @Nullable String facts,
        @Nullable String grounds,
        @Nullable String urgency,
        @Nullable String urgencyReason,
        @Nullable String reference,
        @Nullable String ownReference,
        @Nullable Boolean feedback,
        @Nullable Boolean ownUnit,
        @Nullable String about,
        @Nullable String outcome,
        @Nullable String basis,
        @Nullable Set<String> codes,
        @Nullable String remarks,
        @Nullable String source,
        @Nullable String accuracy,
        @Nullable Boolean passable,
        @Nullable List<String> files) {
    static MessageForm empty() {
        return new MessageForm(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null);
    }

    /** Ids of items under custody. */
    public List<String> enclosed() {
        return files == null
                ? List.of()
                : files.stream().filter(id -> !id.isBlank()).distinct().toList();
    }

    public List<String> recipients() {
        return to == null ? List.of() : to.stream().distinct().toList();
    }

    /** The kind with which a conversation begins. */
    public Composition.Kind opening() {
        return chosen(Composition.Kind.class, kind)
                .filter(Composition.Kind::opens)
                .orElse(Composition.Kind.REQUEST);
    }

    Optional<Purpose> chosenPurpose() {
        return chosen(Purpose.class, purpose);
    }

    Optional<String> chosenOffence() {
        return Optional.ofNullable(offence).filter(code -> !code.isBlank());
    }

    public boolean ticked(@Nullable Set<String> set, Enum<?> one) {
        return set != null && set.contains(one.name());
    }

    public Whose whose() {
        return new Whose(quotes);
    }

    public boolean code(HandlingCode one) {
        return ticked(codes, one);
    }

    /** Whether it is the form of this reply that came back. */
    public boolean holds(String one, @Nullable String message) {
        return one.equals(kind) && plain(about).equals(message == null ? "" : message);
    }

    /**
     * What was typed.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#BAD_FIELD}, as {@link Whose#quoted}
     */
    Composition composition(Composition.Kind kind, Purpose purpose, Optional<String> offence, String fallback) {
        return new Composition(
                kind,
                plain(subject),
                words(fallback),
                plain(facts),
                plain(grounds),
                chosen(Urgency.class, urgency).orElse(Urgency.ROUTINE),
                plain(urgencyReason),
                plain(reference),
                Boolean.TRUE.equals(feedback),
                plain(about),
                outcome(kind),
                new Terms(
                        purpose,
                        plain(basis),
                        offence,
                        all(HandlingCode.class, codes),
                        plain(remarks),
                        evaluation(),
                        Boolean.TRUE.equals(passable)),
                enclosed());
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#BAD_FIELD}, as {@link Whose#quoted} */
    Words words(String fallback) {
        return Composition.words(language == null ? fallback : language, plain(text), whose().quoted());
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NO_RECIPIENT} */
    String agreement() {
        if (plain(basis).isEmpty()) throw BureauProblem.NO_RECIPIENT.because("no agreement was chosen");
        return plain(basis);
    }

    private String outcome(Composition.Kind kind) {
        return switch (kind) {
            case ANSWER -> named(Reply.Outcome.class);
            case FEEDBACK -> named(Feedback.Outcome.class);
            default -> "";
        };
    }

    private <E extends Enum<E>> String named(Class<E> outcomes) {
        return chosen(outcomes, outcome).map(Enum::name).orElseThrow(() -> BureauProblem.BAD_FIELD.because("outcome"));
    }

    private Optional<Evaluation> evaluation() {
        Optional<Evaluation.Source> from = chosen(Evaluation.Source.class, source);
        Optional<Evaluation.Information> what = chosen(Evaluation.Information.class, accuracy);
        if (from.isPresent() != what.isPresent())
            throw BureauProblem.BAD_FIELD.because("source and information are evaluated together");
        return from.map(known -> new Evaluation(known, what.orElseThrow()));
    }

    private static <E extends Enum<E>> Set<E> all(Class<E> type, @Nullable Set<String> names) {
        EnumSet<E> all = EnumSet.noneOf(type);
        if (names != null) for (String name : names) all.add(known(type, name));
        return all;
    }

    /** What is not understood must not fall away unseen: it may be a restriction. */
    static <E extends Enum<E>> E known(Class<E> type, String name) {
        return chosen(type, name).orElseThrow(() -> BureauProblem.BAD_FIELD.because(type.getSimpleName()));
    }

    static <E extends Enum<E>> Optional<E> chosen(Class<E> type, @Nullable String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    /** Browsers end lines with two signs; a NUL cannot be stored. */
    static String plain(@Nullable String text) {
        return text == null
                ? ""
                : text.replace("\r\n", "\n").replace('\u0000', ' ').strip();
    }
}
