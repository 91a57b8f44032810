package org.sharaka.protocol.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/**
 * Who takes part, with which keys, from when to when. Its hash names it; signatures stand beside it
 * ({@link SignedRoster}).
 *
 * @param version from 1; numbers may be skipped, never used twice
 * @param previous the hash of the roster that it replaces; absent in the first
 * @param threshold how many voting members must sign the next one: more than half of them
 * @param graceDays how long exchange goes on past the expiry, with a warning
 * @param members in the order of their ids
 */
public record Roster(
        long version,
        Optional<Hash> previous,
        Instant issued,
        Instant expires,
        int graceDays,
        int threshold,
        List<Member> members) {
    public static final String TYPE = "sharaka.roster";
    private static final int FORMAT = 1;
    private static final int MAX_GRACE_DAYS = 366;
    private static final Duration LONGEST = Duration.ofDays(731);

    public Roster {
        members = List.copyOf(members);
        issued = Time.truncate(issued);
        expires = Time.truncate(expires);
        require(version >= 1, "versions begin at 1");
        require(version > 1 || previous.isEmpty(), "the first roster replaces none");
        require(expires.isAfter(issued) && !expires.isAfter(issued.plus(LONGEST)), "it lasts up to two years");
        require(graceDays >= 0 && graceDays <= MAX_GRACE_DAYS, "a grace of 0 to 366 days");
        require(members.size() <= Limits.ROSTER_MEMBERS, "too many members");
        requireOneOfEach(members);
        long voters = members.stream().filter(Member::votes).count();
        require(voters >= 1 && threshold <= voters && 2L * threshold > voters, "a threshold of more than half");
    }

    private static void require(boolean kept, String what) {
        if (!kept) throw Refusal.ROSTER_UNSOUND.because(what);
    }

    /** One id, one member; one country, one vote; one key, one use of one member; one name of a log or cosigner, one member. */
    private static void requireOneOfEach(List<Member> members) {
        Set<String> votingCountries = new HashSet<>();
        Set<Hash> keys = new HashSet<>();
        Set<String> noteKeys = new HashSet<>();
        Map<String, MemberId> noteNames = new HashMap<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            require(i == 0 || members.get(i - 1).id().compareTo(member.id()) < 0, "members stand in order, each once");
            if (member.role() == Role.BUREAU && member.status() != Status.DEPARTED)
                require(votingCountries.add(member.country().orElseThrow()), "a country has one bureau");
            for (KeyUse use : KeyUse.values())
                for (Certificate certificate : member.certificates(use))
                    require(keys.add(certificate.keyFingerprint()), member.id() + ": a key that is listed twice");
            for (NoteKey key : member.noteKeys()) {
                require(noteKeys.add(key.publicKeyText()), member.id() + ": a log or cosigner key listed twice");
                MemberId owner = noteNames.putIfAbsent(key.name(), member.id());
                require(owner == null || owner.equals(member.id()), member.id() + ": a name that is " + owner + "'s");
            }
        }
    }

    public static Roster parse(JsonObject json) {
        Fields fields = Fields.ofDocument(json, TYPE, FORMAT);
        List<Member> members = new ArrayList<>();
        for (JsonObject member : fields.objects("members", Limits.ROSTER_MEMBERS)) members.add(Member.parse(member));
        Roster roster = new Roster(
                fields.number("version", 1, Integer.MAX_VALUE),
                fields.parsedIfAny("previous", 64, Hash::parse),
                fields.parsed("issued", 24, Time::parse),
                fields.parsed("expires", 24, Time::parse),
                (int) fields.number("graceDays", 0, MAX_GRACE_DAYS),
                (int) fields.number("threshold", 1, Limits.ROSTER_MEMBERS),
                members);
        fields.end();
        return roster;
    }

    public JsonObject toJson() {
        return JsonBuilder.document(TYPE, FORMAT)
                .with("version", version)
                .withText("previous", previous)
                .with("issued", issued)
                .with("expires", expires)
                .with("graceDays", graceDays)
                .with("threshold", threshold)
                .withAll("members", members, Member::toJson)
                .build();
    }

    /** What members sign and what the hash is of. */
    public byte[] canonical() {
        return toJson().canonical();
    }

    public Hash hash() {
        return Hash.of(canonical());
    }

    public Optional<Member> member(MemberId id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    public List<Member> voters() {
        return members.stream().filter(Member::votes).toList();
    }

    /** More than half of so many. */
    public static int smallestThreshold(int voters) {
        return voters / 2 + 1;
    }

    /** What may be done under this roster at a time. */
    public Validity validityAt(Instant now) {
        if (!now.isAfter(expires)) return Validity.IN_FORCE;
        return now.isAfter(expires.plus(Duration.ofDays(graceDays))) ? Validity.OVER : Validity.IN_GRACE;
    }

    /** Certificates of active members that end within the time: whose renewal must be prepared now. */
    public List<Expiring> expiringWithin(Duration time, Instant now) {
        List<Expiring> expiring = new ArrayList<>();
        for (Member member : members) {
            if (member.status() != Status.ACTIVE) continue;
            for (KeyUse use : KeyUse.values()) {
                Optional<Instant> last = member.certificates(use).stream()
                        .map(Certificate::notAfter)
                        .max(Instant::compareTo);
                if (last.isPresent() && last.get().isBefore(now.plus(time)))
                    expiring.add(new Expiring(member.id(), use, last.get()));
            }
        }
        return expiring;
    }

    /** @param notAfter when the last of the member's certificates for this use ends */
    public record Expiring(MemberId member, KeyUse use, Instant notAfter) {}

    /** Whether a roster still carries exchange. */
    public enum Validity {
        IN_FORCE,
        /** Past its expiry, within its grace: exchange goes on and warns. */
        IN_GRACE,
        /** Nothing is sent or accepted under it. */
        OVER
    }
}
