package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.bureau.BureauFixture.ES;
import static org.sharaka.node.bureau.BureauFixture.MA;
import static org.sharaka.node.bureau.BureauFixture.TREATY;
import static org.sharaka.node.bureau.BureauFixture.bureau;
import static org.sharaka.node.bureau.BureauFixture.ending;
import static org.sharaka.node.bureau.BureauFixture.last;
import static org.sharaka.node.bureau.BureauFixture.list;
import static org.sharaka.node.bureau.BureauFixture.look;
import static org.sharaka.node.bureau.BureauFixture.officer;
import static org.sharaka.node.bureau.BureauFixture.reading;
import static org.sharaka.node.bureau.BureauFixture.said;
import static org.sharaka.node.bureau.BureauFixture.sql;
import static org.sharaka.node.bureau.BureauFixture.there;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Words;

/** Who reads what Morocco and Spain write to each other, and until when: two whole nodes, with invented cases. */
class ConfidentialityIT {
    private static final Permission READ = Permission.EXCHANGE_READ;
    private static final Permission SEND = Permission.EXCHANGE_SEND;
    private static final Permission APPROVE = Permission.EXCHANGE_APPROVE;
    private static final Actor AMINA = officer("amina", "Bureau", READ, SEND, APPROVE);
    private static final Actor OMAR = officer("omar", "Bureau", READ, APPROVE);
    private static final Actor LUCIA = officer("lucia", "Oficina", READ, SEND, APPROVE);
    private static final Actor STRANGER = officer("karim", "Intake", Permission.REPORT_READ);
    private static final Actor OTHER_UNIT = officer("salma", "Elsewhere", READ, SEND, APPROVE);

    private static BureauFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new BureauFixture();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Writing request(String subject) {
        return request(subject, "Who holds the account?");
    }

    private static Writing request(String subject, String text, Quoted... quotes) {
        return Writing.request(subject, new Words("en", text, Set.of(quotes)));
    }

    private static Composition text(String text, Quoted... quotes) {
        return Writing.text(new Words("en", text, Set.of(quotes))).composition();
    }

    @Test
    void s11AVictimsWordsTravelOnlyAfterASecondOfficerHasReadThem() {
        ConversationKey key = nodes.open(AMINA, request("Threats", "She says: he films me.", Quoted.VICTIM));
        UUID draft = last(nodes.morocco, AMINA, key).entry().id();
        assertThat(list(nodes.morocco, OMAR, SqlLists.View.LOOK)).contains(key);
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).doesNotContain(key);
        assertThat(sent(key)).isZero();

        String before = shown(key);
        refused(() -> look(nodes.morocco).release(AMINA, key, draft, before), BureauProblem.OWN_WORDS);
        refused(() -> look(nodes.morocco).giveBack(AMINA, key, draft, "mine"), BureauProblem.OWN_WORDS);
        refused(
                () -> look(nodes.morocco).release(officer("nobody", "Bureau", READ, SEND), key, draft, before),
                AccessProblem.FORBIDDEN);
        refused(() -> look(nodes.morocco).giveBack(OMAR, key, draft, ""), BureauProblem.REMARK_MISSING);
        look(nodes.morocco).giveBack(OMAR, key, draft, "Her words are not needed.");
        refused(() -> look(nodes.morocco).release(OMAR, key, draft, before), BureauProblem.LOOKED_BEFORE);
        assertThat(last(nodes.morocco, AMINA, key).remark()).contains("Her words are not needed.");
        assertThat(sent(key)).isZero();

        refused(
                () -> look(nodes.morocco)
                        .reword(officer("nobody", "Bureau", READ, SEND), key, draft, "Mine now", "f", "g"),
                BureauProblem.NOT_THE_AUTHOR);
        refused(() -> look(nodes.morocco).reword(AMINA, key, draft, "She is filmed.", "", ""), BureauProblem.BAD_FIELD);
        look(nodes.morocco).reword(AMINA, key, draft, "She is filmed.", "Threats since May.", "He lives there.");
        refused(() -> look(nodes.morocco).release(AMINA, key, draft, before), BureauProblem.OWN_WORDS);
        assertThat(sent(key)).isZero();
        // What stood on Omar's page before Amina reworded it is not what would leave.
        refused(() -> look(nodes.morocco).release(OMAR, key, draft, before), BureauProblem.LOOKED_BEFORE);
        assertThat(sent(key)).isZero();
        look(nodes.morocco).release(OMAR, key, draft, shown(key));

        nodes.awaitThere(key, 1);
        Inquiry got = (Inquiry) last(nodes.spain, LUCIA, there(key)).written().orElseThrow();
        assertThat(got.asked().text()).isEqualTo("She is filmed.");
        assertThat(got.facts()).isEqualTo("Threats since May.");
        assertThat(got.asked().quotes()).containsExactly(Quoted.VICTIM);
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).contains(key);
        assertThat(last(nodes.morocco, AMINA, key).entry().lookedBy()).contains("omar");
        refused(() -> look(nodes.morocco).release(OMAR, key, draft, before), BureauProblem.LOOKED_BEFORE);
        assertThat(sql(nodes.morocco)
                        .queryForList(
                                "select outcome from audit.entry where action = 'bureau.release' and subject = ?",
                                String.class,
                                "draft/" + draft))
                .contains("REFUSED", "DONE");
    }

    /** What a second officer's page says of the words that it shows. */
    private static String shown(ConversationKey key) {
        return last(nodes.morocco, OMAR, key).draft().orElseThrow().shown();
    }

    private static int sent(ConversationKey key) {
        return sql(nodes.morocco)
                .queryForObject(
                        "select count(*) from exchange.sent where conversation = ?",
                        Integer.class,
                        key.id().value());
    }

    @Test
    void s11AnAnswerThatRepeatsAWitnessWaitsTooAndCanBeDiscarded() {
        ConversationKey key = nodes.open(AMINA, request("A witness"));
        nodes.awaitThere(key, 1);

        bureau(nodes.spain).write(LUCIA, there(key), text("He saw the van.", Quoted.WITNESS));
        Reading.Said waiting = last(nodes.spain, LUCIA, there(key));
        assertThat(waiting.entry().state()).isEqualTo(Entry.State.LOOK);
        assertThat(look(nodes.spain).discard(LUCIA, there(key), waiting.entry().id()))
                .isTrue();

        assertThat(said(nodes.spain, LUCIA, there(key))).hasSize(1);
        ConversationKey alone = nodes.open(AMINA, request("Alone", "She says so.", Quoted.REPORTER));
        assertThat(look(nodes.morocco)
                        .discard(
                                AMINA,
                                alone,
                                last(nodes.morocco, AMINA, alone).entry().id()))
                .isFalse();
        refused(() -> reading(nodes.morocco).view(AMINA, alone), BureauProblem.NOT_FOUND);
    }

    @Test
    void whoHasNotThePermissionReadsAndWritesNothing() {
        ConversationKey key = nodes.open(AMINA, request("For readers"));

        refused(() -> list(nodes.morocco, STRANGER, SqlLists.View.ALL), AccessProblem.FORBIDDEN);
        refused(() -> reading(nodes.morocco).view(STRANGER, key), AccessProblem.FORBIDDEN);
        refused(() -> reading(nodes.morocco).news(STRANGER, Optional.empty()), AccessProblem.FORBIDDEN);
        refused(() -> bureau(nodes.morocco).write(OMAR, key, text("I may not send")), AccessProblem.FORBIDDEN);
        refused(
                () -> bureau(nodes.morocco)
                        .open(
                                OMAR,
                                Map.of(ES, TREATY),
                                request("I may not send").composition(),
                                false,
                                ""),
                AccessProblem.FORBIDDEN);
        Actor purposeless = new Actor(
                Actor.Kind.OFFICER, "amina", "amina", Optional.of("Bureau"), Set.of(READ, SEND), Optional.empty());
        refused(() -> reading(nodes.morocco).view(purposeless, key), AccessProblem.PURPOSE_MISSING);
    }

    @Test
    void s19WhatAUnitKeepsToItselfExistsForItsOfficersAlone() {
        ConversationKey key = bureau(nodes.morocco)
                .open(AMINA, Map.of(ES, TREATY), request("Only us").composition(), true, "")
                .get(0);
        nodes.awaitThere(key, 1);
        bureau(nodes.spain).write(LUCIA, there(key), text("Understood."));
        await("the reply", () -> said(nodes.morocco, AMINA, key).size() == 2);
        UUID reply = last(nodes.morocco, AMINA, key).entry().id();
        String mark = reading(nodes.morocco).news(OTHER_UNIT, Optional.of(key));

        refused(() -> reading(nodes.morocco).view(OTHER_UNIT, key), BureauProblem.NOT_FOUND);
        refused(() -> bureau(nodes.morocco).write(OTHER_UNIT, key, text("Me too")), BureauProblem.NOT_FOUND);
        refused(() -> bureau(nodes.morocco).acted(OTHER_UNIT, key, reply, "Me too", Set.of()), BureauProblem.NOT_FOUND);
        for (SqlLists.View view : SqlLists.View.values())
            assertThat(list(nodes.morocco, OTHER_UNIT, view)).doesNotContain(key);
        assertThat(mark).isEqualTo("0-0");
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.ALL)).contains(key);
        refused(
                () -> reading(nodes.morocco).view(AMINA, ConversationKey.parse("es-ncb", "0".repeat(32))),
                BureauProblem.NOT_FOUND);
    }

    @Test
    void s20WhatReachesItsEndIsDestroyedHereAndInTheExchange() {
        ConversationKey key = nodes.open(AMINA, request("Ends soon"));
        nodes.awaitThere(key, 1);
        nodes.awaitDelivery(AMINA, key, Delivery.ACCEPTED);
        Reading.Said sent = last(nodes.morocco, AMINA, key);
        for (TestNode node : List.of(nodes.morocco, nodes.spain))
            sql(node)
                    .update(
                            "update bureau.message set ends_at = now() - interval '1 minute' where conversation = ?",
                            key.id().value());

        for (TestNode node : List.of(nodes.morocco, nodes.spain))
            assertThat(ending(node).purge(1_000)).isPositive();

        refused(() -> reading(nodes.morocco).view(AMINA, key), BureauProblem.NOT_FOUND);
        refused(() -> reading(nodes.spain).view(LUCIA, there(key)), BureauProblem.NOT_FOUND);
        assertThat(nodes.morocco
                        .service(ExchangeService.class)
                        .sentMessage(sent.entry().name().orElseThrow()))
                .isEmpty();
        assertThat(nodes.spain
                        .service(ExchangeService.class)
                        .received(MA, sent.entry().name().orElseThrow()))
                .isEmpty();
        assertThat(sql(nodes.morocco)
                        .queryForObject(
                                "select count(*) from bureau.message where conversation = ?",
                                Integer.class,
                                key.id().value()))
                .isZero();
    }

    @Test
    void s20TheSubjectEndsWithTheMessageThatBroughtIt() {
        ConversationKey key = nodes.open(AMINA, request("Someone in Palau"));
        nodes.awaitThere(key, 1);
        UUID first = last(nodes.spain, LUCIA, there(key)).entry().id();
        bureau(nodes.spain).write(LUCIA, there(key), text("We look into it."));
        assertThat(reading(nodes.spain).view(LUCIA, there(key)).conversation().subject())
                .isEqualTo("Someone in Palau");
        sql(nodes.spain).update("update bureau.message set ends_at = now() - interval '1 minute' where id = ?", first);

        assertThat(ending(nodes.spain).purge(1_000)).isPositive();

        assertThat(said(nodes.spain, LUCIA, there(key))).hasSize(1);
        assertThat(reading(nodes.spain).view(LUCIA, there(key)).conversation().subject())
                .isEmpty();
    }

    @Test
    void whoStealsTheDatabaseReadsNeitherSubjectNorText() {
        ConversationKey key = nodes.open(AMINA, request("Zanzibarsubject", "Zanzibartext", Quoted.VICTIM));
        look(nodes.morocco)
                .giveBack(OMAR, key, last(nodes.morocco, AMINA, key).entry().id(), "Zanzibarremark");

        List<String> tables = sql(nodes.morocco)
                .queryForList(
                        "select table_schema || '.' || table_name from information_schema.tables where table_type = 'BASE TABLE'"
                                + " and table_schema in ('bureau', 'exchange', 'audit')",
                        String.class);
        assertThat(tables).contains("bureau.message_text", "bureau.conversation");
        for (String table : tables)
            assertThat(sql(nodes.morocco)
                            .queryForObject(
                                    "select count(*) from " + table
                                            + " t where t::text ilike '%zanzibar%' or t::text ilike ?",
                                    Integer.class,
                                    "%"
                                            + java.util.HexFormat.of()
                                                    .formatHex("Zanzibar"
                                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                            + "%"))
                    .as(table)
                    .isZero();
    }
}
