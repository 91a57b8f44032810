package org.sharaka.node.triage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Channel;
import org.sharaka.node.intake.Circumstances;
import org.sharaka.node.intake.Contact;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportDraft;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.intake.ReporterRole;
import org.sharaka.node.intake.Submission;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.TestNode;

/** A whole node without its web, officers of two units, and reports as the portal hands them in. */
final class TriageFixture implements AutoCloseable {
    static final String CYBER = "Cybercrime";
    static final String FAMILY = "Women and children";
    static final Actor PORTAL = Actor.system("test.portal");

    final TestNode node;
    final TriageService triage;
    final IntakeService intake;
    final CorrespondenceService correspondence;
    final Actor karim;
    final Actor salma;
    final Actor chief;

    TriageFixture(String... settings) {
        String[] all = java.util.Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = "sharaka.demo=true";
        node = TestNode.withoutWeb(all);
        triage = node.service(TriageService.class);
        intake = node.service(IntakeService.class);
        correspondence = node.service(CorrespondenceService.class);
        karim = officer("karim", CYBER, Role.INTAKE_OFFICER);
        salma = officer("salma", FAMILY, Role.INTAKE_OFFICER);
        chief = officer("chief", CYBER, Role.INTAKE_SUPERVISOR);
    }

    Actor officer(String login, String unit, Role role) {
        Officer officer = node.service(OfficerService.class)
                .addDemoOfficer(
                        Actor.commandLine("test"),
                        new NewOfficer(login, login, Optional.of(unit), Set.of(role)),
                        "three invented words of a test");
        return new Actor(
                Actor.Kind.OFFICER,
                officer.id().toString(),
                login,
                Optional.of(unit),
                Role.permissionsOf(Set.of(role)),
                Optional.of(Purpose.INVESTIGATION));
    }

    static Circumstances told(boolean danger, boolean child, Optional<Instant> sent) {
        return new Circumstances(danger, child, false, sent, false, false, false, Map.of());
    }

    Reference report(Category category, Circumstances told) {
        return report(category, "Somebody wrote to me. No " + category, told, false);
    }

    Reference report(Category category, String narrative, Circumstances told, boolean setAside) {
        ReportDraft draft = new ReportDraft(
                category,
                narrative,
                Optional.of("fr"),
                Optional.empty(),
                Optional.of("MA"),
                Optional.of("Marrakech"),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new Contact(Optional.of("A. Name"), Optional.empty(), Optional.empty(), Optional.empty())),
                ReporterRole.VICTIM);
        return intake.submit(PORTAL, new Submission(draft, told, Channel.PORTAL, Optional.empty(), setAside))
                .reference();
    }

    ReportId id(Reference reference) {
        return intake.idOf(reference).orElseThrow();
    }

    List<Reference> queue(Actor actor) {
        return queue(actor, QueueFilter.of(QueueFilter.View.OPEN));
    }

    List<Reference> queue(Actor actor, QueueFilter filter) {
        List<Reference> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<QueueLine> page = triage.queue(actor, filter, cursor);
            page.items().forEach(line -> all.add(line.report().reference()));
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    @Override
    public void close() {
        node.close();
    }
}
