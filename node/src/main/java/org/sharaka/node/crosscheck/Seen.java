package org.sharaka.node.crosscheck;

import java.util.Optional;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.originator.Standing;
import org.sharaka.node.originator.Verdict;
import org.sharaka.protocol.message.Message;

/**
 * A message of another member as it stands for one officer now (docs/protocol.md 5.3).
 *
 * @param held as it was signed; empty once its content is gone
 * @param view whether the officer may look at it; empty likewise
 */
record Seen(Standing standing, Optional<Message> held, Optional<Verdict> view) {
    /** Whether it is never used again: what only waits, because we came back from a backup, is. */
    static boolean over(Standing standing) {
        return standing.withdrawn().isPresent() || standing.corrected().isPresent();
    }

    /** Whether it may be used at all. A correction cannot be compared in its stead, so what was corrected is closed. */
    private static boolean stands(Standing standing) {
        return standing.open() && standing.corrected().isEmpty();
    }

    public boolean shown() {
        return stands(standing) && view.filter(Verdict::allowed).isPresent();
    }

    Optional<Message> message() {
        return held.filter(message -> shown());
    }

    /** Whether the officer confirms its originator's remarks before it is shown. */
    public boolean toConfirm() {
        return stands(standing)
                && view.filter(verdict -> verdict.say() == Verdict.Say.CONFIRM_REMARKS)
                        .isPresent();
    }

    /** Whether it came for another purpose than the officer's, who confirms that before it is shown. */
    public boolean purposeToConfirm() {
        return stands(standing)
                && view.filter(verdict -> verdict.say() == Verdict.Say.CONFIRM_PURPOSE)
                        .isPresent();
    }

    /** For which purpose it came, as the messages name it; empty once its content is gone. */
    public Optional<String> purpose() {
        return held.map(message -> message.handling().purpose())
                .map(code -> Purpose.ofCode(code).map(Purpose::name).orElse(code));
    }

    /** Whether it stays closed here, because this country asks the originator before anybody reads it. */
    public boolean closed() {
        return stands(standing) && held.isPresent() && !shown() && !toConfirm() && !purposeToConfirm();
    }
}
