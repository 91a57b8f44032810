package org.sharaka.protocol;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.NewKeys;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Role;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;
import org.sharaka.protocol.roster.Status;

/** A network of invented countries with all its keys, for tests. */
public final class Network {
    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    public static final MemberId SYLDAVIA = new MemberId("xs-ncb");
    public static final MemberId BORDURIA = new MemberId("xb-ncb");
    public static final MemberId KHEMED = new MemberId("xk-ncb");

    public final SecureRandom random = new SecureRandom();
    public final Profile1 profile = new Profile1(random);
    public final NewKeys newKeys = new NewKeys(random);
    private final Map<MemberId, Keys> keys = new TreeMap<>();

    /** All that is secret of a member. */
    public record Keys(Map<KeyUse, OwnKey> own, NoteSigner log, NoteSigner cosigner) {
        public OwnKey of(KeyUse use) {
            return own.get(use);
        }
    }

    public Keys keys(MemberId id) {
        return keys.computeIfAbsent(id, this::generate);
    }

    private Keys generate(MemberId id) {
        Map<KeyUse, OwnKey> own = new EnumMap<>(KeyUse.class);
        for (KeyUse use : KeyUse.values()) own.put(use, newKey(id, use));
        return new Keys(
                own,
                NoteSigner.of(NoteSigner.newSeed(random), id + ".example/audit", NoteKey.Type.ED25519),
                NoteSigner.of(NoteSigner.newSeed(random), id + ".example/cosigner", NoteKey.Type.COSIGNATURE));
    }

    public OwnKey newKey(MemberId id, KeyUse use) {
        return newKeys.generate(id, use, NOON.minus(Duration.ofDays(100)), NOON.plus(Duration.ofDays(900)));
    }

    /** Gives the member another key for a use; the roster does not know yet. */
    public OwnKey replaceKey(MemberId id, KeyUse use) {
        OwnKey fresh = newKey(id, use);
        keys(id).own().put(use, fresh);
        return fresh;
    }

    public Member bureau(MemberId id) {
        return member(id, Role.BUREAU, Status.ACTIVE);
    }

    public Member member(MemberId id, Role role, Status status) {
        Keys own = keys(id);
        Map<KeyUse, List<Certificate>> certificates = new EnumMap<>(KeyUse.class);
        own.own().forEach((use, key) -> certificates.put(use, List.of(key.certificate())));
        return new Member(
                id,
                Optional.of(id.value().substring(0, 2).toUpperCase(java.util.Locale.ROOT)),
                Map.of("ar", "مكتب " + id, "en", "Bureau " + id, "es", "Oficina " + id, "fr", "Bureau " + id),
                role,
                status,
                List.of(URI.create("https://" + id + ".example/exchange")),
                certificates,
                List.of(own.log().key()),
                List.of(own.cosigner().key()));
    }

    public Roster first(MemberId... founders) {
        List<Member> members = new ArrayList<>();
        for (MemberId founder : founders) members.add(bureau(founder));
        return roster(1, Optional.empty(), NOON.minus(Duration.ofDays(30)), members);
    }

    public static Roster roster(long version, Optional<Hash> previous, Instant issued, List<Member> members) {
        List<Member> sorted =
                members.stream().sorted(Comparator.comparing(Member::id)).toList();
        int voters = (int) sorted.stream().filter(Member::votes).count();
        return new Roster(
                version,
                previous,
                issued,
                issued.plus(Duration.ofDays(365)),
                30,
                Roster.smallestThreshold(voters),
                sorted);
    }

    /** The next roster, a day after the one that it replaces. */
    public static Roster after(Roster before, List<Member> members) {
        return roster(
                before.version() + 1,
                Optional.of(before.hash()),
                before.issued().plus(Duration.ofDays(1)),
                members);
    }

    public SignedRoster signed(Roster roster, MemberId... by) {
        SignedRoster signed = SignedRoster.unsigned(roster);
        for (MemberId member : by) signed = signed.sign(member, keys(member).of(KeyUse.ROSTER), profile);
        return signed;
    }

    public RosterHistory founded(MemberId... founders) {
        Roster roster = first(founders);
        return RosterHistory.found(signed(roster, founders), roster.hash(), NOON);
    }

    public static List<Member> replace(List<Member> members, Member changed) {
        List<Member> replaced = new ArrayList<>(members.stream()
                .filter(member -> !member.id().equals(changed.id()))
                .toList());
        replaced.add(changed);
        return replaced;
    }
}
