package org.sharaka.protocol.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Refusal;

/**
 * The rosters that this node has verified, from the founding one whose hash was agreed out of band to the one in force.
 * Immutable: accepting one gives a new history. After The Update Framework, section 5.3: each roster is signed by enough
 * of the members that it replaces and by enough of its own.
 */
public final class RosterHistory {
    /** How far clocks of members may be apart. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final List<SignedRoster> rosters;
    /** By version; a hash is over the whole roster and asked for with every message. */
    private final Map<Long, Hash> hashes;

    private RosterHistory(List<SignedRoster> rosters, Map<Long, Hash> hashes) {
        this.rosters = List.copyOf(rosters);
        this.hashes = Map.copyOf(hashes);
    }

    /**
     * Begins with a founding roster: all its voting members signed it, and its hash is the one that people compared.
     *
     * @param pin the agreed hash
     */
    public static RosterHistory found(SignedRoster founding, Hash pin, Instant now) {
        Roster roster = founding.roster();
        if (!roster.hash().equals(pin)) throw Refusal.ROSTER_NOT_PINNED.because("its hash is " + roster.hash());
        requireNoStrangers(founding, List.of(roster));
        Set<?> signers = founding.signersFrom(roster);
        if (signers.size() < roster.voters().size())
            throw Refusal.ROSTER_TOO_FEW_SIGNATURES.because(
                    signers.size() + " of " + roster.voters().size() + " founders");
        requireIssued(roster, now);
        return new RosterHistory(List.of(founding), Map.of(roster.version(), pin));
    }

    /**
     * Accepts the next roster, or gives this same history for one that it has. An expired one is accepted too, so that a
     * node that was away can follow the chain; {@link Roster#validityAt} says what may be done under the last.
     */
    public RosterHistory accept(SignedRoster next, Instant now) {
        Roster current = current();
        Roster roster = next.roster();
        Optional<Roster> known = version(roster.version());
        Hash hash = roster.hash();
        if (hashOf(roster.version()).equals(Optional.of(hash))) return this;
        if (known.isPresent()) throw Refusal.ROSTER_FORKED.because(fork(next));
        if (roster.version() < current.version())
            throw Refusal.ROSTER_ROLLED_BACK.because("version " + roster.version() + " after " + current.version());
        if (!roster.previous().equals(hashOf(current.version()))
                || !roster.issued().isAfter(current.issued()))
            throw Refusal.ROSTER_WRONGLY_CHAINED.because(
                    "version " + roster.version() + " does not replace version " + current.version());
        requireNoStrangers(next, List.of(current, roster));
        requireEnough(next, current, "members of version " + current.version());
        requireEnough(next, roster, "its own members");
        requireIssued(roster, now);
        List<SignedRoster> more = new ArrayList<>(rosters);
        more.add(next);
        Map<Long, Hash> moreHashes = new HashMap<>(hashes);
        moreHashes.put(roster.version(), hash);
        return new RosterHistory(more, moreHashes);
    }

    private String fork(SignedRoster other) {
        Optional<Equivocation> proof = equivocation(other);
        return "version " + other.roster().version()
                + proof.map(found -> " was signed twice by " + found.members()).orElse(", signed by nobody we know");
    }

    /** Who signed both this roster and the one of the same version that we have; none if the versions differ. */
    public Optional<Equivocation> equivocation(SignedRoster other) {
        for (int i = 0; i < rosters.size(); i++) {
            SignedRoster known = rosters.get(i);
            if (known.roster().version() != other.roster().version()) continue;
            return Equivocation.find(
                    known, other, rosters.get(Math.max(0, i - 1)).roster());
        }
        return Optional.empty();
    }

    private static void requireNoStrangers(SignedRoster signed, List<Roster> electorates) {
        Set<?> strangers = signed.strangers(electorates);
        if (!strangers.isEmpty()) throw Refusal.ROSTER_STRANGER_SIGNED.because("in the name of " + strangers);
    }

    private static void requireEnough(SignedRoster signed, Roster electorate, String whose) {
        int signers = signed.signersFrom(electorate).size();
        if (signers < electorate.threshold())
            throw Refusal.ROSTER_TOO_FEW_SIGNATURES.because(
                    signers + " of " + electorate.threshold() + " needed from " + whose);
    }

    private static void requireIssued(Roster roster, Instant now) {
        if (roster.issued().isAfter(now.plus(CLOCK_SKEW)))
            throw Refusal.ROSTER_NOT_YET_ISSUED.because("version " + roster.version());
    }

    /** The roster that the rules of today come from. */
    public Roster current() {
        return rosters.get(rosters.size() - 1).roster();
    }

    /** The roster in force, unless its time and grace are over. */
    public Roster usableAt(Instant now) {
        Roster current = current();
        if (current.validityAt(now) == Roster.Validity.OVER)
            throw Refusal.ROSTER_EXPIRED.because("version " + current.version());
        return current;
    }

    public Optional<Roster> version(long version) {
        return rosters.stream()
                .map(SignedRoster::roster)
                .filter(roster -> roster.version() == version)
                .findFirst();
    }

    /** The hash of the roster of a version, if it is known. */
    public Optional<Hash> hashOf(long version) {
        return Optional.ofNullable(hashes.get(version));
    }

    /** What was in force at a time: the last one issued by then. */
    public Optional<Roster> inForceAt(Instant time) {
        Optional<Roster> found = Optional.empty();
        for (SignedRoster signed : rosters)
            if (!signed.roster().issued().isAfter(time)) found = Optional.of(signed.roster());
        return found;
    }

    /** All of them, oldest first: what a peer needs that knows only the founding one. */
    public List<SignedRoster> signed() {
        return rosters;
    }

    /** Those newer than a version, for a peer that has it. */
    public List<SignedRoster> newerThan(long version) {
        return rosters.stream()
                .filter(signed -> signed.roster().version() > version)
                .toList();
    }
}
