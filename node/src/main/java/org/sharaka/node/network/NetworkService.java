package org.sharaka.node.network;

import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.assembly.SignedTwice;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.PeerLine;
import org.sharaka.node.exchange.PeerLines;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.roster.Member;
import tools.jackson.databind.json.JsonMapper;

/** What officers are shown of the network. Every read is entered. */
public final class NetworkService {
    private static final int LATEST = 100;

    private final SqlHeads heads;
    private final PeerLines lines;
    private final Rosters rosters;
    private final SecurityEvents events;
    private final AuditTrail audit;
    private final JsonMapper json;
    private final Clock clock;

    NetworkService(
            SqlHeads heads,
            PeerLines lines,
            Rosters rosters,
            SecurityEvents events,
            AuditTrail audit,
            JsonMapper json,
            Clock clock) {
        this.heads = heads;
        this.lines = lines;
        this.rosters = rosters;
        this.events = events;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /**
     * All that the page shows.
     *
     * @param us our own entry of the roster; empty if the node is no member, as is what has to be renewed
     */
    public record Overview(
            Optional<Member> us,
            long rosterVersion,
            Optional<Renewal> renewal,
            List<Neighbour> neighbours,
            List<Finding> findings,
            List<SignedTwice> signedTwice,
            List<SecurityEvent> events,
            Instant at) {}

    /** @throws org.sharaka.node.platform.ProblemException {@link org.sharaka.node.access.AccessProblem#FORBIDDEN} */
    public Overview overview(Actor actor) {
        return audit.read(actor, "network.read", "network", () -> {
            actor.require(Permission.NETWORK_READ);
            Instant now = clock.instant();
            List<SecurityEvent> latest = events.latest(LATEST);
            if (!rosters.joined())
                return new Overview(
                        Optional.empty(), 0, Optional.empty(), List.of(), List.of(), List.of(), latest, now);
            List<Finding> findings = heads.findings(LATEST);
            return new Overview(
                    rosters.current().member(rosters.us()),
                    rosters.current().version(),
                    Optional.of(Renewal.of(rosters.current(), rosters.us(), now)),
                    neighbours(findings),
                    findings,
                    rosters.signedTwice(),
                    latest,
                    now);
        });
    }

    private List<Neighbour> neighbours(List<Finding> findings) {
        Map<MemberId, PeerLine> states =
                lines.all().stream().collect(Collectors.toMap(PeerLine::member, Function.identity()));
        Map<MemberId, SeenLog> seen =
                heads.seen().stream().collect(Collectors.toMap(SeenLog::member, Function.identity()));
        Map<MemberId, SqlHeads.Cosigned> ours =
                heads.cosigned().stream().collect(Collectors.toMap(SqlHeads.Cosigned::by, Function.identity()));
        return lines.members().stream()
                .flatMap(member -> Optional.ofNullable(states.get(member.id())).stream()
                        .map(line -> neighbour(member, line, seen, ours, findings)))
                .toList();
    }

    private static Neighbour neighbour(
            Member member,
            PeerLine line,
            Map<MemberId, SeenLog> seen,
            Map<MemberId, SqlHeads.Cosigned> ours,
            List<Finding> findings) {
        return new Neighbour(
                member,
                line,
                Optional.ofNullable(seen.get(member.id())),
                Optional.ofNullable(ours.get(member.id()))
                        .map(each -> new Neighbour.Cosigned(
                                Checkpoint.read(each.note()).head().size(), each.at())),
                certificatesEnd(member),
                findings.stream()
                        .filter(finding -> finding.member().equals(member.id()))
                        .count());
    }

    /** Of each use the certificate that lasts longest counts: the next one may be listed beside the old. */
    static Instant certificatesEnd(Member member) {
        return member.certificates().values().stream()
                .map(listed -> listed.stream().map(Certificate::notAfter).max(Instant::compareTo))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /**
     * A finding for whoever is to check it: two heads that the member signed and that one log cannot have. Both verify with the keys
     * that the roster lists for it.
     *
     * @return a JSON document
     */
    Optional<byte[]> proof(Actor actor, long number) {
        return audit.read(actor, "network.proof", "finding/" + number, () -> {
            actor.require(Permission.NETWORK_READ);
            return heads.finding(number).map(this::proof);
        });
    }

    /**
     * The proof that members signed two rosters of one number, for whoever knows the keys of the roster before.
     *
     * @param hash as {@link SignedTwice} names it
     * @return the document {@code sharaka.equivocation} of the protocol
     */
    Optional<byte[]> signedTwice(Actor actor, String hash) {
        return audit.read(actor, "network.proof", "equivocation", () -> {
            actor.require(Permission.NETWORK_READ);
            return rosters.equivocation(hash);
        });
    }

    private byte[] proof(Finding finding) {
        Base64.Encoder text = Base64.getEncoder();
        return json.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(Map.of(
                        "member", finding.member().value(),
                        "code", finding.code(),
                        "earlier", text.encodeToString(finding.earlier().encoded()),
                        "later", text.encodeToString(finding.later().encoded()),
                        "toldBy", finding.toldBy().value(),
                        "found", finding.at().toString()));
    }
}
