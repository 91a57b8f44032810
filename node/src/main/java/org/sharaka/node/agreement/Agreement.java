package org.sharaka.node.agreement;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.content.Urgency;

/**
 * An agreement or treaty under which police of its parties may exchange information.
 *
 * @param citation the official reference, for instance {@code ETS No. 185}
 * @param inForceFrom first day on which it binds anybody; empty for one that is not in force
 * @param inForceUntil first day on which it binds nobody any more
 * @param offenceNamed whether a message must say which offence it is about
 * @param dualCriminality whether the offence must be punishable with sender and recipient
 * @param partiesOnly whether what was sent under it may be passed on to its parties only
 * @param conditions what its text demands of whoever uses it, in the four languages, or nothing
 * @param replyWithin deadlines that differ from the node's own
 */
public record Agreement(
        AgreementCode code,
        AgreementKind kind,
        Names names,
        String citation,
        Optional<LocalDate> inForceFrom,
        Optional<LocalDate> inForceUntil,
        List<Party> parties,
        List<Coverage> coverage,
        boolean offenceNamed,
        Set<Purpose> purposes,
        boolean dualCriminality,
        boolean partiesOnly,
        Names conditions,
        Map<Urgency, Duration> replyWithin) {
    static final int NAME_LENGTH_MAX = 300;
    static final int CONDITIONS_LENGTH_MAX = 4000;
    static final int CITATION_LENGTH_MAX = 200;
    private static final int PARTIES_MAX = 400;
    private static final int COVERAGE_MAX = 200;
    private static final Duration REPLY_MAX = Duration.ofDays(366);

    public Agreement {
        if (!names.complete(NAME_LENGTH_MAX))
            throw AgreementProblem.NAMES_MISSING.because("names in ar, en, es and fr, up to 300 characters");
        if (!conditions.completeOrNone(CONDITIONS_LENGTH_MAX))
            throw AgreementProblem.NAMES_MISSING.because("conditions in ar, en, es and fr, or in none");
        citation = citation.strip();
        if (citation.length() > CITATION_LENGTH_MAX) throw AgreementProblem.BAD_FIELD.because("citation is too long");
        if (inForceFrom.isPresent()
                && inForceUntil.isPresent()
                && !inForceUntil.get().isAfter(inForceFrom.get()))
            throw AgreementProblem.BAD_DATES.because("agreement " + code + " ends before it begins");
        parties = byCode(parties);
        coverage = List.copyOf(coverage);
        if (coverage.isEmpty() || coverage.size() > COVERAGE_MAX)
            throw AgreementProblem.BAD_FIELD.because("an agreement covers something");
        purposes = java.util.Collections.unmodifiableSet(
                purposes.isEmpty() ? EnumSet.noneOf(Purpose.class) : EnumSet.copyOf(purposes));
        if (purposes.isEmpty()) throw AgreementProblem.BAD_FIELD.because("an agreement has a purpose");
        replyWithin.values().forEach(span -> {
            if (span.isZero() || span.isNegative() || span.compareTo(REPLY_MAX) > 0)
                throw AgreementProblem.BAD_FIELD.because("a reply deadline is up to 366 days");
        });
        EnumMap<Urgency, Duration> deadlines = new EnumMap<>(Urgency.class);
        deadlines.putAll(replyWithin);
        replyWithin = java.util.Collections.unmodifiableMap(deadlines);
    }

    private static List<Party> byCode(Collection<Party> parties) {
        TreeMap<PartyCode, Party> sorted = new TreeMap<>();
        for (Party party : parties)
            if (sorted.put(party.code(), party) != null)
                throw AgreementProblem.BAD_PARTY.because("party " + party.code() + " stands twice");
        if (sorted.size() > PARTIES_MAX) throw AgreementProblem.BAD_PARTY.because("more than 400 parties");
        return List.copyOf(sorted.values());
    }

    public Optional<Party> party(PartyCode code) {
        return parties.stream().filter(party -> party.code().equals(code)).findFirst();
    }

    /** How many parties nobody compared with the depositary's list. */
    public long unverified() {
        return parties.stream().filter(party -> !party.verified()).count();
    }

    public boolean inForceOn(LocalDate day) {
        return inForceFrom.isPresent()
                && !day.isBefore(inForceFrom.get())
                && (inForceUntil.isEmpty() || day.isBefore(inForceUntil.get()));
    }

    /** With a party added, or changed. */
    Agreement with(Party party) {
        TreeMap<PartyCode, Party> all = new TreeMap<>();
        parties.forEach(known -> all.put(known.code(), known));
        all.put(party.code(), party);
        return withParties(List.copyOf(all.values()));
    }

    Agreement without(PartyCode gone) {
        return withParties(
                parties.stream().filter(party -> !party.code().equals(gone)).toList());
    }

    private Agreement withParties(List<Party> changed) {
        return new Agreement(
                code,
                kind,
                names,
                citation,
                inForceFrom,
                inForceUntil,
                changed,
                coverage,
                offenceNamed,
                purposes,
                dualCriminality,
                partiesOnly,
                conditions,
                replyWithin);
    }
}
