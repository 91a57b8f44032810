package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.bureau.BureauFixture.ES;
import static org.sharaka.node.bureau.BureauFixture.MA;
import static org.sharaka.node.bureau.BureauFixture.XK;
import static org.sharaka.node.bureau.BureauFixture.bureau;
import static org.sharaka.node.bureau.BureauFixture.reading;
import static org.sharaka.node.bureau.BureauFixture.sql;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.exchange.MessageAnswered;
import org.sharaka.node.exchange.MessagesAnswered;
import org.sharaka.node.platform.WebAlarm;
import org.sharaka.node.platform.WebViewer;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Receipt;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.transaction.support.TransactionTemplate;

/** What Spain's duty officers are alarmed by and hand over, when Morocco has written: two whole nodes, invented cases. */
class DutyDeskIT {
    private static final Set<Permission> DUTY =
            Set.of(Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, Permission.EXCHANGE_APPROVE);
    private static final Actor AMINA =
            BureauFixture.officer("amina", "Bureau", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);

    private static BureauFixture nodes;
    private static Actor lucia;
    private static Actor pablo;
    private static Actor elena;

    @BeforeAll
    static void start() {
        nodes = new BureauFixture("sharaka.demo=true");
        lucia = officer("lucia", "Oficina", Role.BUREAU_DUTY_OFFICER);
        pablo = officer("pablo", "OFICINA", Role.BUREAU_DUTY_OFFICER);
        elena = officer("elena", "Otra", Role.BUREAU_DUTY_OFFICER);
        var unused = officer("marta", "Oficina", Role.COMPLIANCE_OFFICER);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Actor officer(String login, String unit, Role role) {
        Officer officer = nodes.spain
                .service(OfficerService.class)
                .addDemoOfficer(
                        Actor.commandLine("test"),
                        new NewOfficer(login, login, Optional.of(unit), Set.of(role)),
                        "three invented words of a test");
        return actor(officer.id().toString(), unit, Actor.Kind.OFFICER);
    }

    private static Actor actor(String id, String unit, Actor.Kind kind) {
        return new Actor(kind, id, id, Optional.of(unit), DUTY, Optional.of(Purpose.INVESTIGATION));
    }

    private static Composition text(String text, Quoted... quotes) {
        return Writing.text(new Words("en", text, Set.of(quotes))).composition();
    }

    /** A request of Morocco's that has come to Spain. @return our id of it there */
    private static UUID asked(Urgency urgency) {
        ConversationKey key = nodes.open(
                AMINA,
                Writing.request("An account in Zanzibar", Words.of("en", "Who holds it?"))
                        .urgency(urgency));
        await("it came", () -> !ids(key).isEmpty());
        return ids(key).get(0);
    }

    private static List<UUID> ids(ConversationKey key) {
        return sql(nodes.spain)
                .queryForList(
                        "select id from bureau.message where conversation = ?",
                        UUID.class,
                        key.id().value());
    }

    private static ConversationKey of(UUID message) {
        return ConversationKey.parse(
                MA.value(),
                sql(nodes.spain)
                        .queryForObject("select conversation from bureau.message where id = ?", String.class, message));
    }

    /** It came that long ago. */
    private static void came(UUID message, Duration ago) {
        sql(nodes.spain)
                .update(
                        "update bureau.message set at = now() - make_interval(secs => ?) where id = ?",
                        ago.toSeconds(),
                        message);
    }

    private static void closedTo(UUID message, String unit) {
        sql(nodes.spain)
                .update(
                        "update bureau.conversation set closed_to = ? where id = ?",
                        unit,
                        of(message).id().value());
    }

    private static DutyAlarms alarms() {
        return nodes.spain.service(DutyAlarms.class);
    }

    private static Handovers handovers() {
        return nodes.spain.service(Handovers.class);
    }

    private static List<UUID> ringing(Actor actor) {
        return alarms().ringing(actor).stream().map(UnreadAlarm::message).toList();
    }

    private static int times(UUID message) {
        Integer times = sql(nodes.spain)
                .queryForObject(
                        "select coalesce(max(times), 0) from bureau.alarm where message = ?", Integer.class, message);
        return times == null ? 0 : times;
    }

    @Test
    void anUrgentMessageThatNobodyOpensRingsUntilAnOfficerTakesItOnUnderTheirName() throws Exception {
        UUID message = asked(Urgency.URGENT);
        came(message, Duration.ofMinutes(16));
        await("it rings by itself", () -> ringing(lucia).contains(message));
        assertThat(ringing(pablo)).contains(message);

        // Opening it is not enough: whoever looked may have looked for something else.
        var unused = reading(nodes.spain).view(lucia, of(message));
        int before = times(message);
        sql(nodes.spain)
                .update(
                        "update bureau.alarm set rung_at = rung_at - interval '9 minutes',"
                                + " latest_at = latest_at - interval '6 minutes' where message = ?",
                        message);
        // Another process on the same database, as after a restart.
        var another = new DutyAlarms(
                List.of(nodes.spain.service(SqlAlarms.class)),
                nodes.spain.service(AuditTrail.class),
                nodes.spain.service(TransactionTemplate.class),
                nodes.spain.service(BureauSettings.class),
                Clock.systemUTC());
        int unusedRung = another.ring();
        await("it rang again", () -> times(message) > before);
        assertThat(another.ringing(lucia)).extracting(UnreadAlarm::message).contains(message);

        String where = another.acknowledge(lucia, message);

        assertThat(where).isEqualTo(of(message).path());
        assertThat(ringing(lucia)).doesNotContain(message);
        refused(() -> alarms().acknowledge(pablo, message), BureauProblem.ALARM_OVER);
        assertThat(sql(nodes.spain)
                        .queryForObject(
                                "select acknowledged_by from bureau.alarm where message = ?", String.class, message))
                .isEqualTo(lucia.id());
        assertThat(sql(nodes.spain)
                        .queryForList(
                                "select action || ' ' || outcome from audit.entry where subject = ?",
                                String.class,
                                "message/" + message))
                .contains("bureau.alarm DONE", "bureau.alarm-acknowledge DONE", "bureau.alarm-acknowledge REFUSED");
        assertThat(nodes.spain.run(new VerifyAuditCommand(), new StringWriter()))
                .isZero();
    }

    @Test
    void whatIsOpenedInTimeOrAnsweredOrCanWaitRingsNot() {
        UUID opened = asked(Urgency.URGENT);
        UUID priority = asked(Urgency.PRIORITY);
        UUID fresh = asked(Urgency.URGENT);
        UUID acted = asked(Urgency.URGENT);
        UUID last = asked(Urgency.URGENT);
        var unused = reading(nodes.spain).view(lucia, of(opened));
        bureau(nodes.spain).acted(lucia, of(acted), acted, "The bank was told.", Set.of());
        for (UUID each : List.of(opened, priority, acted, last)) came(each, Duration.ofHours(1));

        int unusedRung = alarms().ring();
        await("the last rings", () -> ringing(lucia).contains(last));

        assertThat(ringing(lucia)).doesNotContain(opened, priority, fresh, acted);
    }

    @Test
    void anAlarmIsNoReasonForTheNextMessageOfTheConversationToRing() {
        UUID message = asked(Urgency.URGENT);
        var unused = reading(nodes.spain).view(lucia, of(message));
        bureau(nodes.morocco).write(AMINA, new ConversationKey(ES, of(message).id()), text("One thing more."));
        await("the second", () -> ids(new ConversationKey(ES, of(message).id())).size() == 2);
        for (UUID each : ids(new ConversationKey(ES, of(message).id()))) came(each, Duration.ofHours(1));

        int unusedRung = alarms().ring();

        assertThat(ringing(lucia))
                .doesNotContainAnyElementsOf(
                        ids(new ConversationKey(ES, of(message).id())));
    }

    @Test
    void s19AnAlarmExistsForWhoseUnitSeesItsConversationAndSaysNothingOfIt() {
        UUID message = asked(Urgency.URGENT);
        closedTo(message, "otra");
        came(message, Duration.ofHours(1));
        await("it rings", () -> ringing(elena).contains(message));

        assertThat(ringing(lucia)).doesNotContain(message);
        refused(() -> alarms().acknowledge(lucia, message), BureauProblem.NOT_FOUND);
        refused(() -> alarms().acknowledge(lucia, new UUID(0, 1)), BureauProblem.NOT_FOUND);
        WebAlarm.Watch theirs = watch("Otra", DUTY).orElseThrow();
        WebAlarm.Watch ours = watch("Oficina", DUTY).orElseThrow();
        assertThat(theirs.ringing()).isEqualTo(ours.ringing() + 1);
        assertThat(theirs.toString()).doesNotContain("Zanzibar", MA.value());
        // Whoever may not write to other countries is on no duty there.
        assertThat(watch("Otra", Set.of(Permission.EXCHANGE_READ))).isEmpty();
        assertThat(watch("Otra", Set.of(Permission.REPORT_READ, Permission.REPORT_TRIAGE)))
                .isEmpty();

        String unused = alarms().acknowledge(elena, message);
        assertThat(watch("Otra", DUTY).orElseThrow().ringing()).isEqualTo(theirs.ringing() - 1);
    }

    private static Optional<WebAlarm.Watch> watch(String unit, Set<Permission> permissions) {
        return nodes.spain
                .service(WebAlarm.class)
                .of(new WebViewer(
                        "name",
                        Set.copyOf(permissions.stream().map(Enum::name).toList()),
                        Optional.of(unit),
                        Optional.empty()));
    }

    @Test
    void aProgramTakesNoAlarmOnNorDoesWhoMayNotWriteOrHasNoPurpose() {
        UUID message = asked(Urgency.URGENT);
        came(message, Duration.ofHours(1));
        await("it rings", () -> ringing(lucia).contains(message));

        refused(
                () -> alarms().acknowledge(actor("key", "Oficina", Actor.Kind.API_KEY), message),
                AccessProblem.FORBIDDEN);
        refused(
                () -> alarms().acknowledge(BureauFixture.officer("omar", "Oficina", Permission.EXCHANGE_READ), message),
                AccessProblem.FORBIDDEN);
        refused(
                () -> alarms().acknowledge(
                                new Actor(Actor.Kind.OFFICER, "x", "x", Optional.of("Oficina"), DUTY, Optional.empty()),
                                message),
                AccessProblem.PURPOSE_MISSING);

        assertThat(ringing(lucia)).contains(message);
    }

    @Test
    void aMemberThatCriesWolfDrownsNobodyElsesAlarm() {
        String conversation = "f".repeat(32);
        sql(nodes.spain)
                .update(
                        """
                insert into bureau.conversation (peer, id, subject, purpose, legal_basis, opened_at, latest_at, unread)
                select ?, ?, subject, purpose, legal_basis, opened_at, latest_at, true from bureau.conversation
                where id = ?
                """,
                        XK.value(),
                        conversation,
                        of(asked(Urgency.ROUTINE)).id().value());
        sql(nodes.spain).update("""
                insert into bureau.message (id, peer, conversation, state, type, name, at, urgency, due_at, ends_at)
                select gen_random_uuid(), ?, ?, 'RECEIVED', 'request', md5(n::text), now() - interval '2 hours',
                    'URGENT', now() + interval '6 hours', now() + interval '90 days' from generate_series(1, 60) n
                """, XK.value(), conversation);
        UUID other = asked(Urgency.URGENT);
        came(other, Duration.ofHours(1));

        int unusedRung = alarms().ring();
        await("the other rings too", () -> ringing(lucia).contains(other));

        assertThat(sql(nodes.spain)
                        .queryForObject(
                                "select count(*) from bureau.alarm a join bureau.message m on m.id = a.message where m.peer = ?",
                                Integer.class,
                                XK.value()))
                .isEqualTo(DutyAlarms.OF_ONE_MEMBER);
        sql(nodes.spain).update("delete from bureau.message where peer = ?", XK.value());
    }

    @Test
    void aSheetListsWhatIsOpenIsSignedOverAndConfirmedAndKeptSealed() throws Exception {
        UUID due = asked(Urgency.URGENT);
        UUID later = asked(Urgency.ROUTINE);
        UUID overdue = asked(Urgency.PRIORITY);
        UUID unread = asked(Urgency.ROUTINE);
        for (UUID each : List.of(due, later, overdue)) {
            var unused = reading(nodes.spain).view(lucia, of(each));
        }
        sql(nodes.spain).update("update bureau.message set due_at = now() + interval '2 hours' where id = ?", due);
        sql(nodes.spain).update("update bureau.message set due_at = now() - interval '2 hours' where id = ?", overdue);
        bureau(nodes.spain).write(lucia, of(due), text("She said so.", Quoted.VICTIM));
        bureau(nodes.spain).write(lucia, of(later), text("Refused there."));
        Entry sent = last(of(later));
        nodes.spain
                .service(ApplicationEventMulticaster.class)
                .multicastEvent(new PayloadApplicationEvent<>(
                        this,
                        new MessagesAnswered(
                                MA,
                                List.of(new MessageAnswered(
                                        MA,
                                        sent.name().orElseThrow(),
                                        Receipt.State.REFUSED,
                                        Optional.of("too-large"))))));

        Handover.Signed sheet = handovers().sheet(lucia, Duration.ofHours(8));

        assertThat(part(sheet, Handover.Part.DUE)).contains(due).doesNotContain(later, overdue);
        assertThat(part(sheet, Handover.Part.OVERDUE)).contains(overdue).doesNotContain(due, later);
        assertThat(part(sheet, Handover.Part.UNREAD)).contains(unread).doesNotContain(due, later, overdue);
        assertThat(part(sheet, Handover.Part.LOOK)).contains(last(of(due)).id());
        assertThat(part(sheet, Handover.Part.UNDELIVERED)).contains(sent.id());
        assertThat(part(handovers().sheet(lucia, Duration.ofHours(1)), Handover.Part.DUE))
                .doesNotContain(due);

        assertThat(handovers().successors(lucia))
                .extracting(officer -> officer.login().value())
                .containsExactly("pablo");
        for (String wrong : List.of("", "lucia", "elena", "marta", "nobody"))
            refused(() -> handovers().handOver(lucia, wrong, Duration.ofHours(8), ""), BureauProblem.NO_SUCCESSOR);
        refused(
                () -> handovers().handOver(lucia, "pablo", Duration.ofHours(8), "x".repeat(4_001)),
                BureauProblem.BAD_FIELD);
        Handover signed = handovers().handOver(lucia, "pablo", Duration.ofHours(8), "Zanzibarnote: the bank calls.");

        refused(() -> handovers().takeOver(lucia, signed.id()), BureauProblem.HANDED_OVER);
        assertThat(handovers().latest(pablo).get(0).id()).isEqualTo(signed.id());
        handovers().takeOver(pablo, signed.id());
        refused(() -> handovers().takeOver(pablo, signed.id()), BureauProblem.HANDED_OVER);
        Handover kept = handovers().view(lucia, signed.id());
        assertThat(kept.takenAt()).isPresent();
        assertThat(kept.signed()).isEqualTo(signed.signed());
        assertThat(kept.signed().note()).isEqualTo("Zanzibarnote: the bank calls.");
        // Whoever steals the database reads neither the note nor what it was about.
        assertThat(sql(nodes.spain)
                        .queryForObject(
                                "select count(*) from bureau.handover h where h::text ilike '%zanzibar%' or h::text ilike ?",
                                Integer.class,
                                "%" + HexFormat.of().formatHex("Zanzibar".getBytes(StandardCharsets.UTF_8)) + "%"))
                .isZero();
        assertThat(sql(nodes.spain)
                        .queryForList(
                                "select action || ' ' || outcome from audit.entry where subject = ?",
                                String.class,
                                "handover/" + signed.id()))
                .contains("bureau.hand-over DONE", "bureau.take-over DONE", "bureau.take-over REFUSED");
        assertThat(nodes.spain.run(new VerifyAuditCommand(), new StringWriter()))
                .isZero();

        sql(nodes.spain)
                .update("update bureau.handover set ends_at = now() - interval '1 second' where id = ?", signed.id());
        handovers().purge();
        refused(() -> handovers().view(lucia, signed.id()), BureauProblem.NOT_FOUND);
    }

    private static List<UUID> part(Handover.Signed sheet, Handover.Part part) {
        return sheet.sections().stream()
                .filter(section -> section.part() == part)
                .flatMap(section -> section.lines().stream())
                .map(Handover.Line::message)
                .toList();
    }

    private static Entry last(ConversationKey key) {
        List<Reading.Said> said = reading(nodes.spain).view(lucia, key).said();
        return said.get(said.size() - 1).entry();
    }

    @Test
    void s19AnotherUnitSeesNeitherTheSheetNorWhatStandsOnIt() {
        UUID closed = asked(Urgency.URGENT);
        closedTo(closed, "oficina");
        Handover signed = handovers().handOver(lucia, "pablo", Duration.ofHours(8), "Ours alone.");

        assertThat(part(signed.signed(), Handover.Part.UNREAD)).contains(closed);
        assertThat(part(handovers().sheet(elena, Duration.ofHours(24)), Handover.Part.UNREAD))
                .doesNotContain(closed);
        assertThat(handovers().latest(elena)).isEmpty();
        refused(() -> handovers().view(elena, signed.id()), BureauProblem.NOT_FOUND);
        refused(() -> handovers().takeOver(elena, signed.id()), BureauProblem.NOT_FOUND);
        assertThat(handovers().matters(elena, signed.signed().sections())).doesNotContainKey(of(closed));
        assertThat(handovers().successors(elena)).isEmpty();
    }

    @Test
    void whoHasNotThePermissionSeesNoSheetAndSignsNone() {
        Actor stranger = BureauFixture.officer("karim", "Oficina", Permission.REPORT_READ);
        Actor reader = BureauFixture.officer("omar", "Oficina", Permission.EXCHANGE_READ);

        refused(() -> handovers().sheet(stranger, Duration.ofHours(8)), AccessProblem.FORBIDDEN);
        refused(() -> handovers().latest(stranger), AccessProblem.FORBIDDEN);
        refused(() -> handovers().handOver(reader, "pablo", Duration.ofHours(8), ""), AccessProblem.FORBIDDEN);
        refused(() -> alarms().ringing(stranger), AccessProblem.FORBIDDEN);
    }
}
