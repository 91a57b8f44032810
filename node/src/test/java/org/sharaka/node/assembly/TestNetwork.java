package org.sharaka.node.assembly;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.MemberKeys;
import org.sharaka.protocol.roster.Role;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.SignedRoster;

/** A network of invented countries with all its keys: founds it, changes its roster, lets test nodes join. */
public final class TestNetwork {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Profile1 PROFILE = new Profile1(RANDOM);

    private final Map<MemberId, MemberKeys> keys = new TreeMap<>();
    private final List<SignedRoster> chain = new ArrayList<>();
    private final Instant founded;

    private TestNetwork(Instant founded) {
        this.founded = founded;
    }

    /** @param endpoints by country, for instance {@code xs} for the bureau {@code xs-ncb}; none if it is null */
    public static TestNetwork of(Map<String, Optional<URI>> endpoints) {
        return of(endpoints, Duration.ofDays(365));
    }

    /** @param life of its roster */
    public static TestNetwork of(Map<String, Optional<URI>> endpoints, Duration life) {
        Instant now = Instant.now().minusSeconds(60);
        TestNetwork network = new TestNetwork(now);
        List<Member> members = new ArrayList<>();
        endpoints.forEach((country, endpoint) ->
                members.add(network.bureau(country, endpoint.stream().toList())));
        network.sign(new Roster(
                1,
                Optional.empty(),
                now,
                now.plus(life),
                30,
                Roster.smallestThreshold(members.size()),
                RosterFiles.sorted(members)));
        return network;
    }

    /** Bureaux that nobody can reach. */
    public static TestNetwork of(String... countries) {
        Map<String, Optional<URI>> endpoints = new TreeMap<>();
        for (String country : countries) endpoints.put(country, Optional.empty());
        return of(endpoints);
    }

    public static MemberId bureauOf(String country) {
        return new MemberId(country + "-ncb");
    }

    private Member bureau(String country, List<URI> endpoints) {
        MemberId id = bureauOf(country);
        MemberKeys made = newKeys(id);
        keys.put(id, made);
        return entry(id, country, endpoints, made);
    }

    private MemberKeys newKeys(MemberId id) {
        return MemberKeys.generate(id, founded.minus(Duration.ofHours(1)), founded.plus(Duration.ofDays(730)), RANDOM);
    }

    private static Member entry(MemberId id, String country, List<URI> endpoints, MemberKeys keys) {
        return keys.entry(
                id,
                Optional.of(country.toUpperCase(Locale.ROOT)),
                Map.of(
                        "en",
                        "Bureau " + country,
                        "ar",
                        "مكتب " + country,
                        "fr",
                        "Bureau " + country,
                        "es",
                        "Oficina " + country),
                Role.BUREAU,
                endpoints);
    }

    private SignedRoster sign(Roster roster) {
        SignedRoster signed =
                signedBy(roster, roster.voters().stream().map(Member::id).toArray(MemberId[]::new));
        chain.add(signed);
        return signed;
    }

    /** A roster with these members' signatures, whatever they are worth; it is not put in force. */
    public SignedRoster signedBy(Roster roster, MemberId... signers) {
        SignedRoster signed = SignedRoster.unsigned(roster);
        for (MemberId signer : signers)
            signed = signed.sign(signer, keys(signer).key(KeyUse.ROSTER), PROFILE);
        return signed;
    }

    /** A next roster in which some members are otherwise; nobody has signed it. */
    public Roster next(UnaryOperator<Member> change) {
        Roster current = current().roster();
        List<Member> members = current.members().stream().map(change).toList();
        int voters = (int) members.stream().filter(Member::votes).count();
        return new Roster(
                current.version() + 1,
                Optional.of(current.hash()),
                current.issued().plusSeconds(1),
                current.expires(),
                current.graceDays(),
                Roster.smallestThreshold(voters),
                members);
    }

    /** A roster of the same members that follows another, under a number of its own; nobody has signed it. */
    public static Roster numbered(long version, Roster before) {
        return new Roster(
                version,
                Optional.of(before.hash()),
                before.issued().plusSeconds(version),
                before.expires(),
                before.graceDays(),
                before.threshold(),
                before.members());
    }

    /** Signs the next roster by all who vote and puts it in force; nodes still have to learn of it. */
    public SignedRoster decide(UnaryOperator<Member> change) {
        return sign(next(change));
    }

    /** Gives a member new keys beside its old ones, signed by all; the old certificates stay listed if asked for. */
    public MemberKeys renew(MemberId id, boolean keepOld) {
        MemberKeys fresh = newKeys(id);
        SignedRoster before = current();
        Member listed = before.roster().member(id).orElseThrow();
        Member next = entry(id, listed.country().orElseThrow().toLowerCase(Locale.ROOT), listed.endpoints(), fresh);
        if (keepOld) next = withBoth(listed, next);
        Member replacing = next;
        Roster roster = next(member -> member.id().equals(id) ? replacing : member);
        SignedRoster signed = SignedRoster.unsigned(roster);
        for (Member voter : before.roster().voters())
            signed = signed.sign(voter.id(), keys(voter.id()).key(KeyUse.ROSTER), PROFILE);
        keys.put(id, fresh);
        chain.add(signed.sign(id, fresh.key(KeyUse.ROSTER), PROFILE));
        return fresh;
    }

    private static Member withBoth(Member old, Member fresh) {
        Map<KeyUse, List<org.sharaka.protocol.cms.Certificate>> both = new java.util.EnumMap<>(KeyUse.class);
        for (KeyUse use : KeyUse.values()) {
            List<org.sharaka.protocol.cms.Certificate> listed = new ArrayList<>(old.certificates(use));
            listed.addAll(fresh.certificates(use));
            both.put(use, listed);
        }
        return new Member(
                old.id(),
                old.country(),
                old.names(),
                old.role(),
                old.status(),
                old.endpoints(),
                both,
                fresh.logKeys(),
                fresh.cosignerKeys());
    }

    public SignedRoster current() {
        return chain.get(chain.size() - 1);
    }

    public List<SignedRoster> chain() {
        return List.copyOf(chain);
    }

    public Hash pin() {
        return chain.get(0).roster().hash();
    }

    public MemberKeys keys(MemberId member) {
        return Optional.ofNullable(keys.get(member)).orElseThrow();
    }

    /** Makes a test node this country's. */
    public void join(TestNode node, String country) {
        MemberId unused =
                node.service(Rosters.class).join(Actor.system("test"), keys(bureauOf(country)), chain(), pin());
    }

    /** Gives a node the rosters that it does not have. */
    public void teach(TestNode... nodes) {
        Arrays.stream(nodes)
                .forEach(node -> chain.forEach(roster -> {
                    Learned unused = node.service(Rosters.class).learn(roster.encoded(), Optional.empty());
                }));
    }

    /** Gives a node keys that the roster lists since. */
    public void renewKeys(TestNode node, MemberKeys fresh) {
        node.service(Rosters.class).renewKeys(Actor.system("test"), fresh);
    }
}
