package org.sharaka.node.triage;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Circumstances;

/**
 * Which report an officer sees first: danger, then children, then money that a bank may still hold, then what is grave. The
 * order is that of issue 3 and the spans are the country's to set (ADR 0009); what a reporter says is taken as said, because
 * a wrong first place costs minutes and a wrong last place may cost a life.
 */
final class PriorityPolicy {
    private final TriageSettings settings;

    PriorityPolicy(TriageSettings settings) {
        this.settings = settings;
    }

    /** What the policy knows of a report. */
    record Facts(Category category, Circumstances circumstances, boolean setAside, Instant receivedAt) {}

    Priority at(Facts facts, Instant now) {
        Set<Concern> concerns = concerns(facts, now);
        Level level = level(facts, concerns);
        Optional<Instant> sent = sentAt(facts);
        Instant due = facts.receivedAt().plus(settings.target(level));
        Optional<Instant> until = Optional.empty();
        Optional<Instant> changes = Optional.empty();
        if (concerns.contains(Concern.MONEY_FRESH)) {
            until = sent.map(at -> at.plus(settings.moneyFresh()));
            changes = until;
        } else if (concerns.contains(Concern.MONEY_LATE)) {
            until = sent.map(at -> at.plus(settings.moneyStoppable()));
            changes = until;
        }
        if (level == Level.MONEY && until.isPresent() && until.get().isBefore(due)) due = until.get();
        return new Priority(level, concerns, due, until, changes);
    }

    private Set<Concern> concerns(Facts facts, Instant now) {
        Circumstances told = facts.circumstances();
        Set<Concern> concerns = EnumSet.noneOf(Concern.class);
        if (told.danger()) concerns.add(Concern.DANGER);
        if (told.child() || facts.category() == Category.CHILD_EXPLOITATION) concerns.add(Concern.CHILD);
        if (told.reporterMinor()) concerns.add(Concern.MINOR);
        sentAt(facts).ifPresent(sent -> {
            Duration ago = Duration.between(sent, now);
            if (ago.compareTo(settings.moneyFresh()) < 0) concerns.add(Concern.MONEY_FRESH);
            else if (ago.compareTo(settings.moneyStoppable()) < 0) concerns.add(Concern.MONEY_LATE);
        });
        switch (facts.category()) {
            case TRAFFICKING -> concerns.add(Concern.TRAFFICKING);
            case SEXTORTION, THREATS -> concerns.add(Concern.THREAT);
            case TERRORISM_CONTENT -> concerns.add(Concern.TERRORISM);
            case RANSOMWARE -> concerns.add(Concern.INCIDENT);
            default -> {
                if (told.particulars().keySet().stream().anyMatch(key -> key.startsWith("incident.")))
                    concerns.add(Concern.INCIDENT);
            }
        }
        if (told.sharedPhone()) concerns.add(Concern.SHARED_PHONE);
        if (facts.setAside()) concerns.add(Concern.SET_ASIDE);
        return concerns;
    }

    /** A time ahead of ours is a clock that runs ahead: the money left just now. */
    private static Optional<Instant> sentAt(Facts facts) {
        return facts.circumstances().moneySentAt().map(at -> at.isAfter(facts.receivedAt()) ? facts.receivedAt() : at);
    }

    private static Level level(Facts facts, Set<Concern> concerns) {
        if (facts.setAside()) return Level.ASIDE;
        if (concerns.contains(Concern.DANGER)) return Level.IMMEDIATE;
        if (concerns.contains(Concern.CHILD) || concerns.contains(Concern.MINOR)) return Level.CHILD;
        if (concerns.contains(Concern.MONEY_FRESH)) return Level.MONEY;
        return concerns.isEmpty() ? Level.ORDINARY : Level.SERIOUS;
    }
}
