package org.sharaka.node.bureau;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.originator.Orders;
import org.sharaka.node.originator.Standing;
import org.sharaka.node.originator.Verdict;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.RosterHistory;

/**
 * Whose data a message holds, and what that means for whoever looks at it.
 *
 * @param handling as its sender gave it; empty once its content is gone
 * @param shown whether the officer may see it now
 * @param acts what the officer may do with it; empty for what is ours, and once its content is gone
 * @param enclosed the originator's own message, if this one shares it onward
 * @param unlisted who had signed what is enclosed with a key that the members' list no longer had as it came: its date is the word of
 *     whoever shared it
 * @param corrected what its originator says stands instead
 * @param hold why proceedings here need it
 * @param ordered our orders about it, if it is data of our own
 * @param orderable whether we may order about it: it is our own, is kept, and was not ordered purged
 * @param asked of a question for permission: what is asked
 * @param revocable whether it is a permission of ours that can still be taken back
 */
record Custody(
        Optional<Handling> handling,
        Standing standing,
        boolean shown,
        Map<Act, Verdict> acts,
        Optional<Message> enclosed,
        Optional<Written> enclosedWritten,
        SortedSet<MemberId> unlisted,
        Optional<Written> corrected,
        Optional<String> hold,
        List<Orders.Ordered> ordered,
        boolean orderable,
        Optional<Asked> asked,
        boolean revocable) {
    static final Custody OF_A_DRAFT = new Custody(
            Optional.empty(),
            Standing.GOOD,
            true,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Collections.emptySortedSet(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            Optional.empty(),
            false);

    Custody {
        unlisted = Collections.unmodifiableSortedSet(new TreeSet<>(unlisted));
        ordered = List.copyOf(ordered);
    }

    /** By the list that was in force as it came: a key that was dropped later was still its owner's then. */
    static SortedSet<MemberId> unlisted(RosterHistory history, Entry entry, SignedMessage held) {
        return Reader.unlisted(held, history.inForceAt(entry.at()).orElse(history.current()));
    }

    /** Whether its officer confirms the originator's remarks before it is shown. */
    public boolean toConfirm() {
        return Optional.ofNullable(acts.get(Act.VIEW))
                .filter(verdict -> verdict.say() == Verdict.Say.CONFIRM_REMARKS)
                .isPresent();
    }

    /** Whether it came for another purpose than the officer's, who confirms that before it is shown. */
    public boolean purposeToConfirm() {
        return Optional.ofNullable(acts.get(Act.VIEW))
                .filter(verdict -> verdict.say() == Verdict.Say.CONFIRM_PURPOSE)
                .isPresent();
    }

    /** For which purpose it came; empty once its content is gone. */
    public Optional<String> purpose() {
        return handling.map(of -> named(of.purpose()));
    }

    /** As the messages name it, or the code that another node wrote. */
    static String named(String code) {
        return Purpose.ofCode(code).map(Purpose::name).orElse(code);
    }

    /**
     * What a holder of our data would like to do.
     *
     * @param asker who wants to; not always who brought the question
     * @param purpose for which
     * @param about the conversation in which we had sent it, if it is still kept
     */
    record Asked(
            Act act, Optional<MemberId> recipient, MemberId asker, String purpose, Optional<ConversationKey> about) {}
}
