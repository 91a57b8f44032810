package org.sharaka.node.originator;

import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;

/**
 * What a handling code says to an act: the protocol's table, and where this country is stricter. Read anew at each question, so that a
 * change holds from the next act on.
 */
public final class HandlingRules {
    private final SqlRules rules;
    private final AuditTrail audit;
    private final Clock clock;

    HandlingRules(SqlRules rules, AuditTrail audit, Clock clock) {
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
    }

    /** What the codes say to each act, as the rules stand now; the strictest of several codes counts. */
    Map<Act, Act.Rule> under(Collection<HandlingCode> codes) {
        Map<Act, Map<HandlingCode, Act.Rule>> own = rules.all();
        Map<Act, Act.Rule> strictest = new EnumMap<>(Act.class);
        for (Act act : Act.values()) {
            Act.Rule rule = act.under(codes);
            for (HandlingCode code : codes) {
                Act.Rule ours = rule(own, act, code);
                if (ours.compareTo(rule) > 0) rule = ours;
            }
            strictest.put(act, rule);
        }
        return strictest;
    }

    /** As this country set it. */
    private static Act.Rule rule(Map<Act, Map<HandlingCode, Act.Rule>> own, Act act, HandlingCode code) {
        return own.getOrDefault(act, Map.of()).getOrDefault(code, unlessSet(act, code));
    }

    /** Information from police to police is not evidence without its provider's consent (SAFEGUARDS S18), whatever its code. */
    private static Act.Rule unlessSet(Act act, HandlingCode code) {
        return act == Act.COURT_BUNDLE ? Act.Rule.ASK_ORIGINATOR : act.under(code);
    }

    /**
     * One place of the table.
     *
     * @param stricter than in the protocol
     */
    record Cell(Act.Rule rule, boolean stricter) {}

    Map<Act, Map<HandlingCode, Cell>> table() {
        Map<Act, Map<HandlingCode, Act.Rule>> own = rules.all();
        Map<Act, Map<HandlingCode, Cell>> table = new EnumMap<>(Act.class);
        for (Act act : Act.values()) {
            Map<HandlingCode, Cell> row = new EnumMap<>(HandlingCode.class);
            for (HandlingCode code : HandlingCode.values()) {
                Act.Rule rule = rule(own, act, code);
                row.put(code, new Cell(rule, rule.compareTo(act.under(code)) > 0));
            }
            table.put(act, row);
        }
        return table;
    }

    /**
     * Sets what holds in this country, as strict as the protocol or stricter.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link OriginatorProblem#RULE_LOOSER}
     */
    void set(Actor actor, Act act, HandlingCode code, Act.Rule rule) {
        Optional<Void> unused = audit.act(actor, "originator.rule", "rule/" + act + "/" + code, entry -> {
            actor.require(Permission.AGREEMENT_ADMINISTER);
            if (rule.compareTo(act.under(code)) < 0)
                throw OriginatorProblem.RULE_LOOSER.because(act + " under " + code);
            if (rule == unlessSet(act, code)) rules.remove(act, code);
            else rules.put(act, code, rule, actor.id(), clock.instant(), entry);
            return Optional.empty();
        });
    }
}
