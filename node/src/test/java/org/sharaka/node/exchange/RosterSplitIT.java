package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.handling;
import static org.sharaka.node.originator.ThreeBureaux.text;
import static org.sharaka.node.platform.Eventually.await;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.assembly.Learned;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.node.originator.ThreeBureaux;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.SignedRoster;

/** Members believed a list dead and signed another; somebody kept the first and showed it to one of two nodes. */
class RosterSplitIT {
    private ThreeBureaux nodes;

    @BeforeEach
    void start() {
        nodes = new ThreeBureaux();
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    private void shown(MemberId to, SignedRoster roster) {
        Learned learned = nodes.node(to).service(Rosters.class).learn(roster.encoded(), Optional.empty());
        assertThat(learned.isNew()).isTrue();
    }

    private Roster inForce(MemberId at) {
        return nodes.node(at).service(Rosters.class).current();
    }

    @Test
    void nodesThatWereShownDifferentListsGoByTheSameOneOnceTheySpeak() {
        Roster first = nodes.network.current().roster();
        SignedRoster second = nodes.network.signedBy(TestNetwork.numbered(2, first), MA, ES, ThreeBureaux.AWAY);
        SignedRoster fourth =
                nodes.network.signedBy(TestNetwork.numbered(4, second.roster()), MA, ES, ThreeBureaux.AWAY);
        SignedRoster third = nodes.network.signedBy(TestNetwork.numbered(3, first), MA, XK, ThreeBureaux.AWAY);
        shown(ES, second);
        shown(ES, fourth);
        shown(MA, third);

        // Each names the list by which it goes.
        MessageReference there = nodes.send(MA, ES, handling(MA), text("Under the third."), Optional.empty());
        MessageReference back = nodes.send(ES, MA, handling(ES), text("Under what then counts."), Optional.empty());

        await(
                "one list",
                () -> inForce(ES).equals(third.roster()) && inForce(MA).equals(third.roster()));
        assertThat(nodes.exchange(ES).received(MA, there.id())).isPresent();
        assertThat(nodes.exchange(MA).received(ES, back.id())).isPresent();
        assertThat(nodes.node(MA)
                        .service(Rosters.class)
                        .history()
                        .named(2, second.roster().hash()))
                .isPresent();
    }

    @Test
    void whatWasSentUnderTheListThatIsSetAsideArrivesAllTheSame() {
        Roster first = inForce(XK);
        SignedRoster lower =
                nodes.network.signedBy(TestNetwork.numbered(first.version() + 10, first), MA, ES, ThreeBureaux.AWAY);
        SignedRoster higher =
                nodes.network.signedBy(TestNetwork.numbered(first.version() + 11, first), MA, XK, ThreeBureaux.AWAY);
        shown(ES, lower);
        MessageReference message = nodes.send(ES, XK, handling(ES), text("Under the lower."), Optional.empty());
        assertThat(nodes.exchange(XK).received(ES, message.id())).isPresent();

        shown(XK, higher);
        await("one list", () -> {
            var unused = nodes.send(XK, ES, handling(XK), text("Now."), Optional.empty());
            return inForce(ES).equals(higher.roster());
        });
        assertThat(nodes.exchange(XK)
                        .received(ES, message.id())
                        .orElseThrow()
                        .message()
                        .header()
                        .roster()
                        .hash())
                .isEqualTo(lower.roster().hash());
    }
}
