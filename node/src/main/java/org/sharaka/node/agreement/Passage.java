package org.sharaka.node.agreement;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.access.Purpose;

/**
 * Data about to go from one party to another.
 *
 * @param sender who sends it now
 * @param onwardFrom for data of another: the agreement under which it came, whose terms still bind it
 */
public record Passage(
        PartyCode sender,
        PartyCode recipient,
        Optional<OffenceCode> offence,
        Purpose purpose,
        Instant at,
        Optional<AgreementCode> onwardFrom) {}
