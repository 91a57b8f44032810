package org.sharaka.node.screening.hit;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sharaka.matching.ExactKey;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;

/** Distinguishing records that were copied out of a node and lie in memory, for a post that has no database (S6). */
public final class HeldDistinctions implements Distinctions {
    private final List<Distinction> all = new ArrayList<>();
    private final AuditTrail audit;
    private final Clock clock;

    public HeldDistinctions(Collection<Distinction> records, AuditTrail audit, Clock clock) {
        this.all.addAll(records);
        this.audit = audit;
        this.clock = clock;
    }

    /** From now on nobody is found. */
    public void end() {
        all.clear();
    }

    @Override
    public Optional<Distinction> byCode(Actor actor, String typed) {
        Optional<PaperCode> code = PaperCode.parse(typed);
        if (code.isEmpty()) return Optional.empty();
        return audit.read(actor, "screening.paper", "paper", () -> {
            actor.require(Permission.SCREENING_QUERY).requirePurpose();
            return inForce().stream()
                    .filter(each -> PaperCode.parse(each.code()).equals(code))
                    .findFirst();
        });
    }

    @Override
    public List<Distinction> matching(String entity, Collection<ExactKey> asked) {
        Set<String> numbers = asked.stream()
                .filter(key -> key.kind() == ExactKey.Kind.DOCUMENT)
                .map(ExactKey::value)
                .collect(Collectors.toSet());
        return inForce().stream()
                .filter(each -> each.entity().equals(entity)
                        && each.documents().stream().anyMatch(numbers::contains))
                .toList();
    }

    private List<Distinction> inForce() {
        Instant now = clock.instant();
        return all.stream().filter(each -> each.endsAt().isAfter(now)).toList();
    }
}
