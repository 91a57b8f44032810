package org.sharaka.node.agreement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Purpose;

/**
 * Data about to go from one party to another.
 *
 * @param sender who sends it now
 * @param onwardFrom for data of another: the agreements under which it came, from its originator through every hand; the terms of each still bind it
 */
public record Passage(
        PartyCode sender,
        PartyCode recipient,
        Optional<OffenceCode> offence,
        Purpose purpose,
        Instant at,
        List<AgreementCode> onwardFrom) {
    public Passage {
        onwardFrom = List.copyOf(onwardFrom);
    }

    /** Data of the sender's own. */
    public Passage(PartyCode sender, PartyCode recipient, Optional<OffenceCode> offence, Purpose purpose, Instant at) {
        this(sender, recipient, offence, purpose, at, List.of());
    }
}
