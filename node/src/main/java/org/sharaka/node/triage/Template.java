package org.sharaka.node.triage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A letter to reporters that people have agreed on, in all four languages. It never changes: a better one replaces it, and
 * is reviewed anew.
 *
 * @param asks whether it asks the reporter something
 * @param author id of the officer who wrote it; empty for one that came with the product
 * @param reviewers ids of the officers who read all four texts and found them right
 */
public record Template(
        UUID id,
        boolean asks,
        Map<String, Text> texts,
        Optional<String> author,
        List<String> reviewers,
        boolean retired) {
    /** Reviewers that a template needs before anybody can send it. */
    public static final int REVIEWERS = 2;

    static final int TITLE_LENGTH_MAX = 120;
    static final int TEXT_LENGTH_MAX = 4_000;

    /** A template in one language. */
    public record Text(String title, String text) {}

    public Template {
        texts = Map.copyOf(texts);
        reviewers = List.copyOf(reviewers);
        for (String language : TemplateLanguage.ALL) {
            Text text = texts.get(language);
            if (text == null
                    || text.title().isBlank()
                    || text.text().isBlank()
                    || text.title().length() > TITLE_LENGTH_MAX
                    || text.text().length() > TEXT_LENGTH_MAX)
                throw TriageProblem.TEMPLATE_INCOMPLETE.because(
                        "title (at most 120 characters) or text (at most 4,000) in " + language);
        }
    }

    public boolean usable() {
        return !retired && reviewers.size() >= REVIEWERS;
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link TriageProblem#NO_SUCH_TEMPLATE} in a language not of ours */
    public Text in(String language) {
        Text text = texts.get(language);
        if (text == null) throw TriageProblem.NO_SUCH_TEMPLATE.because("no text in this language");
        return text;
    }
}
