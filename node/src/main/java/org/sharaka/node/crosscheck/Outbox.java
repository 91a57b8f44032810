package org.sharaka.node.crosscheck;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageReference;

/** Sends questions and answers under the terms that somebody chose. */
final class Outbox {
    /** Sends what an officer may ask or release who may not write to other members freely. */
    static final Actor NODE = Actor.system("crosscheck");

    private final ExchangeService exchange;
    private final Partners partners;

    Outbox(ExchangeService exchange, Partners partners) {
        this.exchange = exchange;
        this.partners = partners;
    }

    /** For its recipient alone. */
    Handling handling(
            CheckKey key,
            Purpose purpose,
            String basis,
            Optional<String> offence,
            Set<HandlingCode> codes,
            Instant end) {
        return checked(() -> new Handling(
                partners.us(), purpose.code(), basis, offence, codes, Optional.empty(), Set.of(key.peer()), end));
    }

    MessageReference send(CheckKey key, Handling handling, Optional<Evaluation> evaluation, Content content) {
        return exchange.send(
                NODE,
                new Outgoing(
                        key.peer(),
                        key.conversation(),
                        Lane.ORDINARY,
                        handling,
                        evaluation,
                        content,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** A rule of the protocol that what was typed breaks is told as a field that is wrong. */
    static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (RefusedException e) {
            throw CrossCheckProblem.BAD_FIELD.because(String.valueOf(e.getMessage()));
        }
    }
}
