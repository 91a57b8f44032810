package org.sharaka.protocol.checkpoint;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.TreeHead;

/**
 * Watches one log of a peer: what it showed last, and whether what it shows now grew out of that. Immutable; the caller
 * stores what {@link #see} gives before it hands out the cosignature, or a crash could make it cosign a fork.
 */
public record Cosigner(String origin, Optional<SignedNote> last) {
    /** The first look at a log. */
    public static Cosigner of(String origin) {
        return new Cosigner(origin, Optional.empty());
    }

    /** What was seen and what we say to it. */
    public record Seen(Cosigner cosigner, SignedNote cosigned) {}

    /**
     * Checks a new checkpoint and cosigns it.
     *
     * @param logKeys the log's, from the roster
     * @param proof that the new tree begins with the last seen; empty where there is none to prove, at the first look or
     *     for the same head
     */
    public Seen see(
            SignedNote next,
            Collection<NoteKey> logKeys,
            Optional<ConsistencyProof> proof,
            NoteSigner us,
            Instant now) {
        check(next, logKeys, proof);
        return new Seen(new Cosigner(origin, Optional.of(next)), us.cosign(next, now));
    }

    /**
     * Goes on from a head that its member declared after a restore, although we cosigned a longer one: the gap is on
     * record, not hidden.
     *
     * @param restored from the member's signed declaration, which the caller verified and keeps
     * @param firstAfter the first checkpoint of the new epoch
     */
    public Seen seeAfterRestore(
            TreeHead restored,
            SignedNote firstAfter,
            Collection<NoteKey> logKeys,
            Optional<ConsistencyProof> proof,
            NoteSigner us,
            Instant now) {
        Checkpoint checkpoint = requireOurs(firstAfter, logKeys);
        requireGrowth(restored, checkpoint.head(), proof);
        return new Seen(new Cosigner(origin, Optional.of(firstAfter)), us.cosign(firstAfter, now));
    }

    private void check(SignedNote next, Collection<NoteKey> logKeys, Optional<ConsistencyProof> proof) {
        Checkpoint checkpoint = requireOurs(next, logKeys);
        if (last.isPresent()) requireGrowth(Checkpoint.parse(last.get().text()).head(), checkpoint.head(), proof);
    }

    private Checkpoint requireOurs(SignedNote note, Collection<NoteKey> logKeys) {
        Checkpoint checkpoint = Checkpoint.verify(note, logKeys);
        if (!checkpoint.origin().equals(origin)) throw Refusal.CHECKPOINT_OF_ANOTHER_LOG.because(checkpoint.origin());
        return checkpoint;
    }

    private void requireGrowth(TreeHead before, TreeHead now, Optional<ConsistencyProof> proof) {
        if (now.size() < before.size())
            throw Refusal.LOG_ROLLED_BACK.because(origin + ": " + now.size() + " after " + before.size());
        if (now.size() == before.size()) {
            if (!now.root().equals(before.root())) throw rewritten(before, now);
        } else if (before.size() > 0
                && !proof.map(given -> given.proves(before, now)).orElse(false)) {
            throw rewritten(before, now);
        }
    }

    private RefusedException rewritten(TreeHead before, TreeHead now) {
        return Refusal.LOG_REWRITTEN.because(origin + ": from " + before.size() + " to " + now.size());
    }

    /** Whether two checkpoints prove by themselves that a log was forked: one size, two roots, both signed. */
    public static boolean provesFork(SignedNote one, SignedNote other, Collection<NoteKey> logKeys) {
        Checkpoint first = Checkpoint.verify(one, logKeys);
        Checkpoint second = Checkpoint.verify(other, logKeys);
        return first.origin().equals(second.origin())
                && first.head().size() == second.head().size()
                && !first.head().root().equals(second.head().root());
    }
}
