package org.sharaka.protocol.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;

/**
 * The rosters that this node has verified, from the founding one whose hash was agreed out of band to the one in force.
 * Immutable: accepting one gives a new history. After The Update Framework, section 5.3: each roster is signed by enough
 * of the members that it replaces and by enough of its own.
 *
 * <p>Members that believed one successor dead may have signed another, so one roster can have several: the one with the highest number
 * counts, on every node, and the others are set aside with all that follows them. They stay known: what was signed under them verifies.
 */
public final class RosterHistory {
    /** How far clocks of members may be apart. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /**
     * So long after a roster came into force at a node it may still be set aside by another successor of the same one. Later whoever has
     * old keys in number could undo what was decided since; people then bring it by hand.
     */
    public static final Duration SETTLED_AFTER = Duration.ofDays(30);

    /** In the order of learning: each stands behind the one that it replaces. */
    private final List<Known> all;

    private final List<Known> chain;

    /** A hash is over the whole roster and asked for with every message. */
    private record Known(SignedRoster signed, Hash hash) {
        static Known of(SignedRoster signed) {
            return new Known(signed, signed.roster().hash());
        }

        Roster roster() {
            return signed.roster();
        }

        long version() {
            return roster().version();
        }
    }

    private RosterHistory(List<Known> all) {
        this.all = List.copyOf(all);
        this.chain = chain(all);
    }

    /** From the founding one on always the successor with the highest number. */
    private static List<Known> chain(List<Known> all) {
        Map<Hash, Known> successors = new HashMap<>();
        for (Known each : all)
            each.roster()
                    .previous()
                    .ifPresent(previous -> successors.merge(
                            previous, each, (one, other) -> one.version() > other.version() ? one : other));
        List<Known> chain = new ArrayList<>();
        for (Known at = all.get(0); at != null; at = successors.get(at.hash())) chain.add(at);
        return List.copyOf(chain);
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
        return new RosterHistory(List.of(new Known(founding, pin)));
    }

    /** As {@link #accept(SignedRoster, Instant, Predicate)}, where nothing that was decided may be set aside. */
    public RosterHistory accept(SignedRoster next, Instant now) {
        return accept(next, now, decided -> true);
    }

    /**
     * Accepts the next roster, or gives this same history for one that it has. An expired one is accepted too, so that a
     * node that was away can follow the chain; {@link Roster#validityAt} says what may be done under the last.
     *
     * @param settled whether a roster of the chain came into force here more than {@link #SETTLED_AFTER} ago, so that no other successor of
     *     the same one is heard any more
     */
    public RosterHistory accept(SignedRoster next, Instant now, Predicate<Roster> settled) {
        Known fresh = Known.of(next);
        if (known(fresh.hash()).isPresent()) return this;
        Roster roster = next.roster();
        Known before = roster.previous().flatMap(this::known).orElseThrow(() -> misplaced(roster));
        if (roster.version() <= before.version()
                || !roster.issued().isAfter(before.roster().issued())
                || numbered(roster.version())
                        .anyMatch(each -> each.roster().previous().equals(roster.previous()))
                || successorOfTheBranching(before).filter(settled).isPresent()) throw misplaced(roster);
        requireNoStrangers(next, List.of(before.roster(), roster));
        requireEnough(next, before.roster(), "members of version " + before.version());
        requireEnough(next, roster, "its own members");
        requireIssued(roster, now);
        List<Known> more = new ArrayList<>(all);
        more.add(fresh);
        return new RosterHistory(more);
    }

    /** Where what follows from a roster leaves the chain: what was decided there instead; empty at the end of the chain. */
    private Optional<Roster> successorOfTheBranching(Known from) {
        int at = chain.indexOf(from);
        if (at >= 0) return chain.stream().skip(at + 1L).findFirst().map(Known::roster);
        return from.roster().previous().flatMap(this::known).flatMap(this::successorOfTheBranching);
    }

    private RefusedException misplaced(Roster roster) {
        long version = roster.version();
        if (numbered(version).findAny().isPresent())
            return Refusal.ROSTER_FORKED.because("another roster of version " + version + " is known");
        return version < current().version()
                ? Refusal.ROSTER_ROLLED_BACK.because(
                        "version " + version + " after " + current().version())
                : Refusal.ROSTER_WRONGLY_CHAINED.because("version " + version + " does not replace version "
                        + current().version());
    }

    private Optional<Known> known(Hash hash) {
        return all.stream().filter(each -> each.hash().equals(hash)).findFirst();
    }

    private Stream<Known> numbered(long version) {
        return all.stream().filter(each -> each.version() == version);
    }

    /**
     * Who signed both this roster and another of the same version that we know. Only keys count that the roster before ours lists, which we
     * verified: certificates that somebody made up accuse nobody.
     */
    public Optional<Equivocation> equivocation(SignedRoster other) {
        return numbered(other.roster().version())
                .flatMap(known -> Equivocation.find(
                        known.signed(),
                        other,
                        known.roster()
                                .previous()
                                .flatMap(this::known)
                                .orElse(known)
                                .roster())
                        .stream())
                .findFirst();
    }

    /** What this one set aside of another: the rosters that are in force there and not here, the oldest first. */
    public List<Roster> setAsideOf(RosterHistory before) {
        return before.chain.stream()
                .filter(each -> !chain.contains(each))
                .map(Known::roster)
                .toList();
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

    private Known last() {
        return chain.get(chain.size() - 1);
    }

    /** The roster that the rules of today come from. */
    public Roster current() {
        return last().roster();
    }

    /** Its hash, without hashing it anew. */
    public Hash currentHash() {
        return last().hash();
    }

    /** The roster in force, unless its time and grace are over. */
    public Roster usableAt(Instant now) {
        Roster current = current();
        if (current.validityAt(now) == Roster.Validity.OVER)
            throw Refusal.ROSTER_EXPIRED.because("version " + current.version());
        return current;
    }

    /** The roster that somebody went by, also if it was set aside since. */
    public Optional<SignedRoster> named(long version, Hash hash) {
        return known(hash).filter(each -> each.version() == version).map(Known::signed);
    }

    /** What was in force at a time: the last one issued by then. */
    public Optional<Roster> inForceAt(Instant time) {
        Optional<Roster> found = Optional.empty();
        for (Known each : chain) if (!each.roster().issued().isAfter(time)) found = Optional.of(each.roster());
        return found;
    }

    /** Those in force one after another, the oldest first: what a peer needs that knows only the founding one. */
    public List<SignedRoster> signed() {
        return chain.stream().map(Known::signed).toList();
    }

    /**
     * Those with a higher number, the lowest first, for a peer that asks for the next: also what was set aside, since messages may name it. Of
     * one number the one in force.
     */
    public List<SignedRoster> newerThan(long version) {
        return all.stream()
                .filter(each -> each.version() > version)
                .filter(each ->
                        chain.contains(each) || chain.stream().noneMatch(one -> one.version() == each.version()))
                .sorted(Comparator.comparing(Known::version))
                .map(Known::signed)
                .toList();
    }
}
