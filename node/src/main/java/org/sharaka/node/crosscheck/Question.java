package org.sharaka.node.crosscheck;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.HandlingCode;

/**
 * What an analyst asks other members about a campaign.
 *
 * @param keys numbers of the shared things that may travel
 * @param tellFigures whether our own counts, period and categories go with it
 * @param tellLosses whether stated losses do too
 * @param days how long it runs
 * @param quotes whose words the reason of its urgency repeats; it must repeat nobody's
 */
record Question(
        Purpose purpose,
        Optional<String> offence,
        Set<HandlingCode> codes,
        Set<Long> keys,
        boolean tellFigures,
        boolean tellLosses,
        Urgency urgency,
        Optional<String> urgencyReason,
        Optional<Instant> answerBy,
        Optional<String> reference,
        int days,
        Set<Quoted> quotes) {
    Question {
        codes = Set.copyOf(codes);
        keys = Set.copyOf(keys);
        quotes = Set.copyOf(quotes);
    }
}
