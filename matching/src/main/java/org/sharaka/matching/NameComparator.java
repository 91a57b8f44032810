package org.sharaka.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sharaka.matching.NameComparison.Likeness;
import org.sharaka.matching.NameComparison.Pair;
import org.sharaka.matching.Token.Role;

/**
 * Compares prepared names. Symmetric: both orders give one score. Bounded: at most {@link Folding#WORDS_MAX} words a side. Holds scratch
 * memory: one per thread.
 */
public final class NameComparator {
    /** Score from which on a match is possible, and a person compares. */
    public static final double THRESHOLD = 0.7;

    /** Least likeness of two whole names that differ by one slip. */
    private static final double ONE_SLIP = 0.92;

    /** What a name leaves of the score when the text gives another beside it. */
    private static final double ALTERNATIVE = 0.98;

    private static final int MOST = 2 * Folding.WORDS_MAX;

    private final NameWeights weights;
    private final TokenComparison words;
    private final double[] likeness = new double[MOST * MOST];
    private final Likeness[] reason = new Likeness[MOST * MOST];
    /** Likeness of a word to the most alike of the other name. */
    private final double[] mostA = new double[MOST];

    private final double[] mostB = new double[MOST];
    private final int[] timesA = new int[MOST];
    private final int[] timesB = new int[MOST];
    private final boolean[] settledA = new boolean[MOST];
    private final boolean[] settledB = new boolean[MOST];
    private final int[] partnerA = new int[MOST];
    private final int[] partnerB = new int[MOST];

    /** Compares as shipped. */
    public NameComparator() {
        this(NameWeights.SHIPPED);
    }

    NameComparator(NameWeights weights) {
        this.weights = weights;
        words = new TokenComparison(weights);
    }

    /** The score alone, without the explanation: see {@link NameComparison#score}. */
    public double score(PreparedName one, PreparedName other) {
        double score = scoreOf(one, other);
        if (one.alternatives.length + other.alternatives.length == 0) return score;
        for (PreparedName first : named(one)) {
            for (PreparedName second : named(other)) score = Math.max(score, ALTERNATIVE * scoreOf(first, second));
        }
        return score;
    }

    private static PreparedName[] named(PreparedName name) {
        return name.alternatives.length == 0 ? new PreparedName[] {name} : name.alternatives;
    }

    private double scoreOf(PreparedName one, PreparedName other) {
        return ordered(one, other) ? new Work(one, other, null).score() : new Work(other, one, null).score();
    }

    /** The comparison with its reasons. */
    public NameComparison compare(PreparedName one, PreparedName other) {
        NameComparison best = explained(one, other, 1);
        if (one.alternatives.length + other.alternatives.length == 0) return best;
        for (PreparedName first : named(one)) {
            for (PreparedName second : named(other)) {
                if (ALTERNATIVE * scoreOf(first, second) > best.score()) best = explained(first, second, ALTERNATIVE);
            }
        }
        return best;
    }

    private NameComparison explained(PreparedName one, PreparedName other, double factor) {
        boolean ordered = ordered(one, other);
        Explanation explanation = new Explanation();
        double score = (ordered ? new Work(one, other, explanation) : new Work(other, one, explanation)).score();
        NameComparison comparison = explanation.of(factor * score);
        return ordered ? comparison : comparison.turned();
    }

    /** One order for every two names, so that ties fall alike. */
    private static boolean ordered(PreparedName one, PreparedName other) {
        if (one.tokens.length != other.tokens.length) return one.tokens.length < other.tokens.length;
        if (one.order != other.order) return one.order < other.order;
        for (int i = 0; i < one.tokens.length; i++) {
            int difference = one.tokens[i].text.compareTo(other.tokens[i].text);
            if (difference != 0) return difference < 0;
        }
        return true;
    }

    private static final class Explanation {
        private final List<Pair> pairs = new ArrayList<>();
        private final List<String> contradicting = new ArrayList<>();
        private final List<String> contradicted = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private boolean legalForms;

        NameComparison of(double score) {
            return new NameComparison(score, pairs, contradicting, contradicted, missing, legalForms);
        }
    }

    /** One comparison under way. */
    private final class Work {
        private final PreparedName nameA;
        private final PreparedName nameB;
        private final Token[] a;
        private final Token[] b;
        private final @org.jspecify.annotations.Nullable Explanation explanation;
        private double matched;
        private double unlikeness;
        private double least = 1;
        private double matchedNames;
        private double doubt;

        Work(PreparedName nameA, PreparedName nameB, @org.jspecify.annotations.Nullable Explanation explanation) {
            this.nameA = nameA;
            this.nameB = nameB;
            this.a = nameA.tokens;
            this.b = nameB.tokens;
            this.explanation = explanation;
        }

        double score() {
            if (a.length == 0 || b.length == 0) return 0;
            boolean chinese = nameA.chinese && nameB.chinese;
            Arrays.fill(partnerA, 0, a.length, -1);
            Arrays.fill(partnerB, 0, b.length, -1);
            sameWords();
            for (int i = 0; i < a.length; i++) {
                if (settledA[i]) continue;
                for (int j = 0; j < b.length; j++) {
                    if (settledB[j] || likeness[i * MOST + j] == 1) continue;
                    double here = words.likeness(a[i], b[j], chinese);
                    if (here == 0) continue;
                    likeness[i * MOST + j] = here;
                    reason[i * MOST + j] = words.why();
                    mostA[i] = Math.max(mostA[i], here);
                    mostB[j] = Math.max(mostB[j], here);
                }
            }
            if (a.length != b.length || a.length > 1) {
                joined(nameA, nameB, partnerA, partnerB, false);
                joined(nameB, nameA, partnerB, partnerA, true);
            }
            pair();
            if (matched == 0 || (matchedNames == 0 && nameA.isPerson())) {
                double whole = asOneWord();
                if (whole > 0) return whole;
                if (acronym()) return 0.75;
                if (matched == 0) return 0;
            }
            double verdict = Math.max(verdict(), 0);
            return verdict < THRESHOLD && nameA.isPerson() ? Math.max(verdict, oneSlip()) : verdict;
        }

        /** Words that both have, once each, belong together, and need not be compared with any other. */
        private void sameWords() {
            Arrays.fill(mostA, 0, a.length, 0);
            Arrays.fill(mostB, 0, b.length, 0);
            Arrays.fill(timesA, 0, a.length, 0);
            Arrays.fill(timesB, 0, b.length, 0);
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < b.length; j++) {
                    boolean same = TokenComparison.same(a[i], b[j]);
                    likeness[i * MOST + j] = same ? 1 : 0;
                    reason[i * MOST + j] = Likeness.SAME;
                    if (!same) continue;
                    mostA[i] = 1;
                    mostB[j] = 1;
                    timesA[i]++;
                    timesB[j]++;
                }
            }
            for (int i = 0; i < a.length; i++) settledA[i] = timesA[i] == 1 && saidOnce(i);
            for (int j = 0; j < b.length; j++) settledB[j] = false;
            for (int i = 0; i < a.length; i++) {
                if (!settledA[i]) continue;
                for (int j = 0; j < b.length; j++) settledB[j] |= likeness[i * MOST + j] == 1;
            }
        }

        private boolean saidOnce(int i) {
            for (int j = 0; j < b.length; j++) if (likeness[i * MOST + j] == 1) return timesB[j] == 1;
            return false;
        }

        /** Two words of one name that the other writes as one. */
        private void joined(PreparedName two, PreparedName one, int[] partnerTwo, int[] partnerOne, boolean turned) {
            Token[] first = two.tokens;
            Token[] second = one.tokens;
            // Wade-Giles takes more letters than Pinyin.
            boolean chinese = two.chinese && one.chinese;
            int most = chinese ? 3 : 1;
            double[] mostTwo = turned ? mostB : mostA;
            double[] mostOne = turned ? mostA : mostB;
            for (int i = 0; i + 1 < first.length; i++) {
                if (mostTwo[i] > 0.95 || mostTwo[i + 1] > 0.95) continue;
                if (partnerTwo[i] != -1
                        || partnerTwo[i + 1] != -1
                        || first[i].role == Role.NUMBER
                        || first[i + 1].role == Role.NUMBER) continue;
                int letters = first[i].latin.length + first[i + 1].latin.length;
                for (int j = 0; j < second.length; j++) {
                    if (partnerOne[j] != -1
                            || (Math.abs(second[j].latin.length - letters) > most
                                    && second[j].script == first[i].script)) continue;
                    if (letters < 4
                            || second[j].latin.length <= Math.max(first[i].latin.length, first[i + 1].latin.length))
                        continue;
                    double alone = turned
                            ? Math.max(likeness[j * MOST + i], likeness[j * MOST + i + 1])
                            : Math.max(likeness[i * MOST + j], likeness[(i + 1) * MOST + j]);
                    if (alone > 0.85 || mostOne[j] > 0.9) continue;
                    double together = words.likeness(two.pairs()[i], second[j], chinese);
                    if (together < 0.84 || together <= alone) continue;
                    partnerTwo[i] = -2;
                    partnerTwo[i + 1] = -2;
                    partnerOne[j] = -2;
                    double weight = Math.max(second[j].weight, Math.max(first[i].weight, first[i + 1].weight));
                    take(weight + 0.5, together, true, first[i].script == second[j].script);
                    if (explanation != null) {
                        String apart = first[i].text + " " + first[i + 1].text;
                        explanation.pairs.add(
                                turned
                                        ? new Pair(second[j].text, apart, together, Likeness.JOINED)
                                        : new Pair(apart, second[j].text, together, Likeness.JOINED));
                    }
                    break;
                }
            }
        }

        private void take(double weight, double alike, boolean name, boolean oneScript) {
            double sure = oneScript ? weights.sureAt() : weights.sureAcross();
            matched += weight;
            unlikeness += weight * (1 - alike);
            least = Math.min(least, alike);
            if (name) matchedNames += weight;
            if (alike < sure) doubt += (sure - alike) / (sure - weights.pairAt());
        }

        /** Best pairs first; of equals those that stand nearest in order. */
        private void pair() {
            while (true) {
                double best = weights.pairAt();
                double bestNear = 0;
                int bestI = -1;
                int bestJ = -1;
                for (int i = 0; i < a.length; i++) {
                    if (partnerA[i] != -1) continue;
                    for (int j = 0; j < b.length; j++) {
                        if (partnerB[j] != -1) continue;
                        double here = likeness[i * MOST + j];
                        if (here < best) continue;
                        double near = -Math.abs((double) i / a.length - (double) j / b.length);
                        if (here > best || bestI < 0 || near > bestNear) {
                            best = here;
                            bestNear = near;
                            bestI = i;
                            bestJ = j;
                        }
                    }
                }
                if (bestI < 0) return;
                partnerA[bestI] = bestJ;
                partnerB[bestJ] = bestI;
                take(
                        Math.min(a[bestI].weight, b[bestJ].weight),
                        best,
                        a[bestI].isName() || b[bestJ].isName(),
                        a[bestI].script == b[bestJ].script);
                if (explanation != null) {
                    explanation.pairs.add(new Pair(a[bestI].text, b[bestJ].text, best, reason[bestI * MOST + bestJ]));
                }
            }
        }

        /** A word said twice is said once. */
        private boolean repeated(Token token, Token[] own, int[] partner, int at) {
            for (int i = 0; i < own.length; i++) {
                if (i != at && partner[i] != -1 && own[i].text.equals(token.text)) return true;
            }
            return false;
        }

        private static int unmatched(int[] partner, int size) {
            int count = 0;
            for (int i = 0; i < size; i++) if (partner[i] == -1) count++;
            return count;
        }

        private double verdict() {
            double agreement = 1 - weights.error() * unlikeness / matched - weights.worst() * Math.max(0, 0.9 - least);
            double leftA = 0;
            double leftB = 0;
            double conflictsA = 0;
            double conflictsB = 0;
            int numbersA = 0;
            int numbersB = 0;
            int countriesA = 0;
            int countriesB = 0;
            int spareA = unmatched(partnerA, a.length);
            int spareB = unmatched(partnerB, b.length);
            for (int i = 0; i < a.length; i++) {
                if (partnerA[i] != -1 || (spareB == 0 && repeated(a[i], a, partnerA, i))) continue;
                leftA += a[i].weight;
                if (a[i].role == Role.NUMBER) numbersA++;
                else if (a[i].role == Role.COUNTRY) countriesA++;
                else conflictsA += a[i].role == Role.SOFT ? 0.75 : 1;
            }
            for (int j = 0; j < b.length; j++) {
                if (partnerB[j] != -1 || (spareA == 0 && repeated(b[j], b, partnerB, j))) continue;
                leftB += b[j].weight;
                if (b[j].role == Role.NUMBER) numbersB++;
                else if (b[j].role == Role.COUNTRY) countriesB++;
                else conflictsB += b[j].role == Role.SOFT ? 0.75 : 1;
            }
            double score = agreement;
            if (least < 0.9 && tooShort()) score *= weights.conflict();
            double conflicts = Math.min(conflictsA, conflictsB) + doubt;
            if (conflicts > 0) score *= Math.pow(weights.conflict(), conflicts);
            if (Math.min(numbersA, numbersB) > 0) score *= weights.numberConflict();
            if (Math.min(countriesA, countriesB) > 0) score *= weights.countryConflict();
            else if (Math.min(countriesA, conflictsB) + Math.min(countriesB, conflictsA) > 0)
                score *= weights.countryConflict();
            if (!nameA.isPerson()) {
                if ((numbersA == 0) != (numbersB == 0) && Math.min(conflictsA, conflictsB) == 0)
                    score *= weights.numberLeft();
                if ((countriesA == 0) != (countriesB == 0) && Math.min(conflictsA, conflictsB) == 0)
                    score *= weights.countryLeft();
            }
            double longer = matched + Math.max(leftA, leftB);
            double part = Math.abs(leftA - leftB) / longer;
            double taken = nameA.isPerson()
                    ? weights.omission()
                    : nameA.isOrganisation() ? weights.omissionAtOrganisation() : weights.omissionAtObject();
            score *= 1 - taken * part;
            if (nameA.isPerson()) score *= alone(leftA, leftB);
            if (onlyInitials(a) != onlyInitials(b)) score *= weights.conflict();
            if (fathersTurned()) score *= weights.conflict();
            boolean forms =
                    nameA.legalForms != 0 && nameB.legalForms != 0 && (nameA.legalForms & nameB.legalForms) == 0;
            if (forms) score *= weights.legalForms();
            if (explanation != null) explain(forms);
            return score;
        }

        /** Little is said by one word of a longer name, unless it is the family name behind a title. */
        private double alone(double leftA, double leftB) {
            boolean shortA = matchedNames < 1.5 && leftA < 0.3;
            boolean shortB = matchedNames < 1.5 && leftB < 0.3;
            if ((!shortA && !shortB) || (leftA < 0.3 && leftB < 0.3)) return 1;
            Token[] few = shortA ? a : b;
            boolean given = false;
            for (Token token : few) given |= token.given != null;
            // A title stands before a family name; "Dr. Amin" may be anybody of that given name.
            boolean titled = (shortA ? nameA.titled : nameB.titled) && !given;
            if (given) return weights.lone() * weights.lone();
            boolean initials = matched > matchedNames + 0.3;
            return titled || initials ? 1 : weights.lone();
        }

        /** In a name of four letters each of them matters. */
        private boolean tooShort() {
            return a.length == 1
                    && b.length == 1
                    && a[0].script == b[0].script
                    && Math.min(a[0].text.length(), b[0].text.length()) <= 4;
        }

        private static boolean withInitial(Token[] tokens) {
            for (Token token : tokens) if (token.role == Role.INITIAL) return true;
            return false;
        }

        private static boolean onlyInitials(Token[] tokens) {
            for (Token token : tokens) if (token.role != Role.INITIAL) return false;
            return true;
        }

        /** "Salman bin Muhammad" is the son of "Muhammad bin Salman", if anything. */
        private boolean fathersTurned() {
            int turnedPairs = 0;
            for (int i = 0; i + 1 < a.length; i++) {
                if (!a[i + 1].father || partnerA[i] < 0 || partnerA[i + 1] < 0) continue;
                if (partnerA[i] == partnerA[i + 1] + 1 && b[partnerA[i]].father) turnedPairs++;
            }
            return turnedPairs > 0;
        }

        private void explain(boolean forms) {
            if (explanation == null) return;
            explanation.legalForms = forms;
            List<String> left = new ArrayList<>();
            List<String> right = new ArrayList<>();
            for (int i = 0; i < a.length; i++) if (partnerA[i] == -1) left.add(a[i].text);
            for (int j = 0; j < b.length; j++) if (partnerB[j] == -1) right.add(b[j].text);
            if (left.isEmpty() || right.isEmpty()) {
                explanation.missing.addAll(left);
                explanation.missing.addAll(right);
            } else {
                explanation.contradicting.addAll(left);
                explanation.contradicted.addAll(right);
            }
        }

        /** Names that differ, blanks aside, by one slip: a letter doubled, two that changed places, a blank at the wrong place. */
        private double oneSlip() {
            if (withInitial(a) || withInitial(b)) return 0;
            if (a.length + b.length < 4 || Math.abs(a.length - b.length) > 1) return 0;
            Token wholeA = nameA.whole();
            Token wholeB = nameB.whole();
            if (wholeA.script != Script.LATIN || wholeB.script != Script.LATIN) return 0;
            if (Math.min(wholeA.latin.length, wholeB.latin.length) < 7) return 0;
            double alike = words.slip(wholeA, wholeB, ONE_SLIP);
            if (alike < ONE_SLIP) return 0;
            if (explanation != null) {
                explanation.pairs.clear();
                explanation.contradicting.clear();
                explanation.contradicted.clear();
                explanation.missing.clear();
                explanation.pairs.add(new Pair(wholeA.text, wholeB.text, alike, Likeness.JOINED));
            }
            return THRESHOLD + 2 * (alike - ONE_SLIP);
        }

        /** Names written without blanks, or cut elsewhere by another script. */
        private double asOneWord() {
            if (a.length == b.length && a.length == 1) return 0;
            Token wholeA = nameA.whole();
            Token wholeB = nameB.whole();
            if (Math.min(wholeA.latin.length, wholeB.latin.length) < 6) return 0;
            double alike = words.likeness(wholeA, wholeB);
            if (alike < weights.sureAt()) return 0;
            if (explanation != null) {
                explanation.pairs.add(new Pair(wholeA.text, wholeB.text, alike, Likeness.JOINED));
            }
            return 1 - weights.error() * (1 - alike) - weights.worst() * Math.max(0, 0.9 - alike);
        }

        private boolean acronym() {
            if (!nameA.isOrganisation() || !nameB.isOrganisation()) return false;
            for (int turn = 0; turn < 2; turn++) {
                PreparedName shorter = turn == 0 ? nameA : nameB;
                PreparedName longer = turn == 0 ? nameB : nameA;
                if (longer.initials.length() < 3) continue;
                for (Token token : shorter.tokens) {
                    if (token.text.length() == longer.initials.length() && token.text.equals(longer.initials)) {
                        if (explanation != null) {
                            Pair pair = new Pair(token.text, longer.raw(), 1, Likeness.ACRONYM);
                            explanation.pairs.add(turn == 0 ? pair : pair.turned());
                        }
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
