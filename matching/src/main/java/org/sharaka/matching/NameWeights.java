package org.sharaka.matching;

/**
 * The figures of the comparison of names. Chosen by cross-validation on the development half of a public bench; see docs/benchmarks.md for
 * how and with what result.
 *
 * @param pairAt least likeness, 0 to 1, at which two words are taken for one
 * @param sureAt likeness from which on they are not also counted against each other
 * @param sureAcross the same for words of two scripts, where chance finds more
 * @param error how much the mean unlikeness of matched words takes from the score
 * @param worst how much the least alike pair takes
 * @param conflict what one word on either side that the other name contradicts leaves of the score (a factor)
 * @param numberConflict the same for numbers
 * @param countryConflict the same for countries
 * @param omission what words that one name only has take from the score of a person, by their part
 * @param omissionAtOrganisation the same for an organisation, which is another when a word comes in
 * @param omissionAtObject the same for a vessel or a vehicle
 * @param lone factor when one word of a longer name is all that is given
 * @param legalForms factor when legal forms contradict each other
 * @param crossScript part of the unlikeness that counts across scripts
 * @param numberLeft factor when one organisation or vessel has a number and the other none
 * @param countryLeft factor when one organisation names a country and the other none: a branch, or a firm of its own
 * @param given likeness of two forms of one given name
 * @param initial likeness of an initial and its name
 */
record NameWeights(
        double pairAt,
        double sureAt,
        double sureAcross,
        double error,
        double worst,
        double conflict,
        double numberConflict,
        double countryConflict,
        double omission,
        double omissionAtOrganisation,
        double omissionAtObject,
        double lone,
        double legalForms,
        double crossScript,
        double numberLeft,
        double countryLeft,
        double given,
        double initial) {
    static final NameWeights SHIPPED = new NameWeights(
            0.63, 0.74, 0.82, 0.7, 0.25, 0.42, 0.66, 0.40, 0.32, 0.66, 0.30, 0.75, 0.5, 1.0, 0.82, 0.88, 0.98, 0.91);

    double[] toArray() {
        return new double[] {
            pairAt,
            sureAt,
            sureAcross,
            error,
            worst,
            conflict,
            numberConflict,
            countryConflict,
            omission,
            omissionAtOrganisation,
            omissionAtObject,
            lone,
            legalForms,
            crossScript,
            numberLeft,
            countryLeft,
            given,
            initial
        };
    }

    static NameWeights of(double[] w) {
        return new NameWeights(
                w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11], w[12], w[13], w[14], w[15],
                w[16], w[17]);
    }
}
