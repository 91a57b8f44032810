package org.sharaka.protocol.roster;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;

/**
 * Proof that members signed two rosters of one version, which a member never does. Anyone who knows the keys can check it.
 *
 * @param members who signed both
 */
public record Equivocation(SignedRoster one, SignedRoster other, Set<MemberId> members) {
    public static final String TYPE = "sharaka.equivocation";
    private static final int FORMAT = 1;

    public Equivocation {
        members = java.util.Collections.unmodifiableSet(new TreeSet<>(members));
    }

    /** @param keys the roster whose voters and keys count: the last one that both follow from */
    public static Optional<Equivocation> find(SignedRoster one, SignedRoster other, Roster keys) {
        if (one.roster().version() != other.roster().version()
                || one.roster().hash().equals(other.roster().hash())) return Optional.empty();
        Set<MemberId> both = new TreeSet<>(one.signersFrom(keys));
        both.retainAll(other.signersFrom(keys));
        return both.isEmpty() ? Optional.empty() : Optional.of(new Equivocation(one, other, both));
    }

    /** What is handed to the other members, so that they see it for themselves. */
    public byte[] encoded() {
        return JsonBuilder.document(TYPE, FORMAT)
                .with("one", one.toJson())
                .with("other", other.toJson())
                .build()
                .canonical();
    }

    /** Reads and checks a proof that somebody sent. */
    public static Equivocation parse(byte[] bytes, Roster keys) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(bytes, 2 * Limits.ROSTER_BYTES), TYPE, FORMAT);
        SignedRoster one = SignedRoster.parse(fields.object("one"));
        SignedRoster other = SignedRoster.parse(fields.object("other"));
        fields.end();
        return find(one, other, keys)
                .orElseThrow(() -> Refusal.EQUIVOCATION_NOT_PROVED.because("nobody's key fits both"));
    }
}
