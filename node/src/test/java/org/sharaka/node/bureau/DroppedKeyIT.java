package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.handling;
import static org.sharaka.node.originator.ThreeBureaux.officer;
import static org.sharaka.node.originator.ThreeBureaux.text;
import static org.sharaka.node.platform.Eventually.await;

import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.originator.ThreeBureaux;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.MemberKeys;

/** Spain shares with a third what bears a signature of Morocco's that the members' list no longer stands for. */
class DroppedKeyIT {
    private static final Actor PABLO = officer("pablo", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);
    private static ThreeBureaux nodes;

    @BeforeAll
    static void start() {
        nodes = new ThreeBureaux();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    /** As the third's conversation page has it. */
    private static Reading.Said shared(SignedMessage original) {
        MessageReference share = nodes.send(
                ES, XK, original.message().handling(), text("Morocco writes:"), Optional.of(original.signed()));
        assertThat(nodes.exchange(ES).sent(share.id()).orElseThrow().state()).isEqualTo(Sent.State.ACCEPTED);
        await("in its conversation", () -> said(share).isPresent());
        return said(share).orElseThrow();
    }

    private static Optional<Reading.Said> said(MessageReference share) {
        return nodes.exchange(XK)
                .received(ES, share.id())
                .map(message -> new ConversationKey(
                        ES, message.message().header().position().conversation()))
                .filter(key -> nodes.sql(XK)
                                .queryForObject(
                                        "select count(*) from bureau.message where conversation = ?",
                                        Integer.class,
                                        key.id().value())
                        == 1)
                .map(key -> nodes.node(XK)
                        .service(Reading.class)
                        .view(PABLO, key)
                        .said()
                        .get(0));
    }

    @Test
    void whatWasSignedWithADroppedKeyAndComesThroughAnotherIsShownAsTheWordOfWhoeverSharedIt() {
        MessageReference message = nodes.send(MA, ES, handling(MA), text("An account in Bilbao."), Optional.empty());
        SignedMessage original = nodes.exchange(ES).received(MA, message.id()).orElseThrow();
        MessageReference order = nodes.send(
                MA,
                ES,
                handling(MA),
                new Order(Order.Kind.PURGE, message, "By whoever has the key.", Optional.empty()).toContent(),
                Optional.empty(),
                Lane.CONTROL);
        SignedMessage ordered = nodes.exchange(ES).received(MA, order.id()).orElseThrow();
        Reading.Said before = shared(original);
        assertThat(before.custody().unlisted()).isEmpty();

        MemberKeys unused = nodes.network.renew(MA, false);
        nodes.network.teach(nodes.node(MA), nodes.node(ES), nodes.node(XK));
        Reading.Said after = shared(original);

        assertThat(after.custody().enclosedWritten()).isPresent();
        assertThat(after.custody().unlisted()).containsExactly(MA);
        ForeignData.TakenOut printed = nodes.node(XK)
                .service(ForeignData.class)
                .takeOut(PABLO, after.entry().conversation(), after.entry().id(), Act.PRINT, commands -> "");
        assertThat(printed.unlisted()).containsExactly(MA);
        // No order is obeyed so.
        MessageReference passed = nodes.send(
                ES,
                XK,
                ordered.message().handling(),
                ordered.message().content(),
                Optional.of(ordered.signed()),
                Lane.CONTROL);
        assertThat(nodes.exchange(ES).sent(passed.id()).orElseThrow().reason()).contains("certificate-not-listed");
        // It came while the list still named the key: our own record is the independent date.
        int moved = nodes.sql(XK)
                .update(
                        "update bureau.message set at = ? where id = ?",
                        nodes.network
                                .chain()
                                .get(0)
                                .roster()
                                .issued()
                                .plusMillis(500)
                                .atOffset(ZoneOffset.UTC),
                        before.entry().id());
        assertThat(moved).isEqualTo(1);
        assertThat(nodes.node(XK)
                        .service(Reading.class)
                        .view(PABLO, before.entry().conversation())
                        .said())
                .allSatisfy(each -> assertThat(each.custody().unlisted()).isEmpty());
    }
}
