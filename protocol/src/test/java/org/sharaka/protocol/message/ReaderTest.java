package org.sharaka.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.Status;

class ReaderTest {
    private final Network network = new Network();
    private final RosterHistory rosters = network.founded(SYLDAVIA, BORDURIA, KHEMED);
    private final Roster roster = rosters.current();

    @Test
    void aSealedMessageArrivesAsItWasSigned() {
        SignedMessage signed = aLetter();

        SignedMessage opened =
                open(SealedMessage.parse(Letters.seal(network, signed).encoded()));

        assertThat(opened.message()).isEqualTo(signed.message());
        assertThat(opened.hash()).isEqualTo(signed.hash());
    }

    @Test
    void aRetrySealsAnewAndKeepsTheIdentity() {
        SignedMessage signed = aLetter();
        SealedMessage first = Letters.seal(network, signed);
        SealedMessage second = Letters.seal(network, signed);

        assertThat(first.content()).isNotEqualTo(second.content());
        assertThat(open(first).hash()).isEqualTo(open(second).hash());
    }

    @Test
    void severalMessagesFollowOneAnotherOnTheWire() {
        byte[] one = Letters.seal(network, aLetter()).encoded();
        byte[] two = Letters.seal(network, aLetter()).encoded();
        ByteBuffer wire =
                ByteBuffer.allocate(one.length + two.length).put(one).put(two).flip();

        assertThat(open(SealedMessage.read(wire)).hash())
                .isNotEqualTo(open(SealedMessage.read(wire)).hash());
        assertThat(wire.hasRemaining()).isFalse();
    }

    @Test
    void whatIsSealedToAnotherIsNotOpened() {
        SealedMessage sealed = Letters.seal(network, aLetter());

        Refused.with(Refusal.NOT_SEALED_TO_US, () -> reader().open(sealed, BORDURIA, ours(KHEMED), NOON));
    }

    @Test
    void aMessageToAnotherIsRefusedEvenIfItsRecipientSealedItAnewToUs() {
        SignedMessage toBorduria = aLetter();
        byte[] resealed = network.profile.seal(toBorduria.signed().der(), Letters.sealing(network, KHEMED));

        Refused.with(Refusal.HEADER_MISMATCH, () -> reader().open(
                        wrapped(toBorduria, KHEMED, resealed), KHEMED, ours(KHEMED), NOON));
    }

    @Test
    void aClearHeaderUnlikeTheSignedOneIsRefused() {
        SignedMessage signed = aLetter();
        byte[] content = Letters.seal(network, signed).content();
        Header header = signed.message().header();
        for (ClearHeader lie : List.of(
                clear(MessageId.random(network.random), SYLDAVIA, header.sent(), content),
                clear(header.id(), KHEMED, header.sent(), content),
                clear(header.id(), SYLDAVIA, header.sent().plusMillis(1), content)))
            Refused.with(Refusal.HEADER_MISMATCH, () -> open(SealedMessage.parse(wire(lie, content))));
    }

    @Test
    void aContentUnlikeItsHashIsRefusedUnopened() {
        byte[] wire = Letters.seal(network, aLetter()).encoded();
        wire[wire.length - 1] ^= 1;

        Refused.with(Refusal.HEADER_MISMATCH, () -> SealedMessage.parse(wire));
    }

    @Test
    void aBrokenSealIsRefused() {
        SignedMessage signed = aLetter();
        byte[] content = Letters.seal(network, signed).content();
        content[content.length - 1] ^= 1;

        Refused.with(Refusal.SEAL_BROKEN, () -> open(wrapped(signed, BORDURIA, content)));
    }

    @Test
    void aMessageThatAnotherSignedInTheSendersNameIsRefused() {
        Message inSyldaviasName = Letters.letter(network, SYLDAVIA, BORDURIA, roster);
        SignedMessage forged =
                SignedMessage.sign(inSyldaviasName, network.keys(KHEMED).of(KeyUse.SIGNING), network.profile);

        Refused.with(Refusal.CERTIFICATE_NOT_LISTED, () -> open(Letters.seal(network, forged)));
    }

    @Test
    void aKeyOfAnotherUseSignsNothing() {
        Message message = Letters.letter(network, SYLDAVIA, BORDURIA, roster);
        SignedMessage signed =
                SignedMessage.sign(message, network.keys(SYLDAVIA).of(KeyUse.TLS), network.profile);

        Refused.with(Refusal.CERTIFICATE_NOT_LISTED, () -> open(Letters.seal(network, signed)));
    }

    @Test
    void contentThatWasChangedAfterSigningIsRefused() {
        SignedMessage signed = aLetter();
        byte[] der = signed.signed().der();
        int at = indexOf(der, "account");
        der[at] = 'A';
        byte[] resealed = network.profile.seal(der, Letters.sealing(network, BORDURIA));

        Refused.with(Refusal.SIGNATURE_WRONG, () -> open(wrapped(signed, BORDURIA, resealed)));
    }

    @Test
    void anExpelledMembersMessageIsRefusedWhateverRosterItNames() {
        SignedMessage before = aLetter();
        RosterHistory later = without(SYLDAVIA, Status.DEPARTED);

        Refused.with(Refusal.SENDER_NOT_ACTIVE, () -> new Reader(network.profile, later)
                .open(Letters.seal(network, before), BORDURIA, ours(BORDURIA), afterChange()));
    }

    @Test
    void whatAnExpelledMemberSignedInItsDayStillVerifies() {
        SignedMessage before = aLetter();
        RosterHistory later = without(SYLDAVIA, Status.DEPARTED);

        assertThat(new Reader(network.profile, later)
                        .verifyKept(before.signed().der())
                        .hash())
                .isEqualTo(before.hash());
    }

    @Test
    void aStolenKeyIsWorthlessOnceTheRosterDropsIt() {
        OwnKey stolen = network.keys(SYLDAVIA).of(KeyUse.SIGNING);
        network.replaceKey(SYLDAVIA, KeyUse.SIGNING);
        Roster next = Network.after(roster, Network.replace(roster.members(), network.bureau(SYLDAVIA)));
        RosterHistory later = rosters.accept(network.signed(next, BORDURIA, KHEMED), afterChange());
        Message backdated = Letters.letter(network, SYLDAVIA, BORDURIA, roster);
        SignedMessage forged = SignedMessage.sign(backdated, stolen, network.profile);

        Refused.with(Refusal.CERTIFICATE_NOT_LISTED, () -> new Reader(network.profile, later)
                .open(Letters.seal(network, forged), BORDURIA, ours(BORDURIA), afterChange()));
    }

    @Test
    void aMessageOfTheFutureOrOfThePastIsRefused() {
        SealedMessage sealed = Letters.seal(network, aLetter());

        Refused.with(Refusal.SENT_IN_FUTURE, () -> reader().open(
                        sealed, BORDURIA, ours(BORDURIA), NOON.minus(Duration.ofMinutes(6))));
        Refused.with(
                Refusal.EXPIRED, () -> reader().open(sealed, BORDURIA, ours(BORDURIA), NOON.plus(Duration.ofDays(30))));
        assertThat(reader().open(sealed, BORDURIA, ours(BORDURIA), NOON.minus(Duration.ofMinutes(4))))
                .isNotNull();
    }

    @Test
    void aMessageUnderARosterThatWeDoNotKnowYetAsksToFetchIt() {
        Roster next = Network.after(roster, roster.members());
        SignedMessage signed = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, next));

        Refused.with(Refusal.ROSTER_NOT_KNOWN_YET, () -> open(Letters.seal(network, signed)));
    }

    @Test
    void aMessageUnderAForkedRosterIsRefused() {
        Roster fork = Network.roster(1, Optional.empty(), roster.issued().plusSeconds(1), roster.members());
        SignedMessage signed = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, fork));

        Refused.with(Refusal.ROSTER_DIFFERS, () -> open(Letters.seal(network, signed)));
    }

    @Test
    void nothingIsAcceptedOnceTheRostersGraceIsOver() {
        SealedMessage sealed = Letters.seal(network, aLetter());
        Instant over =
                roster.expires().plus(Duration.ofDays(roster.graceDays())).plusMillis(1);

        Refused.with(Refusal.ROSTER_EXPIRED, () -> reader().open(sealed, BORDURIA, ours(BORDURIA), over));
    }

    @Test
    void aThirdHolderSeesTheOriginatorsOwnSignature() {
        SignedMessage original = Letters.sign(network, Letters.letter(network, SYLDAVIA, KHEMED, roster));
        SignedMessage shared = Letters.sign(network, Letters.share(network, KHEMED, BORDURIA, roster, original));

        SignedMessage opened = open(Letters.seal(network, shared));

        List<SignedMessage> chain = Reader.chain(opened);
        assertThat(chain).extracting(SignedMessage::hash).containsExactly(shared.hash(), original.hash());
        assertThat(opened.message().handling().originator()).isEqualTo(SYLDAVIA);
    }

    @Test
    void sharingWhatWasSentToSomebodyElseIsRefused() {
        SignedMessage toBorduria = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster));
        SignedMessage shared = Letters.sign(network, Letters.share(network, KHEMED, BORDURIA, roster, toBorduria));

        Refused.with(Refusal.ONWARD_BROKEN, () -> open(Letters.seal(network, shared)));
    }

    @Test
    void sharingWithLessProtectionIsRefused() {
        Message strict = Message.of(
                Letters.header(network, SYLDAVIA, KHEMED, roster),
                Letters.handling(SYLDAVIA, HandlingCode.H1),
                Letters.text("secret source"));
        SignedMessage original = Letters.sign(network, strict);
        Message weaker = new Message(
                Letters.header(network, KHEMED, BORDURIA, roster),
                Letters.handling(SYLDAVIA),
                Optional.empty(),
                Letters.text("look"),
                List.of(),
                Optional.of(original.signed()));

        Refused.with(Refusal.HANDLING_WEAKENED, () -> open(Letters.seal(network, Letters.sign(network, weaker))));
    }

    @Test
    void whatWasSignedUnderARosterThatWasSetAsideVerifiesUnderItAndIsJudgedByTheOneInForce() {
        Roster second = Network.after(roster, roster.members());
        Roster third = Network.roster(
                3, Optional.of(roster.hash()), roster.issued().plus(Duration.ofDays(2)), roster.members());
        Roster fourth = Network.roster(
                4, Optional.of(second.hash()), second.issued().plus(Duration.ofDays(1)), roster.members());
        RosterHistory history = rosters;
        for (Roster each : List.of(second, fourth, third))
            history = history.accept(network.signed(each, SYLDAVIA, BORDURIA, KHEMED), NOON, decided -> false);
        assertThat(history.current()).isEqualTo(third);
        Reader reader = new Reader(network.profile, history);

        // Its number is above that of the roster in force: it is known all the same, and nothing is waited for.
        SignedMessage letter = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, fourth));

        assertThat(reader.open(Letters.seal(network, letter), BORDURIA, ours(BORDURIA), NOON)
                        .hash())
                .isEqualTo(letter.hash());
        assertThat(reader.verifyKept(letter.signed().der()).hash()).isEqualTo(letter.hash());
    }

    @Test
    void whatIsEnclosedAndSignedWithAKeyThatTheRosterNoLongerListsIsNamed() {
        SignedMessage original = Letters.sign(network, Letters.letter(network, SYLDAVIA, KHEMED, roster));
        SignedMessage shared = Letters.sign(network, Letters.share(network, KHEMED, BORDURIA, roster, original));
        assertThat(Reader.unlisted(shared, roster)).isEmpty();
        assertThat(Reader.unlisted(shared, without(SYLDAVIA, Status.DEPARTED).current()))
                .containsExactly(SYLDAVIA);
        OwnKey unused = network.replaceKey(SYLDAVIA, KeyUse.SIGNING);
        Roster dropped = Network.after(roster, Network.replace(roster.members(), network.bureau(SYLDAVIA)));

        assertThat(Reader.unlisted(shared, dropped)).containsExactly(SYLDAVIA);
        assertThat(Reader.unlisted(original, dropped))
                .as("of what is enclosed alone")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing to note", "Withdrawn: no", "no\nmore", ""})
    void whoSharesChangesNoWordOfTheOriginatorsRemarks(String changed) {
        SignedMessage original = Letters.sign(
                network,
                Message.of(Letters.header(network, SYLDAVIA, KHEMED, roster), remarked("no"), Letters.text("source")));

        Refused.with(Refusal.HANDLING_WEAKENED, () -> open(shared(original, remarked(changed), Optional.empty())));
        assertThat(open(shared(original, remarked("no"), Optional.empty()))
                        .message()
                        .handling()
                        .remarks())
                .contains("no");
    }

    private static Handling remarked(String remarks) {
        Handling plain = Letters.handling(SYLDAVIA);
        return new Handling(
                SYLDAVIA,
                plain.purpose(),
                plain.legalBasis(),
                plain.offence(),
                plain.codes(),
                Optional.of(remarks).filter(text -> !text.isEmpty()),
                plain.permitted(),
                plain.keepUntil());
    }

    private SealedMessage shared(SignedMessage original, Handling handling, Optional<Evaluation> evaluation) {
        Message shared = new Message(
                Letters.header(network, KHEMED, BORDURIA, roster),
                handling,
                evaluation,
                Letters.text("look"),
                List.of(),
                Optional.of(original.signed()));
        return Letters.seal(network, Letters.sign(network, shared));
    }

    @Test
    void whoSharesEvaluatesNothingAnew() {
        Evaluation hearsay = new Evaluation(Evaluation.Source.X, Evaluation.Information.UNCORROBORATED);
        Evaluation certain = new Evaluation(Evaluation.Source.A, Evaluation.Information.ACCURATE);
        Handling handling = Letters.handling(SYLDAVIA);
        SignedMessage original = Letters.sign(
                network,
                new Message(
                        Letters.header(network, SYLDAVIA, KHEMED, roster),
                        handling,
                        Optional.of(hearsay),
                        Letters.text("they say"),
                        List.of(),
                        Optional.empty()));

        Refused.with(Refusal.HANDLING_WEAKENED, () -> open(shared(original, handling, Optional.of(certain))));
        Refused.with(Refusal.HANDLING_WEAKENED, () -> open(shared(original, handling, Optional.empty())));
        assertThat(open(shared(original, handling, Optional.of(hearsay)))
                        .message()
                        .evaluation())
                .contains(hearsay);
    }

    @Test
    void sharingWithAMemberThatTheOriginatorDoesNotPermitIsRefused() {
        Handling forKhemed = new Handling(
                SYLDAVIA,
                "investigation",
                "budapest-2001",
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Set.of(KHEMED),
                NOON.plus(Duration.ofDays(10)));
        SignedMessage original = Letters.sign(
                network,
                Message.of(Letters.header(network, SYLDAVIA, KHEMED, roster), forKhemed, Letters.text("for you")));

        Refused.with(Refusal.RECIPIENT_NOT_PERMITTED, () -> Letters.share(network, KHEMED, BORDURIA, roster, original));
    }

    @Test
    void whoClaimsAnOriginatorWithoutProofIsRefused() {
        Refused.with(
                Refusal.ORIGINATOR_WRONG,
                () -> Message.of(
                        Letters.header(network, KHEMED, BORDURIA, roster),
                        Letters.handling(SYLDAVIA),
                        Letters.text("Syldavia says")));
    }

    @Test
    void whatWentThroughTooManyHandsIsRefused() {
        SignedMessage at = Letters.sign(network, Letters.letter(network, SYLDAVIA, KHEMED, roster));
        MemberId[] hands = {KHEMED, SYLDAVIA, KHEMED, SYLDAVIA, KHEMED, BORDURIA};
        for (int i = 0; i + 1 < hands.length; i++)
            at = Letters.sign(network, Letters.share(network, hands[i], hands[i + 1], roster, at));
        SignedMessage fiveTimes = at;

        Refused.with(Refusal.ONWARD_TOO_LONG, () -> open(Letters.seal(network, fiveTimes)));
    }

    @Test
    void anEnclosedMessageWhoseSignatureDoesNotFitIsRefused() {
        SignedMessage original = Letters.sign(network, Letters.letter(network, SYLDAVIA, KHEMED, roster));
        byte[] der = original.signed().der();
        der[indexOf(der, "account")] = 'A';
        SignedMessage shared = Letters.sign(
                network, Letters.share(network, KHEMED, BORDURIA, roster, SignedMessage.read(SignedData.parse(der))));

        Refused.with(Refusal.SIGNATURE_WRONG, () -> open(Letters.seal(network, shared)));
    }

    @Test
    void aMessageNamesAFileOnce() throws Exception {
        FileManifest file = Vectors.rich(network, roster).files().get(0);

        Refused.with(
                Refusal.FIELD_WRONG, () -> Letters.withFiles(network, SYLDAVIA, BORDURIA, roster, List.of(file, file)));
    }

    @Test
    void sizesAreRefusedBeforeTheyAreRead() {
        ByteBuffer hugeHeader =
                ByteBuffer.allocate(8).putInt(Limits.CLEAR_HEADER_BYTES + 1).rewind();
        ByteBuffer negative = ByteBuffer.allocate(8).putInt(-1).rewind();

        Refused.with(Refusal.TOO_LARGE, () -> SealedMessage.read(hugeHeader));
        Refused.with(Refusal.TOO_LARGE, () -> SealedMessage.read(negative));
        Refused.with(Refusal.TOO_LARGE, () -> SignedData.parse(new byte[Limits.SIGNED_BYTES + 1]));
    }

    private SignedMessage aLetter() {
        return Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster));
    }

    private RosterHistory without(MemberId member, Status status) {
        Roster next = Network.after(
                roster,
                Network.replace(
                        roster.members(), roster.member(member).orElseThrow().with(status)));
        return rosters.accept(network.signed(next, BORDURIA, KHEMED), afterChange());
    }

    private static Instant afterChange() {
        return NOON.plus(Duration.ofDays(2));
    }

    private ClearHeader clear(MessageId id, MemberId sender, Instant sent, byte[] content) {
        return new ClearHeader(id, sender, BORDURIA, sent, content.length, Hash.of(content));
    }

    private static SealedMessage wrapped(SignedMessage signed, MemberId to, byte[] content) {
        Header header = signed.message().header();
        return SealedMessage.parse(wire(
                new ClearHeader(header.id(), header.sender(), to, header.sent(), content.length, Hash.of(content)),
                content));
    }

    private static byte[] wire(ClearHeader header, byte[] content) {
        byte[] clear = header.canonical();
        return ByteBuffer.allocate(4 + clear.length + content.length)
                .putInt(clear.length)
                .put(clear)
                .put(content)
                .array();
    }

    private static int indexOf(byte[] bytes, String word) {
        int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(word);
        assertThat(at).isPositive();
        return at;
    }

    private SignedMessage open(SealedMessage sealed) {
        return reader().open(sealed, BORDURIA, ours(BORDURIA), NOON);
    }

    private Reader reader() {
        return new Reader(network.profile, rosters);
    }

    private List<OwnKey> ours(MemberId member) {
        return List.of(network.keys(member).of(KeyUse.SEALING));
    }
}
