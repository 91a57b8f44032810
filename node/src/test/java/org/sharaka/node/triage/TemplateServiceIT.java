package org.sharaka.node.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.triage.TriageServiceIT.refused;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Role;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Circumstances;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplateServiceIT {
    private TriageFixture node;
    private TemplateService templates;
    private RuleService rules;

    @BeforeAll
    void start() {
        node = new TriageFixture();
        templates = node.node.service(TemplateService.class);
        rules = node.node.service(RuleService.class);
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
    }

    @Test
    void aLetterIsSentOnlyAfterTwoOthersReviewedIt() {
        Template letter = templates.propose(node.chief, true, texts("Which bank?"));
        String id = letter.id().toString();

        refused(() -> templates.usable(node.karim, id), TriageProblem.NO_SUCH_TEMPLATE);
        refused(() -> templates.review(node.chief, letter.id()), TriageProblem.REVIEWED_BEFORE);
        templates.review(node.karim, letter.id());
        refused(() -> templates.review(node.karim, letter.id()), TriageProblem.REVIEWED_BEFORE);
        refused(() -> templates.usable(node.karim, id), TriageProblem.NO_SUCH_TEMPLATE);
        templates.review(node.salma, letter.id());

        assertThat(templates.usable(node.karim, id).in("ar").text()).isEqualTo("ar Which bank?");
        templates.retire(node.chief, letter.id());
        refused(() -> templates.usable(node.karim, id), TriageProblem.NO_SUCH_TEMPLATE);
        refused(() -> templates.retire(node.chief, letter.id()), TriageProblem.NO_SUCH_TEMPLATE);
    }

    @Test
    void aLetterSpeaksAllFourLanguagesOrNone() {
        Map<String, Template.Text> three = texts("Text");
        three.remove("es");
        Map<String, Template.Text> blank = texts("Text");
        blank.put("fr", new Template.Text("Titre", "  "));

        refused(() -> templates.propose(node.chief, false, three), TriageProblem.TEMPLATE_INCOMPLETE);
        refused(() -> templates.propose(node.chief, false, blank), TriageProblem.TEMPLATE_INCOMPLETE);
        refused(() -> templates.propose(node.karim, false, texts("Text")), AccessProblem.FORBIDDEN);
        refused(() -> templates.review(node.karim, new UUID(1, 2)), TriageProblem.NO_SUCH_TEMPLATE);
    }

    @Test
    void whatComesWithTheProductIsProposedOnceAndStaysRetired() {
        templates.ship(TriageMessages.all());
        int shipped = templates.all(node.chief).size();
        Template first = templates.all(node.chief).stream()
                .filter(template -> template.author().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(first.usable()).isFalse();
        templates.retire(node.chief, first.id());

        templates.ship(TriageMessages.all());

        assertThat(templates.all(node.chief)).hasSize(shipped - 1);
    }

    @Test
    void theFirstRuleThatFitsGivesTheReportToItsUnit() {
        AssignmentRule town =
                rules.add(node.chief, rule(20, Optional.empty(), Optional.of("MARRAKÉCH"), false, "South"));
        AssignmentRule ransom =
                rules.add(node.chief, rule(10, Optional.of(Category.RANSOMWARE), Optional.empty(), false, "Systems"));
        AssignmentRule child = rules.add(node.chief, rule(5, Optional.empty(), Optional.empty(), true, "Family"));

        assertThat(unitOf(Category.RANSOMWARE, Circumstances.none())).contains("Systems");
        assertThat(unitOf(Category.OTHER, Circumstances.none())).contains("South");
        assertThat(unitOf(Category.RANSOMWARE, TriageFixture.told(false, true, Optional.empty())))
                .contains("Family");
        for (AssignmentRule rule : java.util.List.of(town, ransom, child)) rules.remove(node.chief, rule.id());
        assertThat(unitOf(Category.RANSOMWARE, Circumstances.none())).isEmpty();
        refused(() -> rules.remove(node.chief, town.id()), TriageProblem.NO_SUCH_RULE);
    }

    @Test
    void aRuleMustBeUsableAndASupervisors() {
        Actor analyst = node.officer("nora", TriageFixture.CYBER, Role.ANALYST);

        refused(
                () -> rules.add(node.karim, rule(1, Optional.empty(), Optional.empty(), false, "x")),
                AccessProblem.FORBIDDEN);
        refused(() -> rules.list(analyst), AccessProblem.FORBIDDEN);
        refused(
                () -> rules.add(node.chief, rule(1, Optional.empty(), Optional.empty(), false, " ")),
                TriageProblem.UNIT_MISSING);
        refused(
                () -> rules.add(node.chief, rule(0, Optional.empty(), Optional.empty(), false, "x")),
                TriageProblem.BAD_RULE);
        refused(
                () -> rules.add(
                        node.chief,
                        new RuleService.NewRule(
                                1, Optional.empty(), Optional.of("XX"), Optional.empty(), false, "x", false)),
                TriageProblem.BAD_RULE);
    }

    private Optional<String> unitOf(Category category, Circumstances told) {
        return node.triage.item(node.chief, node.report(category, told)).unit();
    }

    private static RuleService.NewRule rule(
            int position, Optional<Category> category, Optional<String> place, boolean child, String unit) {
        return new RuleService.NewRule(position, category, Optional.empty(), place, child, unit, false);
    }

    private static Map<String, Template.Text> texts(String text) {
        Map<String, Template.Text> texts = new HashMap<>();
        for (String language : TemplateLanguage.ALL)
            texts.put(language, new Template.Text("Title", language + " " + text));
        return texts;
    }
}
