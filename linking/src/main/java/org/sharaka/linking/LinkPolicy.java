package org.sharaka.linking;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.linking.KeyKind.Role;

/**
 * The numbers that decide what links and how strongly. Two nodes with the same policy and the same reports find the same
 * campaigns. The defaults were tuned as docs/adr/0003-linking.md tells.
 *
 * @param strengths how much one shared key of a kind says at its rarest, 0 to 1
 * @param crowding when a key of a kind is observed to be a shared service; a kind that is missing never is
 * @param sampleSize reports looked at to judge a key
 * @param anchorDegreeMin reports that must hold a key before it counts as a group of its own
 * @param keysPerReportMax keys by which one report links at most; the rest is left out and said so
 */
public record LinkPolicy(
        Map<KeyKind, Double> strengths,
        Map<KeyKind, Crowding> crowding,
        int sampleSize,
        int anchorDegreeMin,
        int keysPerReportMax) {

    /**
     * When a key is a shared service rather than a trace of one crime.
     *
     * @param degreeMin reports that hold it, at least; below, nothing is judged
     * @param groupsMin otherwise separate groups that it joins, at least; a single group counts only if the key is rare
     *     in it, see {@code CrowdRule}
     * @param groupsAnyway so many separate groups make a service whatever part of them holds the key: a sentence in which all
     *     victims of all frauds say that they paid
     * @param coverageMax the part of those groups' reports that hold it, at most: a campaign's own trace is in most of the
     *     reports of the campaign's other traces, a hotline is in a few of many campaigns
     * @param outsideLargestMin the part of the sample outside the largest group, at least: a few false reports must not
     *     free a campaign's telephone
     * @param anchors kinds that tell groups apart
     * @param support what is asked instead of a key that says little alone
     */
    public record Crowding(
            int degreeMin,
            int groupsMin,
            int groupsAnyway,
            double coverageMax,
            double outsideLargestMin,
            Set<KeyKind> anchors,
            Optional<Support> support) {
        /** For {@code groupsAnyway}: only coverage decides. */
        public static final int NEVER = Integer.MAX_VALUE;

        public Crowding {
            if (degreeMin < 1) throw new IllegalArgumentException("degreeMin is below 1");
            if (groupsMin < 1 || groupsAnyway < groupsMin)
                throw new IllegalArgumentException("groups are out of range");
            anchors = Set.copyOf(anchors);
        }

        private static Crowding of(
                int degreeMin,
                int groupsMin,
                int groupsAnyway,
                double coverageMax,
                double outside,
                Set<KeyKind> anchors) {
            return new Crowding(degreeMin, groupsMin, groupsAnyway, coverageMax, outside, anchors, Optional.empty());
        }

        private static Crowding supported(Set<KeyKind> anchors, Support support) {
            return new Crowding(2, 1, NEVER, 0, 0, anchors, Optional.of(support));
        }
    }

    /**
     * When a key that says little alone links: it joins those who name nothing to one group, never two groups.
     *
     * @param anchorDegreeMin reports that must hold an anchor before it counts
     * @param strangersMax the part of the holders (where {@code amongNamed}: of those with an anchor) that may stand outside the
     *     largest group
     * @param amongNamed see {@code strangersMax}; then two groups with an anchor that others hold too are never joined either
     * @param loneMax for each holder with an anchor so many without one, at most: what strangers say by chance is said by
     *     many who name nothing
     * @param namedMin holders with an anchor, at least, unless none has one
     * @param loneMin holders, at least, where none has an anchor
     * @param rotatingMin from so many holders on that each name something else, which nobody else names, it is one sender who
     *     gives every victim a link of its own
     */
    public record Support(
            int anchorDegreeMin,
            double strangersMax,
            boolean amongNamed,
            double loneMax,
            int namedMin,
            int loneMin,
            int rotatingMin) {
        /** What nobody reaches. */
        public static final int NEVER = Integer.MAX_VALUE;
    }

    public LinkPolicy {
        strengths = Map.copyOf(strengths);
        crowding = Map.copyOf(crowding);
        if (sampleSize < 8) throw new IllegalArgumentException("sampleSize is below 8: " + sampleSize);
        if (anchorDegreeMin < 2) throw new IllegalArgumentException("anchorDegreeMin is below 2: " + anchorDegreeMin);
        if (keysPerReportMax < 8) throw new IllegalArgumentException("keysPerReportMax is below 8");
        for (KeyKind kind : KeyKind.values()) {
            Double strength = strengths.get(kind);
            if (strength == null || !(strength > 0 && strength <= 1)) {
                throw new IllegalArgumentException("strength of " + kind + " is not in 0..1");
            }
        }
    }

    /** The policy that the figures in docs/benchmarks.md were measured with. */
    public static LinkPolicy standard() {
        Map<KeyKind, Double> strengths = new EnumMap<>(KeyKind.class);
        Map<KeyKind, Crowding> crowding = new EnumMap<>(KeyKind.class);
        Set<KeyKind> actors = ofRoles(Role.PAYMENT, Role.CONTACT, Role.DOCUMENT, Role.FILE);
        actors.remove(KeyKind.HOTLINE);
        Set<KeyKind> strong = ofRoles(Role.PAYMENT, Role.CONTACT, Role.DOCUMENT, Role.FILE, Role.SITE, Role.ASIDE);
        Set<KeyKind> named = ofRoles(
                Role.PAYMENT, Role.CONTACT, Role.DOCUMENT, Role.FILE, Role.SITE, Role.SHAPE, Role.ASIDE, Role.CLUE);
        for (KeyKind kind : KeyKind.values()) {
            strengths.put(kind, strength(kind));
            switch (kind.role()) {
                // A mule's account is one crime even if the telephones change weekly: only a payee whom very many
                // separate groups touch (a merchant, an exchange) is a service.
                case PAYMENT, DOCUMENT, FILE ->
                    crowding.put(kind, Crowding.of(2, 10, Crowding.NEVER, 0.35, 0.4, strong));
                // Rotating numbers of one campaign touch a few groups each, a bank's number touches many.
                case CONTACT, SITE -> crowding.put(kind, Crowding.of(2, 3, 5, 0.35, 0.2, strong));
                // A script is lent from gang to gang, and strangers tell their stories in the same words.
                case TEXT -> crowding.put(kind, Crowding.supported(named, textSupport(kind)));
                // Two strangers may have one name; a report that names nothing else is joined all the same.
                case CLUE ->
                    crowding.put(
                            kind,
                            Crowding.supported(
                                    kind == KeyKind.SITE_NAME ? actors : strong,
                                    new Support(2, 0.2, false, Support.NEVER, 0, 2, Support.NEVER)));
                // Copies of one kit stand on many domains, so domains do not tell its users apart.
                case SHAPE -> crowding.put(kind, Crowding.of(3, 2, 8, 0.3, 0.1, actors));
                case NETWORK -> crowding.put(kind, Crowding.of(3, 2, 4, 0.5, 0.1, strong));
                case ASIDE -> crowding.put(kind, Crowding.of(1, 1, 1, 1, 0, Set.of()));
                case DECISION -> {}
            }
        }
        crowding.put(KeyKind.HOTLINE, Crowding.of(2, 2, 4, 0.6, 0.1, strong));
        return new LinkPolicy(strengths, crowding, 128, 3, 96);
    }

    private static Support textSupport(KeyKind kind) {
        boolean message = kind == KeyKind.TEXT_MESSAGE;
        return new Support(
                1, 0.05, true, 0.5, message ? 1 : 6, message ? 6 : Support.NEVER, message ? 6 : Support.NEVER);
    }

    private static Set<KeyKind> ofRoles(Role... roles) {
        Set<Role> wanted = EnumSet.copyOf(List.of(roles));
        Set<KeyKind> kinds = EnumSet.noneOf(KeyKind.class);
        for (KeyKind kind : KeyKind.values()) if (wanted.contains(kind.role())) kinds.add(kind);
        return kinds;
    }

    private static double strength(KeyKind kind) {
        return switch (kind.role()) {
            case DECISION -> 1.0;
            case PAYMENT -> 0.98;
            case FILE -> 0.95;
            case DOCUMENT -> 0.9;
            case CONTACT -> kind == KeyKind.HOTLINE ? 0.5 : 0.92;
            case SITE -> 0.85;
            case TEXT -> kind == KeyKind.TEXT_LINE ? 0.7 : 0.6;
            case SHAPE, CLUE -> 0.55;
            case NETWORK -> 0.4;
            case ASIDE -> 0.01;
        };
    }

    /**
     * How much a key says that two reports which hold it are one crime, 0 to 1: what its kind says, less the more reports
     * hold it. Halved at about 150 reports.
     */
    public double strength(KeyKind kind, int degree) {
        double base = strengths.getOrDefault(kind, 0.0);
        if (kind.role() == Role.DECISION) return base;
        // StrictMath: the order of keys must not depend on the processor.
        return base / (1 + 0.16 * StrictMath.log(Math.max(degree, 2) / 2.0) / StrictMath.log(2));
    }
}
