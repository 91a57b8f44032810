package org.sharaka.node.intake;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.Vault;
import org.springframework.context.ApplicationEventPublisher;

/** The letters between officers and a report's reporter. The texts lie sealed. */
public class CorrespondenceService {
    private final IntakeService reports;
    private final SqlMessages messages;
    private final Reception reception;
    private final Vault vault;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    /** Eight parts: what is sealed, entered and told apart has a keeper each. */
    CorrespondenceService(
            IntakeService reports,
            SqlMessages messages,
            Reception reception,
            Vault vault,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.reports = reports;
        this.messages = messages;
        this.reception = reception;
        this.vault = vault;
        this.audit = audit;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * All that was written about a report after it, oldest first.
     *
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}; without {@link Permission#REPORT_READ} or a purpose
     */
    public List<Message> messages(Actor actor, Reference reference) {
        ReportId id = reports.known(actor, reference, "report.messages-read");
        return audit.read(actor, "report.messages-read", IntakeService.subject(id), () -> {
            actor.require(Permission.REPORT_READ).requirePurpose();
            return opened(id);
        });
    }

    /**
     * Marks all that the reporter wrote as read.
     *
     * @return how many messages were unread
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}; without {@link Permission#REPORT_READ}
     */
    public int read(Actor actor, Reference reference) {
        ReportId id = reports.known(actor, reference, "report.messages-mark-read");
        return audit.act(actor, "report.messages-mark-read", IntakeService.subject(id), () -> {
            actor.require(Permission.REPORT_READ).requirePurpose();
            return messages.markRead(id, now());
        });
    }

    /**
     * Writes to the reporter, who reads it with reference and code.
     *
     * @param language BCP 47 tag of the text
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}, {@link IntakeProblem#FIELD_TOO_LONG},
     *     {@link IntakeProblem#FIELD_MISSING}, {@link IntakeProblem#BAD_LANGUAGE}; without
     *     {@link Permission#REPORT_CORRESPOND} or a purpose
     */
    public MessageId write(Actor actor, Reference reference, String text, Optional<String> language) {
        ReportId id = reports.known(actor, reference, "report.message-write");
        Instant now = now();
        return audit.act(actor, "report.message-write", IntakeService.subject(id), entry -> {
            actor.require(Permission.REPORT_CORRESPOND);
            if (actor.kind() != Actor.Kind.SYSTEM) actor.requirePurpose();
            String written = checked(text);
            if (written.isBlank()) throw IntakeProblem.FIELD_MISSING.because("the letter has no text");
            Optional<String> author = actor.kind() == Actor.Kind.OFFICER ? Optional.of(actor.id()) : Optional.empty();
            Optional<String> tag = language.flatMap(given -> WrittenText.language("language", given));
            SqlMessages.Sealed letter = sealed(MessageKind.LETTER, written, tag, author, now);
            messages.add(id, letter, entry.value());
            events.publishEvent(new OfficerWrote(id, letter.id(), now));
            return letter.id();
        });
    }

    /**
     * Takes in what the reporter wrote after the report. A withdrawal of consent takes the report back, too.
     *
     * @param kind not a letter
     * @param at when the reporter wrote it
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}, {@link IntakeProblem#FIELD_TOO_LONG}; without
     *     {@link Permission#REPORT_SUBMIT}
     */
    public MessageId receive(Actor actor, ReportId report, MessageKind kind, String text, Instant at) {
        if (!kind.fromReporter()) throw new IllegalArgumentException("a letter is written, not received");
        return audit.act(actor, "report.message-receive", IntakeService.subject(report), entry -> {
            actor.require(Permission.REPORT_SUBMIT);
            SqlMessages.Sealed message =
                    sealed(kind, reception.redacted(checked(text)), Optional.empty(), Optional.empty(), at);
            messages.add(report, message, entry.value());
            if (kind == MessageKind.CONSENT_WITHDRAWN) reports.withdrawForReporter(report, at);
            events.publishEvent(new ReporterWrote(report, message.id(), kind, at));
            return message.id();
        });
    }

    /** For the module that carries letters to the mailbox; entered as an act of that task. */
    public List<Message> lettersFor(Actor actor, ReportId report) {
        actor.require(Permission.REPORT_CORRESPOND);
        return audit.read(actor, "report.letters-deliver", IntakeService.subject(report), () -> opened(report).stream()
                .filter(message -> !message.kind().fromReporter())
                .toList());
    }

    private List<Message> opened(ReportId report) {
        return messages.of(report).stream()
                .map(each -> new Message(
                        each.id(),
                        each.kind(),
                        new String(vault.open(context(each.id()), each.sealed()), StandardCharsets.UTF_8),
                        each.language(),
                        each.author(),
                        each.writtenAt(),
                        each.readAt()))
                .toList();
    }

    private SqlMessages.Sealed sealed(
            MessageKind kind, String text, Optional<String> language, Optional<String> author, Instant at) {
        var id = new MessageId(ids.timeOrdered());
        byte[] sealed = vault.seal(context(id), text.getBytes(StandardCharsets.UTF_8));
        return new SqlMessages.Sealed(id, kind, sealed, language, author, at, Optional.empty());
    }

    private static String checked(String text) {
        if (text.length() > Message.TEXT_LENGTH_MAX)
            throw IntakeProblem.FIELD_TOO_LONG.because(
                    "a message is longer than " + Message.TEXT_LENGTH_MAX + " characters");
        return WrittenText.repaired(text);
    }

    private static String context(MessageId id) {
        return "intake.message/" + id;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
