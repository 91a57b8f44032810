package org.sharaka.protocol.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;

/**
 * Opens and checks what arrives, and checks again what was kept. Nothing of a message is believed before its signer is
 * found on a roster.
 */
public final class Reader {
    private final Profile1 profile;
    private final RosterHistory rosters;

    public Reader(Profile1 profile, RosterHistory rosters) {
        this.profile = profile;
        this.rosters = rosters;
    }

    /**
     * Opens a message that has just arrived.
     *
     * @param us the member that this node speaks for
     * @param ours our sealing keys, also those going out of use
     * @throws org.sharaka.protocol.RefusedException with the code that the receipt carries
     */
    public SignedMessage open(SealedMessage sealed, MemberId us, List<OwnKey> ours, Instant now) {
        return read(sealed.header(), unseal(sealed, us, ours, now), us, now);
    }

    /**
     * The first half of {@link #open}: takes the seal off. What is inside has an identity now, its hash, and nothing else of
     * it may be believed.
     */
    public byte[] unseal(SealedMessage sealed, MemberId us, List<OwnKey> ours, Instant now) {
        if (!sealed.header().recipient().equals(us))
            throw Refusal.NOT_ADDRESSED_TO_US.because(
                    "message " + sealed.header().id());
        requireExchanging(rosters.usableAt(now), sealed.header().sender());
        return profile.open(sealed.content(), ours);
    }

    /** The second half of {@link #open}: reads and checks what was under the seal. */
    public SignedMessage read(ClearHeader clear, byte[] unsealed, MemberId us, Instant now) {
        SignedMessage message = SignedMessage.read(SignedData.parse(unsealed));
        clear.requireSameAs(message.message().header());
        return accept(message, us, now);
    }

    private SignedMessage accept(SignedMessage message, MemberId us, Instant now) {
        Header header = message.message().header();
        if (!header.recipient().equals(us)) throw Refusal.NOT_ADDRESSED_TO_US.because("message " + header.id());
        requireSigned(message.signed(), header.sender(), header.sent(), header.roster(), now);
        if (!header.expires().isAfter(now)) throw Refusal.EXPIRED.because("message " + header.id());
        checkOnward(message, Limits.ONWARD_HOPS);
        return message;
    }

    /** Opens a batch of receipts; it may also have been sealed, because it carries text. */
    public ReceiptBatch openReceipts(byte[] signedData, MemberId us, Instant now) {
        SignedData signed = SignedData.parse(signedData);
        ReceiptBatch batch = ReceiptBatch.parse(signed.content());
        if (!batch.to().equals(us)) throw Refusal.NOT_ADDRESSED_TO_US.because("receipts of " + batch.from());
        requireSigned(signed, batch.from(), batch.made(), batch.roster(), now);
        return batch;
    }

    /** Opens what a recipient says of a file that we sent it. */
    public FileReport openFileReport(byte[] signedData, MemberId us, Instant now) {
        SignedData signed = SignedData.parse(signedData);
        FileReport report = FileReport.parse(signed.content());
        if (!report.to().equals(us)) throw Refusal.NOT_ADDRESSED_TO_US.because("file report of " + report.from());
        requireSigned(signed, report.from(), report.made(), report.roster(), now);
        return report;
    }

    /** Checks a file report that was kept, against the roster of its day. */
    public FileReport verifyKeptFileReport(byte[] signedData) {
        SignedData signed = SignedData.parse(signedData);
        FileReport report = FileReport.parse(signed.content());
        requireSignedThen(signed, report.from(), report.made(), report.roster());
        return report;
    }

    /** Opens a member's declaration that it begins a new epoch. */
    public EpochOpening openEpoch(byte[] signedData, Instant now) {
        SignedData signed = SignedData.parse(signedData);
        EpochOpening opening = EpochOpening.parse(signed.content());
        requireSigned(signed, opening.member(), opening.opened(), opening.roster(), now);
        return opening;
    }

    /** Checks a declaration that was kept, against the roster of its day. */
    public EpochOpening verifyKeptEpoch(byte[] signedData) {
        SignedData signed = SignedData.parse(signedData);
        EpochOpening opening = EpochOpening.parse(signed.content());
        requireSignedThen(signed, opening.member(), opening.opened(), opening.roster());
        return opening;
    }

    /** The live rules: the signer counts today, with this certificate, and went by a roster of ours. */
    private void requireSigned(
            SignedData signed, MemberId signer, Instant when, RosterReference reference, Instant now) {
        Roster live = rosters.usableAt(now);
        // A member or a key that only a newer roster lists is not refused for good: first the newer one has to come.
        requireNotAhead(reference);
        Member member = requireExchanging(live, signer);
        Certificate listed = requireListed(member, signed.certificate(), when);
        if (when.isAfter(now.plus(RosterHistory.CLOCK_SKEW))) throw Refusal.SENT_IN_FUTURE.because("by " + signer);
        requireKnown(reference);
        signed.verifyBy(listed);
    }

    private static Member requireExchanging(Roster roster, MemberId id) {
        Member member = roster.member(id).orElseThrow(() -> Refusal.SENDER_UNKNOWN.because(id.value()));
        if (!member.exchanges()) throw Refusal.SENDER_NOT_ACTIVE.because(id.value());
        return member;
    }

    private static Certificate requireListed(Member member, Certificate certificate, Instant when) {
        Certificate listed = member.listed(KeyUse.SIGNING, certificate)
                .orElseThrow(() ->
                        Refusal.CERTIFICATE_NOT_LISTED.because("of " + member.id() + ": " + certificate.fingerprint()));
        if (!certificate.validAt(when))
            throw Refusal.CERTIFICATE_NOT_VALID.because("of " + member.id() + ": " + certificate.fingerprint());
        return listed;
    }

    private void requireNotAhead(RosterReference reference) {
        // What was set aside may have a higher number than what is in force.
        if (reference.version() > rosters.current().version()
                && reference.in(rosters).isEmpty())
            throw Refusal.ROSTER_NOT_KNOWN_YET.because("version " + reference.version());
    }

    private Roster requireKnown(RosterReference reference) {
        requireNotAhead(reference);
        return reference
                .in(rosters)
                .orElseThrow(() -> Refusal.ROSTER_DIFFERS.because("version " + reference.version()));
    }

    /**
     * Checks a message that was kept, against the roster of its day: that its sender was a member then and signed it with a
     * key listed then. When it was signed is the sender's word; a receipt and an inclusion proof say when it was there.
     */
    public SignedMessage verifyKept(byte[] signedData) {
        SignedMessage message = SignedMessage.read(SignedData.parse(signedData));
        Header header = message.message().header();
        requireSignedThen(message.signed(), header.sender(), header.sent(), header.roster());
        checkOnward(message, Limits.ONWARD_HOPS);
        return message;
    }

    /** Checks receipts that were kept, against the roster of their day. */
    public ReceiptBatch verifyKeptReceipts(byte[] signedData) {
        SignedData signed = SignedData.parse(signedData);
        ReceiptBatch batch = ReceiptBatch.parse(signed.content());
        requireSignedThen(signed, batch.from(), batch.made(), batch.roster());
        return batch;
    }

    private void requireSignedThen(SignedData signed, MemberId signer, Instant when, RosterReference reference) {
        Roster then = requireKnown(reference);
        if (when.isBefore(then.issued().minus(RosterHistory.CLOCK_SKEW)))
            throw Refusal.ROSTER_DIFFERS.because("version " + then.version() + " was issued later");
        signed.verifyBy(requireListed(requireExchanging(then, signer), signed.certificate(), when));
    }

    /**
     * What is shared onward: each hand received it from the one before, gave it no less protection, evaluated it as its originator did, named
     * no file but those that it had received by it, and only to whom the originator permits. The roster of its day counts: an originator may have left since.
     */
    private void checkOnward(SignedMessage shared, int hopsLeft) {
        Optional<SignedData> enclosed = shared.message().onward();
        if (enclosed.isEmpty()) return;
        if (hopsLeft == 0) throw Refusal.ONWARD_TOO_LONG.because("over " + Limits.ONWARD_HOPS + " hands");
        SignedMessage before = SignedMessage.read(enclosed.get());
        Header header = before.message().header();
        if (!header.recipient().equals(shared.message().header().sender()))
            throw Refusal.ONWARD_BROKEN.because("message " + header.id() + " went to " + header.recipient());
        if (header.sent().isAfter(shared.message().header().sent().plus(RosterHistory.CLOCK_SKEW)))
            throw Refusal.ONWARD_BROKEN.because("message " + header.id() + " was sent later");
        Handling original = before.message().handling();
        if (!original.permits(shared.message().header().recipient()))
            throw Refusal.RECIPIENT_NOT_PERMITTED.because("by " + original.originator());
        if (!shared.message().handling().protectsAsMuchAs(original)
                || !shared.message().evaluation().equals(before.message().evaluation()))
            throw Refusal.HANDLING_WEAKENED.because("message " + header.id());
        if (!before.message().files().containsAll(shared.message().files()))
            throw Refusal.FILE_NOT_ENCLOSED.because("message " + header.id());
        requireSignedThen(before.signed(), header.sender(), header.sent(), header.roster());
        checkOnward(before, hopsLeft - 1);
    }

    /**
     * Who signed what a message encloses with a key that a roster does not list, or has departed: that it is as old as it says is the word of
     * whoever shared it, for the key may have been stolen since.
     */
    public static SortedSet<MemberId> unlisted(SignedMessage message, Roster roster) {
        List<SignedMessage> chain = chain(message);
        SortedSet<MemberId> unlisted = new TreeSet<>();
        for (SignedMessage enclosed : chain.subList(1, chain.size())) {
            MemberId signer = enclosed.message().header().sender();
            boolean listed = roster.member(signer)
                    .filter(Member::exchanges)
                    .filter(member ->
                            member.lists(KeyUse.SIGNING, enclosed.signed().certificate()))
                    .isPresent();
            if (!listed) unlisted.add(signer);
        }
        return unlisted;
    }

    /** The chain of what was shared onward, the originator's own message last; the first is the message itself. */
    public static List<SignedMessage> chain(SignedMessage message) {
        java.util.ArrayList<SignedMessage> chain = new java.util.ArrayList<>();
        SignedMessage at = message;
        chain.add(at);
        while (at.message().onward().isPresent() && chain.size() <= Limits.ONWARD_HOPS) {
            at = SignedMessage.read(at.message().onward().get());
            chain.add(at);
        }
        return List.copyOf(chain);
    }
}
