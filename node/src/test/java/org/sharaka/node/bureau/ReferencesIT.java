package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.bureau.BureauFixture.ES;
import static org.sharaka.node.bureau.BureauFixture.MA;
import static org.sharaka.node.bureau.BureauFixture.TREATY;
import static org.sharaka.node.bureau.BureauFixture.bureau;
import static org.sharaka.node.bureau.BureauFixture.ending;
import static org.sharaka.node.bureau.BureauFixture.first;
import static org.sharaka.node.bureau.BureauFixture.form;
import static org.sharaka.node.bureau.BureauFixture.officer;
import static org.sharaka.node.bureau.BureauFixture.reading;
import static org.sharaka.node.bureau.BureauFixture.sql;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.content.Information;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Order;

/** To which case or campaign of theirs Morocco and Spain say that a conversation belongs: two whole nodes, invented cases. */
class ReferencesIT {
    private static final Actor AMINA = officer("amina", "Bureau", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);
    private static final Actor READER = officer("omar", "Bureau", Permission.EXCHANGE_READ);
    private static final Actor SALMA =
            officer("salma", "Elsewhere", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);
    private static final Actor LUCIA = officer("lucia", "Oficina", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);

    private static BureauFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new BureauFixture();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    /** @param travels the reference that the message carries */
    private static ConversationKey open(String travels, boolean ownUnit, String own, HandlingCode... codes) {
        Composition information = Writing.information("A new trick", Words.of("en", "They call at noon."))
                .reference(travels)
                .codes(codes)
                .composition();
        return bureau(nodes.morocco)
                .open(AMINA, Map.of(ES, TREATY), information, ownUnit, own)
                .get(0);
    }

    /** The same conversation on the other side, once it is there. */
    private static ConversationKey there(ConversationKey here) {
        ConversationKey there = new ConversationKey(MA, here.id());
        await("it came", () -> nodes.spain
                .service(SqlConversations.class)
                .find(LUCIA, there)
                .isPresent());
        return there;
    }

    private static Conversation view(TestNode node, Actor actor, ConversationKey key) {
        return reading(node).view(actor, key).conversation();
    }

    private static List<ConversationKey> named(TestNode node, Actor actor, String reference, boolean ours) {
        return reading(node).named(actor, reference, ours).stream()
                .map(line -> line.conversation().key())
                .toList();
    }

    @Test
    void eachSideHasItsOwnReferenceSeesTheOthersAndFindsByEither() {
        ConversationKey key = open("MA-2026-17", false, "campaign/41");
        ConversationKey there = there(key);

        bureau(nodes.spain).refer(LUCIA, there, "ES  4/26");

        assertThat(view(nodes.morocco, AMINA, key).reference()).isEqualTo("campaign/41");
        assertThat(view(nodes.morocco, AMINA, key).theirReference()).isEmpty();
        assertThat(view(nodes.spain, LUCIA, there).reference()).isEqualTo("ES  4/26");
        assertThat(view(nodes.spain, LUCIA, there).theirReference()).isEqualTo("MA-2026-17");
        assertThat(named(nodes.spain, LUCIA, " ma-2026-17", false)).containsExactly(there);
        assertThat(named(nodes.spain, LUCIA, "es 4/26", false)).containsExactly(there);
        assertThat(named(nodes.spain, LUCIA, "MA-2026-1", false)).isEmpty();
        assertThat(named(nodes.spain, LUCIA, " ", false)).isEmpty();
        assertThat(named(nodes.morocco, AMINA, "Campaign/41", false)).containsExactly(key);
        assertThat(reading(nodes.spain).list(LUCIA, SqlLists.View.ALL, Optional.empty()).stream()
                        .map(SqlLists.Line::conversation)
                        .filter(each -> each.key().equals(there))
                        .map(each -> each.reference() + " / " + each.theirReference()))
                .containsExactly("ES  4/26 / MA-2026-17");
    }

    @Test
    void ourOwnReferenceStaysHereAndWithoutOneItIsTheOneThatTravels() {
        ConversationKey hidden = open("", false, "MA-INTERNAL-3");
        ConversationKey same = open("MA-2026-18", false, "");

        assertThat(view(nodes.morocco, AMINA, same).reference()).isEqualTo("MA-2026-18");
        Reading.Said came = first(nodes.spain, LUCIA, there(hidden));
        assertThat(((Information) came.written().orElseThrow()).reference()).isEmpty();
        assertThat(view(nodes.spain, LUCIA, there(hidden)).theirReference()).isEmpty();

        bureau(nodes.morocco).refer(AMINA, same, "MA-2026-19");

        assertThat(view(nodes.morocco, AMINA, same).reference()).isEqualTo("MA-2026-19");
        assertThat(named(nodes.morocco, AMINA, "MA-2026-18", false)).isEmpty();
        assertThat(view(nodes.spain, LUCIA, there(same)).theirReference()).isEqualTo("MA-2026-18");
        bureau(nodes.morocco).refer(AMINA, same, "");
        assertThat(view(nodes.morocco, AMINA, same).reference()).isEmpty();
    }

    @Test
    void whoMayNotWriteInItChangesNoReferenceAndEveryChangeIsEntered() {
        ConversationKey key = open("", true, "MA-2026-20");

        refused(() -> bureau(nodes.morocco).refer(READER, key, "mine"), AccessProblem.FORBIDDEN);
        refused(() -> bureau(nodes.morocco).refer(SALMA, key, "mine"), BureauProblem.NOT_FOUND);
        refused(() -> bureau(nodes.morocco).refer(AMINA, key, "x".repeat(101)), BureauProblem.BAD_FIELD);
        refused(() -> bureau(nodes.morocco).refer(AMINA, key, "two\nlines"), BureauProblem.BAD_FIELD);
        refused(() -> open("", false, "x".repeat(101)), BureauProblem.BAD_FIELD);
        bureau(nodes.morocco).refer(AMINA, key, "MA-2026-21");

        assertThat(view(nodes.morocco, AMINA, key).reference()).isEqualTo("MA-2026-21");
        assertThat(sql(nodes.morocco)
                        .queryForList(
                                "select outcome from audit.entry where action = 'bureau.refer' and subject = ?",
                                String.class,
                                "conversation/" + key))
                .contains("DONE", "REFUSED");
    }

    @Test
    void s19TheConversationsOfACampaignAreThoseThatTheOfficerMaySee() {
        ConversationKey open = open("", false, "campaign/77");
        ConversationKey closed = open("", true, "campaign/77");
        Correspondence correspondence = nodes.morocco.service(Correspondence.class);

        assertThat(correspondence.about(AMINA, "campaign/77"))
                .extracting(Correspondence.Line::page)
                .containsExactly("/bureau/conversations/" + closed, "/bureau/conversations/" + open);
        assertThat(correspondence.about(SALMA, "campaign/77"))
                .extracting(Correspondence.Line::page)
                .containsExactly("/bureau/conversations/" + open);
        assertThat(named(nodes.morocco, SALMA, "campaign/77", false)).containsExactly(open);
        refused(
                () -> correspondence.about(officer("karim", "Intake", Permission.REPORT_READ), "campaign/77"),
                AccessProblem.FORBIDDEN);
    }

    @Test
    void whatAMemberWritesOfACampaignPutsNothingBesideOurs() {
        ConversationKey there = there(open("campaign/5", false, "MA-5"));

        assertThat(nodes.spain.service(Correspondence.class).about(LUCIA, "campaign/5"))
                .isEmpty();
        assertThat(named(nodes.spain, LUCIA, "campaign/5", false)).containsExactly(there);
    }

    @Test
    void s20TheirReferenceEndsWithItsMessageAndOursStays() {
        ConversationKey there = there(open("MA-ENDS", false, ""));
        bureau(nodes.spain).refer(LUCIA, there, "ES-STAYS");
        bureau(nodes.spain)
                .write(
                        LUCIA,
                        there,
                        Writing.text(Words.of("en", "We look into it.")).composition());
        UUID first = first(nodes.spain, LUCIA, there).entry().id();

        sql(nodes.spain).update("update bureau.message set ends_at = now() - interval '1 minute' where id = ?", first);
        assertThat(ending(nodes.spain).purge(1_000)).isPositive();

        assertThat(view(nodes.spain, LUCIA, there).theirReference()).isEmpty();
        assertThat(view(nodes.spain, LUCIA, there).reference()).isEqualTo("ES-STAYS");
        assertThat(named(nodes.spain, LUCIA, "MA-ENDS", false)).isEmpty();
    }

    @Test
    void whatItsOriginatorTakesBackTakesItsReferenceAlong() {
        ConversationKey key = open("MA-BACK", false, "");
        ConversationKey there = there(key);
        UUID sent = first(nodes.morocco, AMINA, key).entry().id();

        UUID unused = nodes.morocco
                .service(ForeignData.class)
                .order(AMINA, key, sent, form(Order.Kind.RECALL, "Another man."));

        await(
                "the order",
                () -> view(nodes.spain, LUCIA, there).theirReference().isEmpty());
        assertThat(named(nodes.spain, LUCIA, "MA-BACK", false)).isEmpty();
    }

    @Test
    void aReferenceWhoseMessageHasRestrictionsStandsInNoListBeforeTheyAreRead() {
        ConversationKey there = there(open("MA-H3", false, "", HandlingCode.H3));

        assertThat(view(nodes.spain, LUCIA, there).theirReference()).isEmpty();
        assertThat(named(nodes.spain, LUCIA, "MA-H3", false)).isEmpty();
    }

    @Test
    void whoStealsTheDatabaseReadsNoReference() {
        ConversationKey there = there(open("Zanzibar-theirs", false, "Zanzibar-ours"));
        bureau(nodes.spain).refer(LUCIA, there, "Zanzibar-spain");
        assertThat(named(nodes.morocco, AMINA, "Zanzibar-ours", false)).hasSize(1);

        for (TestNode node : List.of(nodes.morocco, nodes.spain))
            for (String table : List.of("bureau.conversation", "bureau.their_reference", "audit.entry"))
                assertThat(sql(node)
                                .queryForObject(
                                        "select count(*) from " + table
                                                + " t where t::text ilike '%zanzibar%' or t::text ilike ?",
                                        Integer.class,
                                        "%" + HexFormat.of().formatHex("Zanzibar".getBytes(StandardCharsets.UTF_8))
                                                + "%"))
                        .as(table)
                        .isZero();
    }
}
