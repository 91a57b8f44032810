package org.sharaka.node.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.Identifiers;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.Vault;
import org.springframework.context.ApplicationEventPublisher;

/** Takes reports in, shows them to those who may, lets reporters take them back, and ends them when their time is over. */
public class IntakeService {
    /** Reports on one page of a list. */
    static final int PAGE_LENGTH = 50;

    private static final int PURGE_BATCH = 500;

    private final Reports reports;
    private final SqlCircumstances circumstances;
    private final Reception reception;
    private final ContactSafe contacts;
    private final Vault vault;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    /** Seven parts, because this is the one door to what they keep apart. */
    IntakeService(
            Reports reports,
            SqlCircumstances circumstances,
            Reception reception,
            Vault vault,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.reports = reports;
        this.circumstances = circumstances;
        this.reception = reception;
        this.contacts = new ContactSafe(vault);
        this.vault = vault;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Stores a report; it is on disk when this returns.
     *
     * @throws ProblemException without {@link Permission#REPORT_SUBMIT}, or an {@link IntakeProblem}
     */
    public Receipt submit(Actor actor, ReportDraft draft) {
        return submit(actor, draft, Optional.empty(), Optional.empty());
    }

    /**
     * Stores a report once, however often it is submitted under the same key and with the same body.
     *
     * @throws ProblemException also {@link IntakeProblem#IDEMPOTENCY_KEY_REUSED} when the body differs
     */
    public Receipt submit(Actor actor, ReportDraft draft, SubmissionKey key) {
        byte[] keyMac = keyMac(actor, key);
        byte[] bodyMac = vault.mac("intake.submission.body", key.body());
        Optional<Receipt> repeated = replay(actor, keyMac, bodyMac);
        if (repeated.isPresent()) return repeated.get();
        try {
            return submit(actor, draft, Optional.empty(), Optional.of(new Remembered(keyMac, bodyMac)));
        } catch (ProblemException e) {
            if (e.type() != IntakeProblem.IDEMPOTENCY_KEY_IN_USE) throw e;
            return replay(actor, keyMac, bodyMac).orElseThrow(() -> e);
        }
    }

    /**
     * Stores a report with its circumstances. A reference that came with it may be stored once only.
     *
     * @throws ProblemException as {@link #submit(Actor, ReportDraft)}
     */
    public Receipt submit(Actor actor, Submission submission) {
        return submit(actor, submission.draft(), Optional.of(submission), Optional.empty());
    }

    private Receipt submit(Actor actor, ReportDraft draft, Optional<Submission> submission, Optional<Remembered> key) {
        ReportId id = reception.newId();
        String subject = subject(id);
        refuseUnless(actor, Permission.REPORT_SUBMIT, "report.submit", subject);
        Instant now = now();
        var origin = new Reception.Origin(
                submission.map(Submission::channel).orElse(Channel.API),
                Optional.empty(),
                actor.purpose(),
                submission.flatMap(Submission::reference),
                submission.filter(Submission::setAside).isPresent());
        // Outside the transaction: recognising costs time, and a connection is dear.
        StoredReport report = reception.receive(id, draft, origin, now);
        Optional<byte[]> sealed = draft.reporter().map(contact -> contacts.seal(id, contact));
        return audit.act(actor, "report.submit", subject, entry -> {
            draft.requireSaid();
            key.ifPresent(mac -> remember(mac, id, now));
            reports.add(List.of(report), entry.value(), Optional.empty());
            sealed.ifPresent(bytes -> reports.addContact(id, bytes, reception.contactExpiry(now)));
            submission.ifPresent(with -> circumstances.add(id, redacted(with.circumstances())));
            events.publishEvent(new ReportTaken(id, origin.channel(), now));
            if (!origin.setAside()) events.publishEvent(new ReportsReceived(List.of(id), now));
            return receipt(report, false);
        });
    }

    private Circumstances redacted(Circumstances given) {
        var particulars = new HashMap<String, String>();
        given.particulars().forEach((key, value) -> particulars.put(key, reception.redacted(value)));
        return new Circumstances(
                given.danger(),
                given.child(),
                given.reporterMinor(),
                given.moneySentAt(),
                given.sharedPhone(),
                given.femaleOfficer(),
                given.wantsNews(),
                particulars);
    }

    /** A submission by keyed hashes of its key and body. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Remembered(byte[] keyMac, byte[] bodyMac) {}

    private void remember(Remembered key, ReportId id, Instant now) {
        var submission = new Reports.Submitted(key.bodyMac(), id);
        if (reports.remember(key.keyMac(), submission, reception.replayExpiry(now))
                .isPresent())
            throw IntakeProblem.IDEMPOTENCY_KEY_IN_USE.because("the submission was stored a moment ago");
    }

    private Optional<Receipt> replay(Actor actor, byte[] keyMac, byte[] bodyMac) {
        return reports.submitted(keyMac)
                .map(before -> audit.act(actor, "report.submit-again", subject(before.report()), () -> {
                    actor.require(Permission.REPORT_SUBMIT);
                    if (!MessageDigest.isEqual(before.bodyMac(), bodyMac))
                        throw IntakeProblem.IDEMPOTENCY_KEY_REUSED.because("the same key came with another body");
                    return receipt(stored(before.report()), true);
                }));
    }

    /** Keys of one submitter are nothing to another. */
    private byte[] keyMac(Actor actor, SubmissionKey key) {
        String owned = actor.kind() + " " + actor.id() + " " + key.value();
        return vault.mac("intake.submission.key", owned.getBytes(StandardCharsets.UTF_8));
    }

    private static Receipt receipt(StoredReport report, boolean replayed) {
        return new Receipt(
                report.id(),
                report.reference(),
                report.receivedAt(),
                report.identifiers(),
                report.notRecognised(),
                replayed);
    }

    /** What other modules may learn of reports, in the order of arrival; unknown ids are left out. */
    public List<ReportEvidence> evidence(Collection<ReportId> ids) {
        return ids.isEmpty() ? List.of() : reports.evidence(ids);
    }

    public Optional<ReportId> idOf(Reference reference) {
        return reports.idOf(reference, Compartment.everything());
    }

    /** Unknown ids are left out. */
    public Map<ReportId, Reference> referencesOf(Collection<ReportId> ids) {
        return ids.isEmpty() ? Map.of() : reports.referencesOf(ids);
    }

    /**
     * Lines of a list, in the order asked for; unknown ids are left out.
     *
     * @throws ProblemException without {@link Permission#REPORT_READ} or a purpose
     */
    public List<ReportSummary> summaries(Actor actor, Collection<ReportId> ids) {
        return audit.read(actor, "report.list", "reports/" + ids.size(), () -> {
            requireReader(actor);
            var found = new HashMap<ReportId, ReportSummary>();
            if (!ids.isEmpty())
                reports.summaries(ids, Compartment.of(actor)).forEach(each -> found.put(each.id(), each));
            return ids.stream().map(found::get).filter(Objects::nonNull).toList();
        });
    }

    /**
     * The last received first.
     *
     * @param cursor {@link Page#next} of the page before
     * @throws ProblemException as {@link #summaries}, or {@link IntakeProblem#BAD_CURSOR}
     */
    public Page<ReportSummary> latest(Actor actor, ReportFilter filter, Optional<String> cursor) {
        return audit.read(actor, "report.list", "reports/latest", () -> {
            requireReader(actor);
            Compartment compartment = Compartment.of(actor);
            Optional<ReportId> before = cursor.map(text -> before(text, compartment));
            List<ReportSummary> found = reports.latest(filter, compartment, before, PAGE_LENGTH + 1);
            if (found.size() <= PAGE_LENGTH) return new Page<>(found, Optional.empty());
            List<ReportSummary> page = found.subList(0, PAGE_LENGTH);
            return new Page<>(
                    page, Optional.of(page.get(PAGE_LENGTH - 1).reference().grouped()));
        });
    }

    /** A cursor is the reference of the last report shown: ids tell the time and stay inside. */
    private ReportId before(String cursor, Compartment compartment) {
        return Reference.parse(cursor)
                .flatMap(reference -> reports.idOf(reference, compartment))
                .orElseThrow(() -> IntakeProblem.BAD_CURSOR.because("the cursor names no report"));
    }

    /**
     * All of a report but who reported it.
     *
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}; without {@link Permission#REPORT_READ} or a purpose
     */
    public ReportView view(Actor actor, ReportId id) {
        return audit.read(actor, "report.read", subject(id), () -> {
            requireReader(actor);
            requireWithin(actor, id);
            StoredReport report = stored(id);
            return ReportView.of(
                    report, !report.anonymous() && reports.contact(id).isPresent());
        });
    }

    /** As {@link #view(Actor, ReportId)}; an unknown reference is a refusal that is entered, so that guessing shows. */
    public ReportView view(Actor actor, Reference reference) {
        return view(actor, known(actor, reference, "report.read"));
    }

    /**
     * What came with reports of people; reports of machines, and unknown ones, are left out.
     *
     * @throws ProblemException without {@link Permission#REPORT_READ} or a purpose
     */
    public Map<ReportId, Circumstances> circumstances(Actor actor, Collection<ReportId> ids) {
        return audit.read(actor, "report.circumstances-read", "reports/" + ids.size(), () -> {
            if (actor.kind() != Actor.Kind.SYSTEM) requireReader(actor);
            if (ids.isEmpty()) return Map.of();
            return circumstances.find(reports.within(ids, Compartment.of(actor)));
        });
    }

    /**
     * Says what the reporter is told of a report.
     *
     * @return false if that was said before
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}; without {@link Permission#REPORT_TRIAGE}
     */
    public boolean status(Actor actor, Reference reference, ReportStatus status) {
        ReportId id = known(actor, reference, "report.status");
        Instant now = now();
        return audit.act(actor, "report.status", subject(id), () -> {
            actor.require(Permission.REPORT_TRIAGE);
            if (!reports.status(id, status, now)) return false;
            events.publishEvent(new ReportStatusChanged(id, status, now));
            return true;
        });
    }

    /**
     * Takes up a report that was set aside: from now on it links like others.
     *
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}, {@link IntakeProblem#NOT_SET_ASIDE}; without
     *     {@link Permission#REPORT_TRIAGE}
     */
    public void takeUp(Actor actor, Reference reference) {
        ReportId id = known(actor, reference, "report.take-up");
        Instant now = now();
        audit.act(actor, "report.take-up", subject(id), () -> {
            actor.require(Permission.REPORT_TRIAGE);
            if (!reports.takeUp(id)) throw IntakeProblem.NOT_SET_ASIDE.because("the report is not set aside");
            events.publishEvent(new ReportsReceived(List.of(id), now));
            return id;
        });
    }

    /**
     * The report behind a reference, for a module that works on it.
     *
     * @param action as which a refusal is entered
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND} for an unknown one and for one closed to another unit alike
     */
    public ReportId locate(Actor actor, Reference reference, String action) {
        return known(actor, reference, action);
    }

    /** What decides where reports stand in the queue; unknown ids are left out. Names nobody, so it is not entered. */
    public List<ReportFacts> facts(Collection<ReportId> ids) {
        return ids.isEmpty() ? List.of() : reports.facts(ids);
    }

    /** A reference for a report that is about to be handed in, so that a form sent twice stores one. */
    public Reference newReference() {
        return reception.newReference();
    }

    /**
     * Closes a report to one unit, or opens it to every officer again. A closed report exists for nobody else and counts
     * in no campaign.
     *
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}; without {@link Permission#REPORT_TRIAGE}
     */
    public void close(Actor actor, ReportId id, Optional<String> unit) {
        Instant now = now();
        audit.act(actor, unit.isPresent() ? "report.close" : "report.open-to-all", subject(id), () -> {
            actor.require(Permission.REPORT_TRIAGE);
            requireWithin(actor, id);
            if (!reports.close(id, unit)) throw IntakeProblem.NOT_FOUND.because("no such report");
            events.publishEvent(unit.isPresent() ? new ReportClosed(id, now) : new ReportRecounted(id, now));
            return id;
        });
    }

    /**
     * Says that a report tells the same as another by the same person, so that it is counted once; or takes that back.
     *
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}; without {@link Permission#REPORT_TRIAGE}
     */
    public void duplicate(Actor actor, ReportId id, Optional<ReportId> original) {
        Instant now = now();
        audit.act(actor, "report.duplicate", subject(id), () -> {
            actor.require(Permission.REPORT_TRIAGE);
            requireWithin(actor, id);
            original.ifPresent(other -> requireWithin(actor, other));
            if (!reports.duplicate(id, original)) throw IntakeProblem.NOT_FOUND.because("no such report");
            events.publishEvent(new ReportRecounted(id, now));
            return id;
        });
    }

    private void requireWithin(Actor actor, ReportId id) {
        if (reports.within(List.of(id), Compartment.of(actor)).isEmpty())
            throw IntakeProblem.NOT_FOUND.because("no such report");
    }

    /**
     * Opens who reported.
     *
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}, {@link IntakeProblem#NO_CONTACT}; without
     *     {@link Permission#REPORT_CONTACT_READ} or a purpose
     */
    public Contact contact(Actor actor, Reference reference) {
        ReportId id = known(actor, reference, "report.contact-read");
        return audit.read(actor, "report.contact-read", subject(id), () -> {
            actor.require(Permission.REPORT_CONTACT_READ).requirePurpose();
            byte[] sealed =
                    reports.contact(id).orElseThrow(() -> IntakeProblem.NO_CONTACT.because("no contact data is kept"));
            return contacts.open(id, sealed);
        });
    }

    /**
     * Which of these telephones belong to the reporters of these reports: compared by the node, so that nobody has to open contact data to
     * keep it at home (SAFEGUARDS S11). Entered as one act.
     */
    public Set<Identifier> reportersOwn(Actor actor, Collection<ReportId> ids, Collection<Identifier> named) {
        if (ids.isEmpty() || named.isEmpty()) return Set.of();
        return audit.act(actor, "report.contact-compare", "reports", () -> {
            Set<Identifier> own = new HashSet<>();
            reports.contacts(ids).forEach((id, kept) -> contacts.open(id, kept)
                    .phone()
                    .flatMap(reception::telephone)
                    .filter(named::contains)
                    .ifPresent(own::add));
            return Set.copyOf(own);
        });
    }

    private static boolean isOrImplies(Identifier identifier, Set<Identifier> wanted) {
        return wanted.contains(identifier)
                || Identifiers.expand(identifier).stream().anyMatch(wanted::contains);
    }

    /**
     * How many reports that are closed to the actor's own unit name one of these; 0 for everybody else. Other officers' counts hold none
     * of them (SAFEGUARDS S19).
     */
    public int closedNaming(Actor actor, Collection<Identifier> named) {
        actor.require(Permission.CAMPAIGN_READ);
        if (named.isEmpty()) return 0;
        Set<Identifier> wanted = Set.copyOf(named);
        return actor.unit()
                .map(unit -> reports.namedByClosed(Compartment.folded(unit)))
                .map(closed -> (int) closed.values().stream()
                        .filter(each -> each.stream().anyMatch(identifier -> isOrImplies(identifier, wanted)))
                        .count())
                .orElse(0);
    }

    /**
     * Takes a report back: it is kept until its time is over and no longer counts.
     *
     * @throws ProblemException {@link IntakeProblem#NOT_FOUND}, {@link IntakeProblem#ALREADY_WITHDRAWN},
     *     {@link IntakeProblem#REASON_MISSING}; without {@link Permission#REPORT_SUBMIT}
     */
    public void withdraw(Actor actor, Reference reference, String reason) {
        ReportId id = known(actor, reference, "report.withdraw");
        Instant now = now();
        audit.act(actor, "report.withdraw", subject(id), () -> {
            actor.require(Permission.REPORT_SUBMIT);
            var withdrawal = new Withdrawal(now, reception.redacted(new Withdrawal(now, reason).reason()));
            if (!withdraw(id, withdrawal))
                throw IntakeProblem.ALREADY_WITHDRAWN.because("the report was withdrawn before");
            return withdrawal;
        });
    }

    /** Inside the caller's act; a report that was withdrawn before stays so. */
    void withdrawForReporter(ReportId id, Instant at) {
        boolean unused = withdraw(id, new Withdrawal(at, "by the reporter"));
    }

    private boolean withdraw(ReportId id, Withdrawal withdrawal) {
        if (!reports.withdraw(id, withdrawal)) return false;
        if (reports.status(id, ReportStatus.WITHDRAWN, withdrawal.at()))
            events.publishEvent(new ReportStatusChanged(id, ReportStatus.WITHDRAWN, withdrawal.at()));
        events.publishEvent(new ReportWithdrawn(id, withdrawal.at()));
        return true;
    }

    /**
     * Takes back one thing that a report named.
     *
     * @param position of the {@link ReportedIdentifier}
     * @throws ProblemException as {@link #withdraw}
     */
    public void withdrawIdentifier(Actor actor, Reference reference, int position) {
        ReportId id = known(actor, reference, "report.withdraw-identifier");
        Instant now = now();
        audit.act(actor, "report.withdraw-identifier", subject(id) + "/" + position, () -> {
            actor.require(Permission.REPORT_SUBMIT);
            if (stored(id).identifiers().stream().noneMatch(each -> each.position() == position))
                throw IntakeProblem.NOT_FOUND.because("the report has no such identifier");
            if (!reports.withdrawIdentifier(id, position, now))
                throw IntakeProblem.ALREADY_WITHDRAWN.because("the identifier was withdrawn before");
            events.publishEvent(new ReportWithdrawn(id, now));
            return position;
        });
    }

    /**
     * Deletes what has reached its end (S20). Sealed contact data dies with the row that holds its wrapped key.
     *
     * @return how many reports
     */
    public int purgeExpired() {
        Instant now = now();
        Actor retention = Actor.system("intake.retention");
        reports.purgeSubmissions(now);
        if (reports.anyContactExpired(now)) {
            audit.act(retention, "report.contact-purge", "contacts/expired", () -> reports.purgeContacts(now));
        }
        int purged = 0;
        while (reports.anyExpired(now)) {
            purged += audit.act(retention, "report.purge", "reports/expired", () -> {
                List<ReportId> gone = reports.purgeReports(now, PURGE_BATCH);
                events.publishEvent(new ReportsPurged(gone, now));
                return gone.size();
            });
        }
        return purged;
    }

    /** As exactly as the database keeps it, so that a repeated answer is the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private StoredReport stored(ReportId id) {
        return reports.find(List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> IntakeProblem.NOT_FOUND.because("no such report"));
    }

    /** Guessed references are entered by keyed hash: the entry shows the guessing and holds nothing typed. */
    ReportId known(Actor actor, Reference reference, String action) {
        Optional<ReportId> id = reports.idOf(reference, Compartment.of(actor));
        if (id.isPresent()) return id.get();
        byte[] mac = vault.mac("intake.reference", reference.symbols().getBytes(StandardCharsets.US_ASCII));
        String subject = "report-reference/" + HexFormat.of().formatHex(mac, 0, 8);
        return audit.read(actor, action, subject, () -> {
            throw IntakeProblem.NOT_FOUND.because("no such report");
        });
    }

    private void refuseUnless(Actor actor, Permission permission, String action, String subject) {
        if (!actor.may(permission)) audit.act(actor, action, subject, () -> actor.require(permission));
    }

    private static void requireReader(Actor actor) {
        actor.require(Permission.REPORT_READ).requirePurpose();
    }

    static String subject(ReportId id) {
        return "report/" + id;
    }
}
