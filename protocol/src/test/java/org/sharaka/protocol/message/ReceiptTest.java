package org.sharaka.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.Status;
import org.sharaka.protocol.tree.TreeHead;

class ReceiptTest {
    private final Network network = new Network();
    private final RosterHistory rosters = network.founded(SYLDAVIA, BORDURIA, KHEMED);
    private final Roster roster = rosters.current();
    private final SignedMessage message = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster));

    @Test
    void everyStateReadsAsItWasSigned() {
        ReceiptBatch batch = batch(
                BORDURIA,
                SYLDAVIA,
                List.of(
                        Receipt.delivered(message.reference(), NOON),
                        Receipt.accepted(message.reference(), NOON),
                        Receipt.refused(message.reference(), Refusal.EXPIRED, NOON),
                        Receipt.acted(message.reference(), Optional.of("Account frozen."), NOON),
                        Receipt.skipped(
                                message.reference(), message.message().header().position(), NOON)));

        assertThat(open(sign(batch))).isEqualTo(batch);
        assertThat(batch.carriesText()).isTrue();
        assertThat(batch(BORDURIA, SYLDAVIA, List.of(Receipt.delivered(message.reference(), NOON)))
                        .carriesText())
                .isFalse();
    }

    @Test
    void receiptsOfAnotherOrForAnotherAreRefused() {
        byte[] inBorduriasName =
                batch(BORDURIA, SYLDAVIA, some()).sign(network.keys(KHEMED).of(KeyUse.SIGNING), network.profile);
        byte[] toKhemed = sign(batch(BORDURIA, KHEMED, some()));

        Refused.with(Refusal.CERTIFICATE_NOT_LISTED, () -> open(inBorduriasName));
        Refused.with(Refusal.NOT_ADDRESSED_TO_US, () -> open(toKhemed));
    }

    @Test
    void oldReceiptsVerifyAgainstTheRosterOfTheirDay() {
        byte[] signed = sign(batch(BORDURIA, SYLDAVIA, some()));
        Roster next = Network.after(
                roster,
                Network.replace(
                        roster.members(), roster.member(BORDURIA).orElseThrow().with(Status.DEPARTED)));
        Reader later = new Reader(
                network.profile, rosters.accept(network.signed(next, SYLDAVIA, KHEMED), NOON.plus(Duration.ofDays(2))));

        assertThat(later.verifyKeptReceipts(signed).receipts()).hasSize(1);
        Refused.with(
                Refusal.SENDER_NOT_ACTIVE, () -> later.openReceipts(signed, SYLDAVIA, NOON.plus(Duration.ofDays(2))));
    }

    @Test
    void aReceiptOfImpossibleShapeDoesNotExist() {
        MessageReference reference = message.reference();
        Refused.with(
                Refusal.FIELD_WRONG,
                () -> new Receipt(
                        reference, Receipt.State.REFUSED, NOON, Optional.empty(), Optional.empty(), Optional.empty()));
        Refused.with(
                Refusal.FIELD_WRONG,
                () -> new Receipt(
                        reference,
                        Receipt.State.DELIVERED,
                        NOON,
                        Optional.empty(),
                        Optional.of("words"),
                        Optional.empty()));
        for (String words : List.of("", "x".repeat(4_001)))
            Refused.with(Refusal.FIELD_WRONG, () -> Receipt.acted(reference, Optional.of(words), NOON));
    }

    @Test
    void s18ThatSomebodyActedIsSaidWithoutASentenceToo() {
        ReceiptBatch batch =
                batch(BORDURIA, SYLDAVIA, List.of(Receipt.acted(message.reference(), Optional.empty(), NOON)));

        assertThat(open(sign(batch))).isEqualTo(batch);
        assertThat(batch.carriesText()).isFalse();
    }

    @Test
    void aBatchIsNeitherEmptyNorEndless() {
        Refused.with(Refusal.FIELD_MISSING, () -> batch(BORDURIA, SYLDAVIA, List.of()));
        Refused.with(
                Refusal.TOO_MANY,
                () -> batch(BORDURIA, SYLDAVIA, Collections.nCopies(Limits.RECEIPTS_PER_BATCH + 1, some().get(0))));
    }

    @Test
    void anEpochIsOpenedByItsMemberAlone() {
        NoteSigner log = network.keys(BORDURIA).log();
        EpochOpening opening = new EpochOpening(
                BORDURIA,
                2,
                NOON,
                RosterReference.to(roster),
                TreeHead.EMPTY,
                NOON.minus(Duration.ofDays(1)),
                Optional.of(log.sign(new Checkpoint(log.key().name(), TreeHead.EMPTY, List.of()))));
        byte[] own = opening.sign(network.keys(BORDURIA).of(KeyUse.SIGNING), network.profile);
        byte[] forged = opening.sign(network.keys(KHEMED).of(KeyUse.SIGNING), network.profile);
        Reader reader = new Reader(network.profile, rosters);

        EpochOpening read = reader.openEpoch(own, NOON);

        assertThat(read.epoch()).isEqualTo(2);
        assertThat(read.restored()).isEqualTo(TreeHead.EMPTY);
        assertThat(read.lastCosigned().orElseThrow().encoded())
                .isEqualTo(opening.lastCosigned().orElseThrow().encoded());
        Refused.with(Refusal.CERTIFICATE_NOT_LISTED, () -> reader.openEpoch(forged, NOON));
    }

    @Test
    void anEpochGoesBeforeAnySequence() {
        Position before = message.message().header().position();
        Position after = new Position(before.conversation(), before.lane(), before.epoch() + 1, 1);

        assertThat(before.next()).isLessThan(after).isGreaterThan(before);
    }

    private List<Receipt> some() {
        return List.of(Receipt.accepted(message.reference(), NOON));
    }

    private ReceiptBatch batch(MemberId from, MemberId to, List<Receipt> receipts) {
        return new ReceiptBatch(from, to, NOON, RosterReference.to(roster), receipts);
    }

    private byte[] sign(ReceiptBatch batch) {
        return batch.sign(network.keys(batch.from()).of(KeyUse.SIGNING), network.profile);
    }

    private ReceiptBatch open(byte[] signed) {
        return new Reader(network.profile, rosters).openReceipts(signed, SYLDAVIA, NOON);
    }
}
