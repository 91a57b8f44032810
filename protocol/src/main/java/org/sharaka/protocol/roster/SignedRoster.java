package org.sharaka.protocol.roster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/** A roster and those who signed it so far, in any number: whether they are enough is for {@link RosterHistory} to say. */
public record SignedRoster(Roster roster, List<Signature> signatures) {
    public static final String TYPE = "sharaka.signed-roster";
    private static final int FORMAT = 1;
    private static final int MAX_SIGNATURES = 2 * Limits.ROSTER_MEMBERS;

    /** @param signed a detached SignedData over the roster's canonical form */
    public record Signature(MemberId member, SignedData signed) {
        Certificate certificate() {
            return signed.certificate();
        }
    }

    public SignedRoster {
        signatures = signatures.stream()
                .sorted(Comparator.comparing(Signature::member)
                        .thenComparing(signature ->
                                signature.certificate().fingerprint().toString()))
                .toList();
        Set<Hash> certificates = new HashSet<>();
        for (Signature signature : signatures)
            if (!certificates.add(signature.certificate().fingerprint()))
                throw Refusal.ROSTER_UNSOUND.because("a certificate signed twice");
    }

    public static SignedRoster unsigned(Roster roster) {
        return new SignedRoster(roster, List.of());
    }

    /** Reads a roster file; it must be canonical JSON as a whole. */
    public static SignedRoster parse(byte[] bytes) {
        return parse(Json.parseCanonical(bytes, Limits.ROSTER_BYTES));
    }

    static SignedRoster parse(JsonObject json) {
        Fields fields = Fields.ofDocument(json, TYPE, FORMAT);
        Roster roster = Roster.parse(fields.object("roster"));
        List<Signature> signatures = new ArrayList<>();
        for (Fields signature : fields.list("signatures", MAX_SIGNATURES)) {
            signatures.add(new Signature(
                    signature.parsed("member", 32, MemberId::new),
                    SignedData.parseDetached(signature.bytes("signature", 2 * Limits.CERTIFICATE_BYTES))));
            signature.end();
        }
        fields.end();
        SignedRoster signed = new SignedRoster(roster, signatures);
        if (!signed.toJson().equals(json)) throw Refusal.FIELD_WRONG.because("signed-roster: signatures out of order");
        return signed;
    }

    public byte[] encoded() {
        return toJson().canonical();
    }

    JsonObject toJson() {
        return JsonBuilder.document(TYPE, FORMAT)
                .with("roster", roster.toJson())
                .withAll("signatures", signatures, signature -> JsonBuilder.object()
                        .withText("member", signature.member())
                        .with("signature", signature.signed().der())
                        .build())
                .build();
    }

    /**
     * Adds a signature. Whether this member may sign this version is for its people to know: see {@link SigningLog}.
     *
     * @param key the member's roster key
     */
    public SignedRoster sign(MemberId member, OwnKey key, Profile1 profile) {
        if (signatures.stream().anyMatch(signature -> signature.certificate().equals(key.certificate()))) return this;
        List<Signature> more = new ArrayList<>(signatures);
        more.add(new Signature(member, SignedData.parseDetached(profile.signDetached(roster.canonical(), key))));
        return new SignedRoster(roster, more);
    }

    /** The same roster with the signatures of both; two members may sign copies and bring them together. */
    public SignedRoster merge(SignedRoster other) {
        if (!roster.hash().equals(other.roster.hash())) throw Refusal.ROSTER_DIFFERS.because("not the same roster");
        List<Signature> more = new ArrayList<>(signatures);
        for (Signature signature : other.signatures)
            if (more.stream().noneMatch(known -> known.certificate().equals(signature.certificate())))
                more.add(signature);
        return new SignedRoster(roster, more);
    }

    /**
     * Which voting members of a roster signed this one, each counted once.
     *
     * @param electorate the roster whose voters and keys count
     * @throws org.sharaka.protocol.RefusedException if a signature by a listed key does not fit
     */
    public Set<MemberId> signersFrom(Roster electorate) {
        byte[] canonical = roster.canonical();
        Set<MemberId> signers = new TreeSet<>();
        for (Signature signature : signatures) {
            boolean counts = electorate
                    .member(signature.member())
                    .filter(Member::votes)
                    .filter(member -> member.lists(KeyUse.ROSTER, signature.certificate()))
                    .isPresent();
            if (!counts) continue;
            if (!signature.certificate().validAt(roster.issued()))
                throw Refusal.CERTIFICATE_NOT_VALID.because("roster key of " + signature.member());
            signature.signed().verifyDetached(canonical);
            signers.add(signature.member());
        }
        return signers;
    }

    /** Signatures of nobody who votes in either roster. */
    Set<MemberId> strangers(List<Roster> electorates) {
        Set<MemberId> strangers = new TreeSet<>();
        for (Signature signature : signatures)
            if (electorates.stream().noneMatch(electorate -> electorate
                    .member(signature.member())
                    .filter(Member::votes)
                    .filter(member -> member.lists(KeyUse.ROSTER, signature.certificate()))
                    .isPresent())) strangers.add(signature.member());
        return strangers;
    }
}
