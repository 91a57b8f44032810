package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.bureau.BureauFixture.bureau;
import static org.sharaka.node.bureau.BureauFixture.form;
import static org.sharaka.node.bureau.BureauFixture.look;
import static org.sharaka.node.bureau.BureauFixture.reading;
import static org.sharaka.node.bureau.BureauFixture.sql;
import static org.sharaka.node.bureau.BureauFixture.there;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.evidence.EvidenceProblem;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Order;

/** To whom Morocco's conversations with Spain are closed, and who asks to look into one: two whole nodes, invented cases. */
class CrossingsIT {
    private static BureauFixture nodes;
    private static Actor amina;
    private static Actor omar;
    private static Actor salma;
    private static Actor karim;
    private static Actor lucia;
    private static Actor elena;

    @BeforeAll
    static void start() {
        nodes = new BureauFixture("sharaka.demo=true", "sharaka.bureau.arrivals-unit=OFICINA ");
        amina = officer(nodes.morocco, "amina", "Bureau");
        omar = officer(nodes.morocco, "omar", "BUREAU");
        salma = officer(nodes.morocco, "salma", "Mineurs");
        karim = officer(nodes.morocco, "karim", "Ailleurs");
        var unused = officer(nodes.morocco, "yto", "Conformité", Role.COMPLIANCE_OFFICER);
        lucia = officer(nodes.spain, "lucia", "Oficina");
        elena = officer(nodes.spain, "elena", "Otra");
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Actor officer(TestNode node, String login, String unit) {
        return officer(node, login, unit, Role.BUREAU_DUTY_OFFICER);
    }

    private static Actor officer(TestNode node, String login, String unit, Role role) {
        String id = node.service(OfficerService.class)
                .addDemoOfficer(
                        Actor.commandLine("test"),
                        new NewOfficer(login, login, Optional.of(unit), Set.of(role)),
                        "three invented words of a test")
                .id()
                .toString();
        return new Actor(
                Actor.Kind.OFFICER,
                id,
                login,
                Optional.of(unit),
                role.permissions(),
                Optional.of(Purpose.INVESTIGATION));
    }

    private static Crossings crossings() {
        return nodes.morocco.service(Crossings.class);
    }

    private static Writing request(String reference) {
        return Writing.request("An account in Bilbao", Words.of("en", "Who holds the account?"))
                .urgency(Urgency.URGENT)
                .reference(reference);
    }

    private static Writing text() {
        return Writing.text(Words.of("en", "The bank was asked."));
    }

    /** A request of Amina's that is open to every officer. */
    private static ConversationKey open(String reference) {
        return nodes.open(amina, request(reference));
    }

    private static ConversationKey closedToBureau(String reference) {
        ConversationKey key = open(reference);
        crossings().close(amina, key, "Bureau", "A source could be known by it.");
        return key;
    }

    /** Spain writes in it. @return our id of it */
    private static UUID answered(ConversationKey key, Writing answer) {
        ConversationKey there = there(key);
        await("it came", () -> seen(nodes.spain, lucia, there));
        bureau(nodes.spain).write(lucia, there, answer.composition());
        await("the answer", () -> said(amina, key).size() == 2);
        return said(amina, key).get(1).entry().id();
    }

    private static boolean seen(TestNode node, Actor actor, ConversationKey key) {
        return node.service(SqlConversations.class).seen(actor, key).isPresent();
    }

    private static List<Reading.Said> said(Actor actor, ConversationKey key) {
        return BureauFixture.said(nodes.morocco, actor, key);
    }

    private static List<ConversationKey> list(Actor actor, SqlLists.View view) {
        return BureauFixture.list(nodes.morocco, actor, view);
    }

    private static List<Crossings.Request> requests(ConversationKey key) {
        return crossings().requests(reading(nodes.morocco).view(amina, key).conversation());
    }

    private static Instant in(Duration time) {
        return nodes.morocco.service(Clock.class).instant().plus(time);
    }

    @Test
    void s19ClosedToAUnitItIsGoneForTheOthersAtOnceAndOpenedItIsBack() throws Exception {
        ConversationKey key = open("MA-1");
        UUID answer = answered(key, text());
        assertThat(said(karim, key)).hasSize(2);
        String unknown = told(() -> said(karim, ConversationKey.parse("es-ncb", "0".repeat(32))));

        crossings().close(amina, key, " bureau", "A source could be known by it.");

        assertThat(told(() -> said(karim, key))).isEqualTo(unknown);
        for (SqlLists.View view : SqlLists.View.values())
            assertThat(list(karim, view)).doesNotContain(key);
        assertThat(reading(nodes.morocco).named(karim, "MA-1", false)).isEmpty();
        assertThat(reading(nodes.morocco).news(karim, Optional.of(key))).isEqualTo("0-0");
        refused(() -> bureau(nodes.morocco).acted(karim, key, answer, "Me too.", Set.of()), BureauProblem.NOT_FOUND);
        refused(() -> crossings().close(karim, key, "Ailleurs", "Mine."), BureauProblem.NOT_FOUND);
        refused(() -> crossings().openToAll(karim, key, "Mine."), BureauProblem.NOT_FOUND);
        assertThat(said(omar, key)).hasSize(2);

        crossings().openToAll(omar, key, "The source is safe.");

        assertThat(said(karim, key)).hasSize(2);
        assertThat(crossings().closures(reading(nodes.morocco).view(karim, key).conversation()))
                .extracting(each -> each.unit() + "|" + each.reason())
                .containsExactly("|The source is safe.", "bureau|A source could be known by it.");
        assertThat(sql(nodes.morocco)
                        .queryForList(
                                "select distinct action from audit.entry where subject = ? and outcome = 'DONE'",
                                String.class,
                                "conversation/" + key))
                .contains("bureau.close", "bureau.open-to-all");
        everyActHasItsEntry();
    }

    private static void everyActHasItsEntry() throws Exception {
        StringWriter audit = new StringWriter();
        assertThat(nodes.morocco.run(new VerifyAuditCommand(), audit))
                .as(audit.toString())
                .isZero();
    }

    private static String told(ThrowingCallable call) {
        ProblemException e = org.assertj.core.api.Assertions.catchThrowableOfType(ProblemException.class, call);
        return e.type() + ": " + e.getMessage();
    }

    @Test
    void s19HandedToAnotherUnitItIsThatUnitsAlone() {
        ConversationKey key = open("");

        crossings().close(amina, key, "Mineurs", "The victim is fourteen.");

        refused(() -> said(amina, key), BureauProblem.NOT_FOUND);
        assertThat(said(salma, key)).hasSize(1);
        crossings().close(salma, key, "Bureau", "She is nineteen.");
        assertThat(said(amina, key)).hasSize(1);
        refused(() -> said(salma, key), BureauProblem.NOT_FOUND);
    }

    @Test
    void nobodyClosesWithoutAReasonOrToAUnitInWhichNobodyCouldAnswerIt() {
        ConversationKey key = open("");

        refused(() -> crossings().close(amina, key, "Bureau", ""), BureauProblem.REASON_MISSING);
        refused(() -> crossings().close(amina, key, "Nobody", "A reason."), BureauProblem.UNIT_UNKNOWN);
        refused(() -> crossings().close(amina, key, "", "A reason."), BureauProblem.UNIT_UNKNOWN);
        refused(() -> crossings().close(amina, key, "Conformité", "A reason."), BureauProblem.UNIT_UNKNOWN);
        refused(() -> crossings().openToAll(amina, key, "A reason."), BureauProblem.CLOSED_BEFORE);
        Actor stranger = BureauFixture.officer("gate", "Bureau", Permission.SCREENING_QUERY);
        refused(() -> crossings().close(stranger, key, "Bureau", "A reason."), AccessProblem.FORBIDDEN);
        crossings().close(amina, key, "Bureau", "A reason.");
        refused(() -> crossings().close(amina, key, "BUREAU", "A reason."), BureauProblem.CLOSED_BEFORE);

        assertThat(said(karim, open(""))).hasSize(1);
        assertThat(crossings().units()).contains("Mineurs", "Ailleurs").anyMatch("bureau"::equalsIgnoreCase);
    }

    @Test
    void s19ItsFilesAndOrdersAreClosedAndOpenedWithIt() {
        ConversationKey key = open("");
        String annex = BureauFixture.take(nodes.spain, lucia, "annex.pdf", "an annex");
        UUID answer = answered(key, text().enclosing(List.of(annex)));
        await("the file", () -> reading(nodes.morocco).view(amina, key).files().get(answer).stream()
                .allMatch(file -> file.state() == Attachment.State.COMPLETE));
        ItemId item = reading(nodes.morocco)
                .view(amina, key)
                .files()
                .get(answer)
                .get(0)
                .item();
        EvidenceService evidence = nodes.morocco.service(EvidenceService.class);
        UUID order = nodes.morocco
                .service(ForeignData.class)
                .order(amina, key, said(amina, key).get(0).entry().id(), form(Order.Kind.RECALL, "Another account."));
        assertThat(evidence.item(karim, item).unit()).isEmpty();

        crossings().close(amina, key, "Bureau", "A source could be known by it.");

        refused(() -> evidence.item(karim, item), EvidenceProblem.NOT_FOUND);
        assertThat(evidence.item(omar, item).unit()).contains("bureau");
        assertThat(closedTo(order)).isEqualTo("bureau");
        crossings().close(amina, key, "Mineurs", "The victim is fourteen.");
        refused(() -> evidence.item(omar, item), EvidenceProblem.NOT_FOUND);
        crossings().openToAll(salma, key, "She is nineteen.");
        assertThat(evidence.item(karim, item).unit()).isEmpty();
        assertThat(closedTo(order)).isEmpty();
    }

    private static String closedTo(UUID order) {
        return sql(nodes.morocco)
                .queryForObject("select closed_to from originator.given where id = ?", String.class, order);
    }

    @Test
    void s19WhoAsksIsLetReadForATimeAndDoesNothingWithIt() {
        ConversationKey key = closedToBureau("MA-ASKED");
        UUID answer = answered(key, request("ES-9").codes(HandlingCode.H3));
        assertThat(list(amina, SqlLists.View.ASKED)).doesNotContain(key);
        crossings().ask(karim, "ma-asked", "The same account stands in a case of mine.");
        assertThat(list(amina, SqlLists.View.ASKED)).contains(key);
        assertThat(reading(nodes.morocco).count(omar, SqlLists.View.ASKED)).isPositive();
        Crossings.Request request = requests(key).get(0);
        assertThat(request.question().reason()).isEqualTo("The same account stands in a case of mine.");
        assertThat(request.question().officer()).isEqualTo(karim.id());
        refused(() -> said(karim, key), BureauProblem.NOT_FOUND);
        UUID id = request.question().id();

        refused(() -> crossings().letSee(karim, key, id, in(Duration.ofDays(1))), BureauProblem.NOT_FOUND);
        refused(() -> crossings().letSee(salma, key, id, in(Duration.ofDays(1))), BureauProblem.NOT_FOUND);
        refused(() -> crossings().letSee(amina, key, id, in(Duration.ofDays(31))), BureauProblem.UNTIL_WRONG);
        refused(() -> crossings().letSee(amina, key, id, in(Duration.ofDays(-1))), BureauProblem.UNTIL_WRONG);
        refused(() -> crossings().letSee(amina, open(""), id, in(Duration.ofDays(1))), BureauProblem.NOT_FOUND);
        Actor movedIn = new Actor(
                Actor.Kind.OFFICER,
                karim.id(),
                "karim",
                Optional.of("Bureau"),
                karim.permissions(),
                Optional.of(Purpose.INVESTIGATION));
        refused(() -> crossings().letSee(movedIn, key, id, in(Duration.ofDays(1))), BureauProblem.OWN_QUESTION);
        sql(nodes.morocco).update("update bureau.message set read_at = null where id = ?", answer);
        crossings().letSee(amina, key, id, in(Duration.ofDays(1)));

        assertThat(said(karim, key)).hasSize(2);
        assertThat(list(karim, SqlLists.View.ALL)).contains(key);
        assertThat(reading(nodes.morocco).named(karim, "MA-ASKED", false)).hasSize(1);
        assertThat(crossings().asked(karim))
                .flatExtracting(Crossings.Asked::granted)
                .extracting(Crossings.Granted::key)
                .contains(key);
        assertThat(list(amina, SqlLists.View.ASKED)).doesNotContain(key);
        refused(() -> said(salma, key), BureauProblem.NOT_FOUND);
        // It is read for those whose it is by them alone: an urgent message still rings.
        assertThat(sql(nodes.morocco)
                        .queryForObject(
                                "select read_at is null from bureau.message where id = ?", Boolean.class, answer))
                .isTrue();
        for (SqlLists.View view : List.of(SqlLists.View.OURS, SqlLists.View.THEIRS, SqlLists.View.LOOK))
            assertThat(list(karim, view)).doesNotContain(key);
        ForeignData data = nodes.morocco.service(ForeignData.class);
        data.confirm(karim, key, answer, Act.VIEW);
        assertThat(said(karim, key).get(1).message()).isPresent();
        refused(() -> data.confirm(karim, key, answer, Act.PRINT), BureauProblem.NOT_FOUND);
        refused(() -> data.takeOut(karim, key, answer, Act.PRINT, commands -> ""), BureauProblem.NOT_FOUND);
        refused(() -> bureau(nodes.morocco).write(karim, key, text().composition()), BureauProblem.NOT_FOUND);
        refused(() -> bureau(nodes.morocco).acted(karim, key, answer, "Me too.", Set.of()), BureauProblem.NOT_FOUND);
        refused(() -> bureau(nodes.morocco).refer(karim, key, "mine"), BureauProblem.NOT_FOUND);
        refused(() -> look(nodes.morocco).discard(karim, key, answer), BureauProblem.NOT_FOUND);
        refused(() -> crossings().openToAll(karim, key, "Mine."), BureauProblem.NOT_FOUND);

        sql(nodes.morocco)
                .update("update bureau.crossing_answer set until = now() - interval '1 second' where crossing = ?", id);
        refused(() -> said(karim, key), BureauProblem.NOT_FOUND);
        assertThat(list(karim, SqlLists.View.ALL)).doesNotContain(key);
    }

    @Test
    void s19ALookIsTakenBackAndEndsWhenItIsClosedToAnotherUnit() throws Exception {
        ConversationKey key = closedToBureau("MA-BACK");
        crossings().ask(karim, key.id().value(), "A case of mine.");
        UUID first = requests(key).get(0).question().id();
        crossings().letSee(amina, key, first, in(Duration.ofDays(2)));
        assertThat(requests(key).get(0).until()).isPresent();
        assertThat(said(karim, key)).hasSize(1);

        crossings().keepFrom(omar, key, first);

        refused(() -> said(karim, key), BureauProblem.NOT_FOUND);
        assertThat(requests(key)).isEmpty();

        MessageId message = said(amina, key).get(0).entry().name().orElseThrow();
        crossings().ask(karim, message.value().toUpperCase(java.util.Locale.ROOT), "I ask again.");
        crossings().letSee(amina, key, requests(key).get(0).question().id(), in(Duration.ofDays(2)));
        assertThat(said(karim, key)).hasSize(1);
        crossings().close(amina, key, "Mineurs", "The victim is fourteen.");
        refused(() -> said(karim, key), BureauProblem.NOT_FOUND);
        everyActHasItsEntry();
    }

    @Test
    void s21WhoAsksForNothingIsAnsweredAsWhoAsksForWhatIsClosed() {
        ConversationKey key = closedToBureau("MA-SECRET");
        List<String> named = List.of("MA-SECRET", "MA-NOTHING", key.id().value(), "0".repeat(32));

        named.forEach(each -> crossings().ask(karim, each, "What is it?"));
        requests(key).forEach(each -> crossings()
                .keepFrom(amina, key, each.question().id()));

        assertThat(list(amina, SqlLists.View.ASKED)).doesNotContain(key);
        // One row and one entry each, whatever was named, and a refusal shows to nobody who asked.
        List<Crossings.Asked> asked = crossings().asked(karim).stream()
                .filter(each -> each.question().reason().equals("What is it?"))
                .toList();
        assertThat(asked).hasSize(named.size()).allSatisfy(each -> assertThat(each.granted())
                .isEmpty());
        for (Crossings.Asked each : asked)
            assertThat(sql(nodes.morocco)
                            .queryForList(
                                    "select action || ' ' || outcome from audit.entry where subject = ?",
                                    String.class,
                                    "crossing/" + each.question().id()))
                    .containsExactly("bureau.ask-to-see DONE");
        refused(() -> crossings().ask(karim, "MA-SECRET", ""), BureauProblem.REASON_MISSING);
        refused(() -> crossings().ask(karim, "", "What is it?"), BureauProblem.BAD_FIELD);
        refused(() -> crossings().ask(karim, "x".repeat(101), "What is it?"), BureauProblem.BAD_FIELD);
        refused(
                () -> crossings().ask(BureauFixture.officer("gate", "Port"), "MA-SECRET", "What is it?"),
                AccessProblem.FORBIDDEN);
    }

    @Test
    void aQuestionAboutWhatIsOpenOrOnesOwnWaitsForNobody() {
        ConversationKey open = open("MA-OPEN");
        ConversationKey own = closedToBureau("MA-OWN");

        crossings().ask(karim, "MA-OPEN", "What is it?");
        crossings().ask(omar, "MA-OWN", "What is it?");

        assertThat(requests(open)).isEmpty();
        assertThat(requests(own)).isEmpty();
        assertThat(list(amina, SqlLists.View.ASKED)).doesNotContain(open, own);
    }

    @Test
    void s20QuestionsEndAndTheirReasonsWithThem() {
        ConversationKey key = closedToBureau("MA-ENDS");
        crossings().ask(karim, "MA-ENDS", "Zanzibar.");
        UUID id = requests(key).get(0).question().id();
        crossings().letSee(amina, key, id, in(Duration.ofDays(29)));
        for (String table : List.of("bureau.crossing", "bureau.closure", "audit.entry"))
            assertThat(sql(nodes.morocco)
                            .queryForObject(
                                    "select count(*) from " + table
                                            + " t where t::text ilike '%zanzibar%' or t::text ilike ?",
                                    Integer.class,
                                    "%" + HexFormat.of().formatHex("Zanzibar".getBytes(StandardCharsets.UTF_8)) + "%"))
                    .as(table)
                    .isZero();

        sql(nodes.morocco).update("update bureau.crossing set ends_at = now() where id = ?", id);
        crossings().purge();

        assertThat(requests(key)).isEmpty();
        refused(() -> said(karim, key), BureauProblem.NOT_FOUND);
        assertThat(crossings().asked(karim))
                .noneMatch(each -> each.question().id().equals(id));
    }

    @Test
    void s19WhatAMemberBeginsIsClosedToTheUnitThatTheCountryNamed() {
        ConversationKey there = there(open(""));
        await("it came", () -> seen(nodes.spain, lucia, there));

        assertThat(reading(nodes.spain).view(lucia, there).conversation().closedTo())
                .isEqualTo("oficina");
        refused(() -> reading(nodes.spain).view(elena, there), BureauProblem.NOT_FOUND);
    }
}
