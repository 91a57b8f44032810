package org.sharaka.node.triage;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.intake.Category;
import org.sharaka.node.platform.Ids;

/** The rules that say which unit works on which reports. They act on what comes in after them. */
public final class RuleService {
    private static final int POSITION_MAX = 10_000;

    private final SqlRules rules;
    private final AuditTrail audit;
    private final Ids ids;

    RuleService(SqlRules rules, AuditTrail audit, Ids ids) {
        this.rules = rules;
        this.audit = audit;
        this.ids = ids;
    }

    /** A rule to be added, as {@link AssignmentRule}. */
    public record NewRule(
            int position,
            Optional<Category> category,
            Optional<String> country,
            Optional<String> place,
            boolean child,
            String unit,
            boolean closes) {}

    public List<AssignmentRule> list(Actor actor) {
        actor.require(Permission.REPORT_TRIAGE);
        return rules.inOrder();
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link TriageProblem#UNIT_MISSING}, {@link TriageProblem#BAD_RULE} */
    public AssignmentRule add(Actor actor, NewRule wanted) {
        return audit.act(actor, "triage.rule-add", "rules", () -> {
            actor.require(Permission.TRIAGE_ADMINISTER);
            if (wanted.position() < 1 || wanted.position() > POSITION_MAX)
                throw TriageProblem.BAD_RULE.because("the position is 1 to " + POSITION_MAX);
            var rule = new AssignmentRule(
                    ids.random(),
                    wanted.position(),
                    wanted.category(),
                    wanted.country(),
                    wanted.place(),
                    wanted.child(),
                    wanted.unit(),
                    wanted.closes());
            rules.add(rule);
            return rule;
        });
    }

    public void remove(Actor actor, UUID rule) {
        audit.act(actor, "triage.rule-remove", "rule/" + rule, () -> {
            actor.require(Permission.TRIAGE_ADMINISTER);
            if (!rules.remove(rule)) throw TriageProblem.NO_SUCH_RULE.because("rule " + rule);
            return rule;
        });
    }
}
