package org.sharaka.protocol.message;

import java.util.Optional;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;

/** The roster that a signer went by. Its hash makes two networks, or two forks of one, tell themselves apart. */
public record RosterReference(long version, Hash hash) {
    public static RosterReference to(Roster roster) {
        return new RosterReference(roster.version(), roster.hash());
    }

    /** To the roster in force, without hashing it anew. */
    public static RosterReference toCurrent(RosterHistory rosters) {
        return new RosterReference(rosters.current().version(), rosters.currentHash());
    }

    /** The roster that it names, if it is known: in force, replaced, or set aside. */
    public Optional<Roster> in(RosterHistory rosters) {
        return rosters.named(version, hash).map(SignedRoster::roster);
    }

    static RosterReference parse(Fields fields) {
        RosterReference reference = new RosterReference(
                fields.number("version", 1, Integer.MAX_VALUE), fields.parsed("hash", 64, Hash::parse));
        fields.end();
        return reference;
    }

    JsonObject toJson() {
        return JsonBuilder.object()
                .with("version", version)
                .withText("hash", hash)
                .build();
    }
}
