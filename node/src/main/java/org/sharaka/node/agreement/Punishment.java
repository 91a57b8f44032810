package org.sharaka.node.agreement;

import java.util.Optional;

/**
 * How a country's law punishes an offence.
 *
 * @param maximumMonths the longest deprivation of liberty; empty if not known, life counts as 1200
 * @param law the article, for people
 * @param verified whether somebody compared it with the law; what nobody compared is shown and decides nothing
 */
public record Punishment(boolean punishable, Optional<Integer> maximumMonths, Optional<String> law, boolean verified) {
    private static final int MONTHS_MAX = 1200;
    static final int LAW_LENGTH_MAX = 200;

    public Punishment {
        if (maximumMonths.isPresent() && (maximumMonths.get() < 0 || maximumMonths.get() > MONTHS_MAX))
            throw AgreementProblem.BAD_FIELD.because("a maximum penalty is 0 to 1200 months");
        if (!punishable && maximumMonths.isPresent())
            throw AgreementProblem.BAD_FIELD.because("what is not punishable has no penalty");
        law = law.map(String::strip).filter(text -> !text.isEmpty());
        if (law.isPresent() && law.get().length() > LAW_LENGTH_MAX)
            throw AgreementProblem.BAD_FIELD.because("the article is too long");
    }
}
