package org.sharaka.node.triage;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.springframework.context.MessageSource;

/** Letters that officers have agreed on. Whoever works the queue may send and review them; a supervisor writes them. */
public final class TemplateService {
    /** One that comes with the product. */
    private record Shipped(String name, boolean asks) {}

    private static final List<Shipped> SHIPPED = List.of(
            new Shipped("read", false),
            new Shipped("bank", true),
            new Shipped("transfer", true),
            new Shipped("accounts", true),
            new Shipped("extortion", false),
            new Shipped("young", false),
            new Shipped("danger", false),
            new Shipped("keep", false),
            new Shipped("complaint", false),
            new Shipped("closed", false));

    private final SqlTemplates templates;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;

    TemplateService(SqlTemplates templates, AuditTrail audit, Ids ids, Clock clock) {
        this.templates = templates;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** All in force, those that wait for reviewers too. */
    public List<Template> all(Actor actor) {
        actor.require(Permission.REPORT_TRIAGE);
        return templates.standing();
    }

    public List<Template> usable(Actor actor) {
        return all(actor).stream().filter(Template::usable).toList();
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link TriageProblem#NO_SUCH_TEMPLATE} also for one without reviews */
    public Template usable(Actor actor, String id) {
        return usable(actor).stream()
                .filter(template -> template.id().toString().equals(id))
                .findFirst()
                .orElseThrow(() -> TriageProblem.NO_SUCH_TEMPLATE.because("no reviewed template of that id"));
    }

    /** Proposes a letter; two colleagues review it before anybody can send it. */
    public Template propose(Actor actor, boolean asks, Map<String, Template.Text> texts) {
        return audit.act(actor, "triage.template-propose", "template", () -> {
            actor.require(Permission.TRIAGE_ADMINISTER);
            var template = new Template(ids.random(), asks, texts, Optional.of(actor.id()), List.of(), false);
            boolean unused = templates.add(template, Optional.empty(), clock.instant());
            return template;
        });
    }

    /** Says that all four texts are right. */
    public void review(Actor actor, UUID template) {
        audit.act(actor, "triage.template-review", "template/" + template, () -> {
            actor.require(Permission.REPORT_TRIAGE);
            known(template);
            if (!templates.review(template, actor.id(), clock.instant()))
                throw TriageProblem.REVIEWED_BEFORE.because("reviewed before, or written, by this officer");
            return template;
        });
    }

    public void retire(Actor actor, UUID template) {
        audit.act(actor, "triage.template-retire", "template/" + template, () -> {
            actor.require(Permission.TRIAGE_ADMINISTER);
            if (!templates.retire(template, clock.instant())) known(template);
            return template;
        });
    }

    private void known(UUID id) {
        if (templates.standing().stream().noneMatch(template -> template.id().equals(id)))
            throw TriageProblem.NO_SUCH_TEMPLATE.because("template " + id);
    }

    /** Proposes those that come with the product and are not there yet, retired ones included. */
    void ship(MessageSource messages) {
        for (Shipped shipped : SHIPPED) {
            Map<String, Template.Text> texts = new HashMap<>();
            for (String language : TemplateLanguage.ALL) {
                Locale locale = Locale.forLanguageTag(language);
                texts.put(
                        language,
                        new Template.Text(
                                messages.getMessage("triage.template." + shipped.name() + ".title", null, locale),
                                messages.getMessage("triage.template." + shipped.name() + ".text", null, locale)));
            }
            var template = new Template(ids.timeOrdered(), shipped.asks(), texts, Optional.empty(), List.of(), false);
            boolean unused = templates.add(template, Optional.of(shipped.name()), clock.instant());
        }
    }
}
