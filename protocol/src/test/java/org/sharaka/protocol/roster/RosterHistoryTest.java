package org.sharaka.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;

class RosterHistoryTest {
    private static final MemberId SONDONESIA = new MemberId("xn-ncb");
    private static final Instant LATER = NOON.plus(Duration.ofDays(40));

    private final Network network = new Network();
    private final RosterHistory founded = network.founded(SYLDAVIA, BORDURIA, KHEMED);
    private final Roster first = founded.current();

    @Test
    void foundingNeedsEveryFounderAndTheAgreedHash() {
        Refused.with(
                Refusal.ROSTER_TOO_FEW_SIGNATURES,
                () -> RosterHistory.found(network.signed(first, SYLDAVIA, BORDURIA), first.hash(), NOON));
        Refused.with(
                Refusal.ROSTER_NOT_PINNED,
                () -> RosterHistory.found(
                        network.signed(first, SYLDAVIA, BORDURIA, KHEMED), Hash.of(new byte[0]), NOON));
    }

    @Test
    void aRosterReadsAsItWasWritten() {
        SignedRoster signed = founded.signed().get(0);

        SignedRoster read = SignedRoster.parse(signed.encoded());

        assertThat(read.roster()).isEqualTo(first);
        assertThat(read.encoded()).isEqualTo(signed.encoded());
        assertThat(read.signersFrom(first)).containsExactly(BORDURIA, KHEMED, SYLDAVIA);
    }

    @Test
    void moreThanHalfOfTheMembersAdmitAnother() {
        Roster next = admitting(SONDONESIA);

        RosterHistory grown = founded.accept(network.signed(next, SYLDAVIA, KHEMED, SONDONESIA), LATER);

        assertThat(grown.current().member(SONDONESIA)).isPresent();
        assertThat(grown.named(1, first.hash())).map(SignedRoster::roster).contains(first);
        assertThat(grown.newerThan(1)).hasSize(1);
    }

    @Test
    void theOldMembersAreAskedAndNotOnlyTheNew() {
        Roster next = admitting(SONDONESIA);

        Refused.with(
                Refusal.ROSTER_TOO_FEW_SIGNATURES,
                () -> founded.accept(network.signed(next, SYLDAVIA, SONDONESIA), LATER));
    }

    @Test
    void theNewMembersAreAskedAndNotOnlyTheOld() {
        Roster two = Network.after(first, List.of(network.bureau(SYLDAVIA), network.bureau(SONDONESIA)));

        Refused.with(
                Refusal.ROSTER_TOO_FEW_SIGNATURES,
                () -> founded.accept(network.signed(two, SYLDAVIA, BORDURIA, KHEMED), LATER));
    }

    @Test
    void aSignatureByAStrangerSpoilsTheRoster() {
        Roster next = Network.after(first, first.members());

        Refused.with(
                Refusal.ROSTER_STRANGER_SIGNED,
                () -> founded.accept(network.signed(next, SYLDAVIA, BORDURIA, SONDONESIA), LATER));
    }

    @Test
    void membersWithoutAVoteCannotSign() {
        Member secretariat = network.member(SONDONESIA, Role.SECRETARIAT, Status.ACTIVE);
        RosterHistory grown =
                founded.accept(network.signed(Network.after(first, with(secretariat)), SYLDAVIA, BORDURIA), LATER);
        Roster next = Network.after(grown.current(), grown.current().members());

        Refused.with(
                Refusal.ROSTER_STRANGER_SIGNED,
                () -> grown.accept(network.signed(next, SYLDAVIA, BORDURIA, SONDONESIA), LATER));
    }

    @Test
    void anotherKeyOfTheSameMemberDoesNotSignRosters() {
        Roster next = Network.after(first, first.members());
        SignedRoster signed = network.signed(next, SYLDAVIA)
                .sign(BORDURIA, network.keys(BORDURIA).of(KeyUse.SIGNING), network.profile);

        Refused.with(Refusal.ROSTER_STRANGER_SIGNED, () -> founded.accept(signed, LATER));
    }

    @Test
    void aSignatureOverAnotherRosterIsWrong() {
        Roster next = Network.after(first, first.members());
        Roster other = admitting(SONDONESIA);
        SignedRoster moved =
                new SignedRoster(next, network.signed(other, SYLDAVIA, BORDURIA).signatures());

        Refused.with(Refusal.SIGNATURE_WRONG, () -> founded.accept(moved, LATER));
    }

    @Test
    void anOlderRosterIsARollbackAndTheSameOneIsKnown() {
        SignedRoster second = network.signed(Network.after(first, first.members()), SYLDAVIA, BORDURIA);
        RosterHistory grown = founded.accept(second, LATER);
        Roster unseen =
                Network.roster(3, Optional.of(first.hash()), first.issued().plus(Duration.ofDays(2)), first.members());
        RosterHistory skipped = founded.accept(network.signed(unseen, SYLDAVIA, BORDURIA), LATER);

        assertThat(grown.accept(second, LATER)).isSameAs(grown);
        assertThat(grown.accept(founded.signed().get(0), LATER)).isSameAs(grown);
        Refused.with(Refusal.ROSTER_ROLLED_BACK, () -> skipped.accept(second, LATER));
    }

    @Test
    void aForkIsRefusedAndWhoSignedBothIsNamed() {
        Roster one = Network.after(first, first.members());
        Roster other = admitting(SONDONESIA);
        RosterHistory grown = founded.accept(network.signed(one, SYLDAVIA, BORDURIA), LATER);
        SignedRoster fork = network.signed(other, BORDURIA, KHEMED);

        Refused.with(Refusal.ROSTER_FORKED, () -> grown.accept(fork, LATER));
        Equivocation proof = grown.equivocation(fork).orElseThrow();
        assertThat(proof.members()).containsExactly(BORDURIA);
        assertThat(Equivocation.parse(proof.encoded(), first).members()).containsExactly(BORDURIA);
    }

    /** As a node that has just taken what is in force takes another that follows the same one. */
    private static RosterHistory take(RosterHistory history, SignedRoster... all) {
        RosterHistory taken = history;
        for (SignedRoster each : all) taken = taken.accept(each, LATER, decided -> false);
        return taken;
    }

    /** The second, fully signed although those who signed it believed it dead; the third, which all meant; the fourth that followed the second. */
    private final SignedRoster second = network.signed(admitting(SONDONESIA), SYLDAVIA, BORDURIA, SONDONESIA);

    private final SignedRoster third = network.signed(numbered(3, first, first.members()), BORDURIA, KHEMED);
    private final SignedRoster fourth =
            network.signed(numbered(4, second.roster(), second.roster().members()), SYLDAVIA, KHEMED, SONDONESIA);

    private static Roster numbered(long version, Roster before, List<Member> members) {
        return Network.roster(
                version, Optional.of(before.hash()), before.issued().plus(Duration.ofDays(1)), members);
    }

    @Test
    void ofTwoThatFollowTheSameOneTheHigherNumberCountsWhicheverCameFirst() {
        RosterHistory lowFirst = take(founded, second, third);
        RosterHistory highFirst = take(founded, third, second);

        for (RosterHistory each : List.of(lowFirst, highFirst)) {
            assertThat(each.current()).isEqualTo(third.roster());
            assertThat(each.signed()).containsExactly(founded.signed().get(0), third);
            assertThat(each.named(2, second.roster().hash())).contains(second);
            assertThat(each.newerThan(1)).containsExactly(second, third);
        }
        assertThat(lowFirst.setAsideOf(take(founded, second))).containsExactly(second.roster());
        assertThat(highFirst.setAsideOf(take(founded, third))).isEmpty();
    }

    @Test
    void whatIsSetAsideGoesWithAllThatFollowedItAndIsNoNewsAfterwards() {
        RosterHistory went = take(founded, second, fourth);
        Refused.with(
                Refusal.ROSTER_WRONGLY_CHAINED, () -> take(founded, third).accept(fourth, LATER, decided -> false));

        RosterHistory there = take(went, third);
        RosterHistory here = take(founded, third, second, fourth);

        for (RosterHistory each : List.of(there, here)) {
            assertThat(each.current()).isEqualTo(third.roster());
            assertThat(each.named(4, fourth.roster().hash())).isPresent();
            assertThat(each.accept(second, LATER)).isSameAs(each);
            assertThat(each.accept(fourth, LATER)).isSameAs(each);
        }
        assertThat(there.setAsideOf(went)).containsExactly(second.roster(), fourth.roster());
        SignedRoster fifth = network.signed(numbered(5, third.roster(), first.members()), SYLDAVIA, BORDURIA);
        SignedRoster astray =
                network.signed(numbered(6, fourth.roster(), fourth.roster().members()), SYLDAVIA, KHEMED, SONDONESIA);
        assertThat(take(there, fifth, astray).current()).isEqualTo(fifth.roster());
    }

    @Test
    void whatWasDecidedLongAgoIsNotSetAside() {
        RosterHistory went = take(founded, second, fourth);
        RosterHistory there = take(went, third);
        SignedRoster astray =
                network.signed(numbered(6, fourth.roster(), fourth.roster().members()), SYLDAVIA, KHEMED, SONDONESIA);
        SignedRoster last = network.signed(numbered(9, first, first.members()), SYLDAVIA, BORDURIA, KHEMED);

        Refused.with(Refusal.ROSTER_ROLLED_BACK, () -> went.accept(third, LATER));
        Refused.with(Refusal.ROSTER_WRONGLY_CHAINED, () -> went.accept(last, LATER, second.roster()::equals));
        Refused.with(Refusal.ROSTER_WRONGLY_CHAINED, () -> there.accept(astray, LATER, third.roster()::equals));
        assertThat(went.accept(last, LATER, fourth.roster()::equals).current()).isEqualTo(last.roster());
    }

    /** Of a forger with fewer keys than those who voted in the one that both follow from. */
    @Test
    void whoForgesAHigherOneNeedsTheVotersOfTheOneThatItReplaces() {
        RosterHistory went = take(founded, second, fourth);
        Roster coup = numbered(99, first, List.of(network.bureau(SYLDAVIA)));
        Roster elsewhere = numbered(99, numbered(98, first, first.members()), first.members());
        Roster early = Network.roster(99, Optional.of(first.hash()), first.issued(), first.members());

        Refused.with(Refusal.ROSTER_TOO_FEW_SIGNATURES, () -> take(went, network.signed(coup, SYLDAVIA)));
        Refused.with(Refusal.ROSTER_STRANGER_SIGNED, () -> take(went, network.signed(coup, SYLDAVIA, SONDONESIA)));
        for (Roster wrong : List.of(elsewhere, early))
            Refused.with(
                    Refusal.ROSTER_WRONGLY_CHAINED,
                    () -> take(went, network.signed(wrong, SYLDAVIA, BORDURIA, KHEMED)));
        assertThat(went.current()).isEqualTo(fourth.roster());
    }

    @Test
    void whoSignedOneNumberInTwoBranchesIsNamed() {
        RosterHistory went = take(founded, second, fourth);
        SignedRoster other = network.signed(
                Network.roster(4, Optional.of(first.hash()), first.issued().plus(Duration.ofDays(5)), first.members()),
                BORDURIA,
                KHEMED);

        assertThat(went.equivocation(other).orElseThrow().members()).containsExactly(KHEMED);
        assertThat(take(went, other).current()).isEqualTo(other.roster());
        assertThat(went.equivocation(third)).isEmpty();
    }

    @Test
    void aCertificateThatSomebodyMadeUpAccusesNobody() {
        Roster one = Network.after(first, first.members());
        SignedRoster known = network.signed(one, SYLDAVIA, BORDURIA);
        RosterHistory grown = founded.accept(known, LATER);
        OwnKey honest = network.keys(BORDURIA).of(KeyUse.ROSTER);
        OwnKey madeUp = network.replaceKey(BORDURIA, KeyUse.ROSTER);
        Roster forged = Network.after(first, Network.replace(first.members(), network.bureau(BORDURIA)));
        SignedRoster inItsName = SignedRoster.unsigned(forged).sign(BORDURIA, madeUp, network.profile);
        SignedRoster alsoOnTheOther = new SignedRoster(one, known.signatures()).sign(BORDURIA, madeUp, network.profile);

        assertThat(grown.equivocation(inItsName)).isEmpty();
        assertThat(Equivocation.find(alsoOnTheOther, inItsName, first)).isEmpty();
        Refused.with(
                Refusal.EQUIVOCATION_NOT_PROVED,
                () -> Equivocation.parse(
                        new Equivocation(alsoOnTheOther, inItsName, java.util.Set.of(BORDURIA)).encoded(), first));
        // Its own key names it.
        SignedRoster twice = SignedRoster.unsigned(forged).sign(BORDURIA, honest, network.profile);
        assertThat(grown.equivocation(twice).orElseThrow().members()).containsExactly(BORDURIA);
    }

    @Test
    void nobodyIsAccusedByRostersThatNobodySignedTwice() {
        Roster one = Network.after(first, first.members());
        SignedRoster half = network.signed(one, SYLDAVIA);
        SignedRoster other = network.signed(admitting(SONDONESIA), BORDURIA);

        assertThat(Equivocation.find(half, other, first)).isEmpty();
        assertThat(Equivocation.find(half, network.signed(one, SYLDAVIA), first))
                .isEmpty();
        Refused.with(
                Refusal.EQUIVOCATION_NOT_PROVED,
                () -> Equivocation.parse(new Equivocation(half, other, java.util.Set.of(SYLDAVIA)).encoded(), first));
    }

    @Test
    void aRosterThatFollowsFromAnotherIsWronglyChained() {
        Roster elsewhere = Network.roster(
                2, Optional.of(Hash.of(new byte[] {1})), first.issued().plus(Duration.ofDays(1)), first.members());
        Roster unchained =
                Network.roster(2, Optional.empty(), first.issued().plus(Duration.ofDays(1)), first.members());
        Roster backInTime =
                Network.roster(2, Optional.of(first.hash()), first.issued().minusSeconds(1), first.members());

        for (Roster wrong : List.of(elsewhere, unchained, backInTime))
            Refused.with(
                    Refusal.ROSTER_WRONGLY_CHAINED,
                    () -> founded.accept(network.signed(wrong, SYLDAVIA, BORDURIA, KHEMED), LATER));
    }

    @Test
    void aRosterOfTheFutureWaits() {
        Roster next = Network.after(first, first.members());

        Refused.with(
                Refusal.ROSTER_NOT_YET_ISSUED,
                () -> founded.accept(
                        network.signed(next, SYLDAVIA, BORDURIA), next.issued().minus(Duration.ofMinutes(6))));
    }

    @Test
    void exchangeGoesOnThroughTheGraceAndThenStops() {
        Instant graceEnds = first.expires().plus(Duration.ofDays(first.graceDays()));

        assertThat(first.validityAt(first.expires())).isEqualTo(Roster.Validity.IN_FORCE);
        assertThat(first.validityAt(first.expires().plusMillis(1))).isEqualTo(Roster.Validity.IN_GRACE);
        assertThat(founded.usableAt(graceEnds)).isEqualTo(first);
        Refused.with(Refusal.ROSTER_EXPIRED, () -> founded.usableAt(graceEnds.plusMillis(1)));
    }

    @Test
    void anExpiredRosterIsStillTheWayToItsSuccessor() {
        Instant longAfter = first.expires().plus(Duration.ofDays(100));
        RosterHistory grown =
                founded.accept(network.signed(Network.after(first, first.members()), SYLDAVIA, BORDURIA), longAfter);
        Roster today = Network.roster(3, Optional.of(grown.current().hash()), longAfter, first.members());

        RosterHistory caughtUp = grown.accept(network.signed(today, KHEMED, BORDURIA), longAfter);

        assertThat(caughtUp.usableAt(longAfter).version()).isEqualTo(3);
    }

    @Test
    void aProposalThatDiedBurnsItsNumberAndTheNextOneSucceeds() {
        Roster third =
                Network.roster(3, Optional.of(first.hash()), first.issued().plus(Duration.ofDays(1)), first.members());

        assertThat(founded.accept(network.signed(third, SYLDAVIA, KHEMED), LATER)
                        .current())
                .isEqualTo(third);
    }

    @Test
    void theRosterOfAnyDayIsFound() {
        RosterHistory grown =
                founded.accept(network.signed(Network.after(first, first.members()), SYLDAVIA, BORDURIA), LATER);

        assertThat(grown.inForceAt(first.issued().minusMillis(1))).isEmpty();
        assertThat(grown.inForceAt(first.issued())).contains(first);
        assertThat(grown.inForceAt(LATER)).contains(grown.current());
    }

    // Rehearsals: what the members do when a key is renewed, lost or stolen.

    @Test
    void aRosterKeyIsRenewedByTheOldAndTheNewKey() {
        OwnKey old = network.keys(SYLDAVIA).of(KeyUse.ROSTER);
        OwnKey fresh = network.replaceKey(SYLDAVIA, KeyUse.ROSTER);
        Roster next = Network.after(first, Network.replace(first.members(), network.bureau(SYLDAVIA)));
        SignedRoster signed = SignedRoster.unsigned(next)
                .sign(SYLDAVIA, old, network.profile)
                .sign(SYLDAVIA, fresh, network.profile)
                .sign(BORDURIA, network.keys(BORDURIA).of(KeyUse.ROSTER), network.profile);

        RosterHistory rotated = founded.accept(signed, LATER);

        Roster third = Network.after(next, next.members());
        SignedRoster byOldKey = network.signed(third, BORDURIA).sign(SYLDAVIA, old, network.profile);
        Refused.with(Refusal.ROSTER_STRANGER_SIGNED, () -> rotated.accept(byOldKey, LATER));
        assertThat(rotated.accept(network.signed(third, BORDURIA, SYLDAVIA), LATER)
                        .current())
                .isEqualTo(third);
    }

    @Test
    void aLostRosterKeyIsReplacedByTheOthers() {
        network.replaceKey(SYLDAVIA, KeyUse.ROSTER);
        Roster next = Network.after(first, Network.replace(first.members(), network.bureau(SYLDAVIA)));

        assertThat(founded.accept(network.signed(next, BORDURIA, KHEMED), LATER).current())
                .isEqualTo(next);
    }

    @Test
    void aStolenRosterKeyAloneChangesNothing() {
        Roster coup = Network.after(first, List.of(network.bureau(SYLDAVIA)));

        Refused.with(Refusal.ROSTER_TOO_FEW_SIGNATURES, () -> founded.accept(network.signed(coup, SYLDAVIA), LATER));
    }

    @Test
    void whenTooManyKeysAreLostTheMembersFoundAnewAndCompareTheHashAgain() {
        network.replaceKey(SYLDAVIA, KeyUse.ROSTER);
        network.replaceKey(BORDURIA, KeyUse.ROSTER);
        Roster anew = Network.roster(
                2,
                Optional.of(first.hash()),
                NOON,
                List.of(network.bureau(SYLDAVIA), network.bureau(BORDURIA), network.bureau(KHEMED)));
        SignedRoster signed = network.signed(anew, SYLDAVIA, BORDURIA, KHEMED);

        Refused.with(Refusal.ROSTER_STRANGER_SIGNED, () -> founded.accept(signedByLostKeysOnly(anew), LATER));
        Refused.with(Refusal.ROSTER_TOO_FEW_SIGNATURES, () -> founded.accept(signed, LATER));
        assertThat(RosterHistory.found(signed, anew.hash(), LATER).current()).isEqualTo(anew);
    }

    private SignedRoster signedByLostKeysOnly(Roster anew) {
        return network.signed(anew, SYLDAVIA, BORDURIA, KHEMED)
                .sign(SYLDAVIA, network.newKey(SYLDAVIA, KeyUse.ROSTER), network.profile);
    }

    @Test
    void aMemberNeverSignsTwoRostersOfOneVersion() {
        Roster one = Network.after(first, first.members());
        Roster other = admitting(SONDONESIA);
        SigningLog log =
                SigningLog.parse(SigningLog.empty().with(first).with(one).encoded());

        assertThat(log.with(one)).isEqualTo(log);
        Refused.with(Refusal.ROSTER_FORKED, () -> log.with(other));
    }

    @Test
    void whoSignsASecondOneThatFollowsTheSameIsTold() {
        SigningLog log = SigningLog.parse(
                SigningLog.empty().with(first).with(second.roster()).encoded());

        assertThat(log.besides(third.roster())).containsExactly(2L);
        assertThat(log.besides(second.roster())).isEmpty();
        assertThat(log.besides(fourth.roster())).isEmpty();
        // Earlier releases noted no predecessor.
        SigningLog early = SigningLog.parse(("2 " + second.roster().hash() + "\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(early.besides(third.roster())).isEmpty();
        Refused.with(Refusal.ROSTER_FORKED, () -> early.with(Network.after(first, first.members())));
    }

    @Test
    void aLogHasOneNameAndNoOtherMembersAndARenewedKeyKeepsIt() {
        Member bureau = network.bureau(SYLDAVIA);
        NoteKey fresh = NoteSigner.of(
                        NoteSigner.newSeed(network.random),
                        bureau.logKeys().get(0).name(),
                        NoteKey.Type.ED25519)
                .key();
        NoteKey otherName = NoteSigner.of(NoteSigner.newSeed(network.random), "another/audit", NoteKey.Type.ED25519)
                .key();
        NoteKey borduriasName = NoteSigner.of(
                        NoteSigner.newSeed(network.random),
                        network.bureau(BORDURIA).logKeys().get(0).name(),
                        NoteKey.Type.COSIGNATURE)
                .key();

        Roster renewed = Network.after(
                first, with(withKeys(bureau, List.of(bureau.logKeys().get(0), fresh), bureau.cosignerKeys())));
        assertThat(founded.accept(network.signed(renewed, SYLDAVIA, BORDURIA), LATER)
                        .current())
                .isEqualTo(renewed);
        Refused.with(
                Refusal.ROSTER_UNSOUND,
                () -> withKeys(bureau, List.of(bureau.logKeys().get(0), otherName), bureau.cosignerKeys()));
        Refused.with(
                Refusal.ROSTER_UNSOUND,
                () -> Network.after(first, with(withKeys(bureau, bureau.logKeys(), List.of(borduriasName)))));
    }

    private static Member withKeys(Member member, List<NoteKey> logKeys, List<NoteKey> cosignerKeys) {
        return new Member(
                member.id(),
                member.country(),
                member.names(),
                member.role(),
                member.status(),
                member.endpoints(),
                member.certificates(),
                logKeys,
                cosignerKeys);
    }

    @Test
    void certificatesThatEndSoonAreNamedInTime() {
        assertThat(first.expiringWithin(Duration.ofDays(30), NOON)).isEmpty();
        assertThat(first.expiringWithin(Duration.ofDays(901), NOON))
                .hasSize(12)
                .contains(new Roster.Expiring(SYLDAVIA, KeyUse.TLS, NOON.plus(Duration.ofDays(900))));
    }

    @Test
    void rulesForRostersAreKept() {
        Member syldavia = network.bureau(SYLDAVIA);
        Member twin = new Member(
                SONDONESIA,
                syldavia.country(),
                syldavia.names(),
                Role.BUREAU,
                Status.ACTIVE,
                List.of(),
                network.bureau(SONDONESIA).certificates(),
                List.of(),
                List.of());
        Member sameKeys = new Member(
                SONDONESIA,
                Optional.of("XN"),
                syldavia.names(),
                Role.BUREAU,
                Status.ACTIVE,
                List.of(),
                syldavia.certificates(),
                List.of(),
                List.of());

        Refused.with(Refusal.ROSTER_UNSOUND, () -> Network.after(first, with(twin)));
        Refused.with(Refusal.ROSTER_UNSOUND, () -> Network.after(first, with(sameKeys)));
        Refused.with(Refusal.ROSTER_UNSOUND, () -> withThreshold(1));
        Refused.with(Refusal.ROSTER_UNSOUND, () -> withThreshold(4));
        assertThat(withThreshold(2).threshold()).isEqualTo(2);
    }

    private Roster withThreshold(int threshold) {
        return new Roster(
                2, Optional.of(first.hash()), NOON, NOON.plus(Duration.ofDays(1)), 0, threshold, first.members());
    }

    private Roster admitting(MemberId member) {
        return Network.after(first, with(network.bureau(member)));
    }

    private List<Member> with(Member member) {
        return Network.replace(first.members(), member);
    }
}
