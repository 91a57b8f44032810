package org.sharaka.node.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sharaka.identifiers.Identifier;
import org.sharaka.linking.KeyKind;
import org.sharaka.linking.LinkKey;
import org.sharaka.linking.LinkPolicy;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.platform.Page;

/**
 * What officers see of campaigns. Every method needs {@link Permission#CAMPAIGN_READ} and a purpose, and is entered in the
 * audit before it answers; what they decide is in {@link CampaignDecisions}.
 */
public final class CampaignService {
    /** Reports drawn in the picture of a campaign: more cannot be told apart on a screen. */
    static final int REPORTS_DRAWN_MAX = 150;

    /** Identifiers of one report that are looked up for what stands beside it. */
    public static final int BESIDE_IDENTIFIERS_MAX = 20;

    private static final int KEYS_DRAWN_MAX = 80;
    private static final int TIES_MAX = 50;
    private static final int IGNORED_MAX = 20;

    private final AuditTrail audit;
    private final CampaignQueries campaigns;
    private final KeyQueries keys;
    private final DecisionQueries decisions;
    private final LinkPolicy policy;
    private final IdentifierReader reader;

    CampaignService(
            AuditTrail audit,
            CampaignQueries campaigns,
            KeyQueries keys,
            DecisionQueries decisions,
            LinkPolicy policy,
            IdentifierReader reader) {
        this.audit = audit;
        this.campaigns = campaigns;
        this.keys = keys;
        this.decisions = decisions;
        this.policy = policy;
        this.reader = reader;
    }

    /** One page of the campaigns that the filter lets through. */
    public Page<CampaignSummary> list(Actor actor, CampaignFilter filter, Optional<String> cursor) {
        return read(actor, "campaign.list", "campaigns", () -> campaigns.list(filter, cursor));
    }

    /**
     * @throws org.sharaka.node.platform.ProblemException {@link CampaignProblem#NOT_FOUND}, or
     *     {@link CampaignProblem#JOINED_TO_ANOTHER} with the other's number as detail
     */
    public CampaignView view(Actor actor, CampaignId id) {
        return read(actor, "campaign.view", subject(id), () -> {
            CampaignQueries.Row row = rowOf(id);
            long group = campaigns.groupOf(id);
            List<Reason> ties = reasons(keys.keysOfGroup(group, false, TIES_MAX));
            List<Reason> ignored = reasons(keys.keysOfGroup(group, true, IGNORED_MAX));
            return campaigns.view(row, ties, ignored, decisions.decisions(id));
        });
    }

    /** The reports of a campaign, the latest received first, each with the reasons why it is there. */
    public Page<CampaignMember> members(Actor actor, CampaignId id, Optional<String> cursor) {
        return read(actor, "campaign.members", subject(id), () -> {
            rowOf(id);
            long group = campaigns.groupOf(id);
            Page<CampaignQueries.Member> page = campaigns.members(group, cursor, CampaignQueries.PAGE_SIZE);
            return new Page<>(withReasons(group, page.items()), page.next());
        });
    }

    private List<CampaignMember> withReasons(long group, List<CampaignQueries.Member> members) {
        Map<Long, List<KeyQueries.SharedKey>> held =
                keys.keysOf(members.stream().map(CampaignQueries.Member::number).toList());
        Set<Long> hashes = new HashSet<>();
        held.values().forEach(each -> each.forEach(key -> hashes.add(key.hash())));
        Map<Long, Integer> among = keys.amongGroup(group, hashes);
        return members.stream()
                .map(member -> new CampaignMember(
                        member.report(),
                        member.occurredAt(),
                        member.category(),
                        member.country(),
                        member.loss(),
                        member.anonymous(),
                        held.getOrDefault(member.number(), List.of()).stream()
                                .map(key -> reason(key, among.getOrDefault(key.hash(), 1)))
                                .filter(reason -> reason.inCampaign() >= 2
                                        || reason.ignored().isPresent())
                                .sorted(Comparator.comparing(
                                                (Reason r) -> r.ignored().isPresent())
                                        .thenComparing(Comparator.comparingDouble(Reason::strength)
                                                .reversed()))
                                .toList()))
                .toList();
    }

    /** All reports of a campaign, for an act that concerns each of them. */
    public List<ReportId> reportsOf(Actor actor, CampaignId id) {
        return read(actor, "campaign.members", subject(id), () -> {
            rowOf(id);
            return campaigns.reportsIn(campaigns.groupOf(id));
        });
    }

    /** The reports with the most ties and what they share, as a picture. */
    public CampaignGraph graph(Actor actor, CampaignId id) {
        return read(actor, "campaign.graph", subject(id), () -> {
            CampaignQueries.Row row = rowOf(id);
            long group = campaigns.groupOf(id);
            Map<Long, KeyQueries.SharedKey> drawn = new LinkedHashMap<>();
            keys.keysOfGroup(group, false, KEYS_DRAWN_MAX).forEach(key -> drawn.put(key.hash(), key));
            keys.keysOfGroup(group, true, IGNORED_MAX).forEach(key -> drawn.put(key.hash(), key));
            List<CampaignQueries.Member> members = campaigns
                    .members(group, Optional.empty(), REPORTS_DRAWN_MAX)
                    .items();
            Map<Long, List<KeyQueries.SharedKey>> held = keys.keysOf(
                    members.stream().map(CampaignQueries.Member::number).toList());
            List<CampaignGraph.Edge> edges = new ArrayList<>();
            for (CampaignQueries.Member member : members) {
                for (KeyQueries.SharedKey key : held.getOrDefault(member.number(), List.of())) {
                    if (drawn.containsKey(key.hash())) edges.add(new CampaignGraph.Edge(member.report(), key.hash()));
                }
            }
            return new CampaignGraph(
                    members.stream()
                            .map(m ->
                                    new CampaignGraph.ReportNode(m.report(), m.occurredAt(), m.category(), m.country()))
                            .toList(),
                    reasons(drawn.values()),
                    edges,
                    row.reports());
        });
    }

    /**
     * What is known of the identifiers in what an officer typed or pasted. The text itself is not kept: the audit has the
     * kinds and keyed hashes.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link CampaignProblem#NO_IDENTIFIER} when none is recognised
     */
    public List<IdentifierSearch> search(Actor actor, String typed) {
        List<Identifier> found = reader.read(typed);
        // A bare handle tells no platform: then whatever it may be and is known.
        List<Identifier> identifiers = found.isEmpty()
                ? reader.guesses(typed).stream().filter(this::isKnown).toList()
                : found;
        return read(actor, "campaign.search", reader.subject(identifiers), () -> {
            if (identifiers.isEmpty()) throw CampaignProblem.NO_IDENTIFIER.because("nothing was recognised");
            return identifiers.stream().map(this::searched).toList();
        });
    }

    private boolean isKnown(Identifier identifier) {
        return reader.keysOf(identifier).stream()
                .anyMatch(key -> keys.known(key.hash()).isPresent());
    }

    private IdentifierSearch searched(Identifier identifier) {
        Set<Long> found = new LinkedHashSet<>();
        List<ReportId> latest = new ArrayList<>();
        long reports = 0;
        Optional<Reason.Ignored> ignored = Optional.empty();
        for (LinkKey key : reader.keysOf(identifier)) {
            Optional<KeyQueries.Known> known = keys.known(key.hash());
            if (known.isEmpty()) continue;
            reports = Math.max(reports, known.get().key().degree());
            found.addAll(known.get().campaigns());
            latest.addAll(known.get().latest());
            if (known.get().key().shared())
                ignored = Optional.of(known.get().key().why());
        }
        return new IdentifierSearch(identifier, reports, campaigns.summariesOf(found), latest, ignored);
    }

    /**
     * What stands beside a report: its own campaign, or, for a report that counts in none, the campaigns that name the
     * same things. So a report that is closed to a unit shows its officers what it resembles and leaves no trace there.
     *
     * @param named what the report names, at most {@link #BESIDE_IDENTIFIERS_MAX}
     */
    public Beside beside(Actor actor, ReportId report, List<Identifier> named) {
        return read(actor, "campaign.beside", "report/" + report, () -> {
            List<CampaignSummary> own = campaigns.summariesOf(campaigns.campaignOf(report));
            if (!own.isEmpty()) return new Beside(Optional.of(own.get(0)), List.of());
            Set<Long> found = new LinkedHashSet<>();
            for (Identifier identifier : named) {
                for (LinkKey key : reader.keysOf(identifier))
                    keys.known(key.hash()).ifPresent(known -> found.addAll(known.campaigns()));
            }
            return new Beside(Optional.empty(), campaigns.summariesOf(found));
        });
    }

    /**
     * What stands beside a report.
     *
     * @param others campaigns that name what the report names; empty where it is in one itself
     */
    public record Beside(Optional<CampaignSummary> campaign, List<CampaignSummary> others) {}

    /** Alerts, the latest first. */
    public Page<Alert> alerts(Actor actor, boolean open, Optional<String> cursor) {
        return read(actor, "campaign.alerts", "alerts", () -> decisions.alerts(open, cursor));
    }

    /** What an officer sees first. */
    public Overview overview(Actor actor) {
        return read(actor, "campaign.overview", "overview", () -> {
            CampaignFilter all = CampaignFilter.all();
            return new Overview(
                    campaigns.reports(),
                    campaigns.campaigns(),
                    firstFive(by(CampaignState.GROWING, CampaignFilter.Sort.GROWTH)),
                    firstFive(by(CampaignState.NEW_AND_GROWING, CampaignFilter.Sort.GROWTH)),
                    firstFive(all),
                    decisions.alerts(true, Optional.empty()).items().stream()
                            .limit(5)
                            .toList(),
                    campaigns.waiting());
        });
    }

    /**
     * What an officer sees first.
     *
     * @param reports reports linked; an estimate above fifty thousand
     * @param campaigns campaigns, likewise
     * @param waiting reports received that are not linked yet
     */
    public record Overview(
            long reports,
            long campaigns,
            List<CampaignSummary> growing,
            List<CampaignSummary> fresh,
            List<CampaignSummary> latest,
            List<Alert> openAlerts,
            long waiting) {}

    /** How far linking is. Not sensitive, so not entered: programs ask it every second. */
    public Progress progress(Actor actor) {
        actor.require(Permission.CAMPAIGN_READ);
        return new Progress(campaigns.reports(), campaigns.waiting(), campaigns.settled());
    }

    /**
     * How far linking is.
     *
     * @param waiting reports received that are not linked yet
     * @param settled true if nothing is left to be judged or computed
     */
    public record Progress(long reports, long waiting, boolean settled) {}

    private List<CampaignSummary> firstFive(CampaignFilter filter) {
        return campaigns.list(filter, Optional.empty()).items().stream()
                .limit(5)
                .toList();
    }

    private static CampaignFilter by(CampaignState state, CampaignFilter.Sort sort) {
        return new CampaignFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(state), 2, sort);
    }

    private CampaignQueries.Row rowOf(CampaignId id) {
        return campaigns.row(id).orElseThrow(() -> {
            var other = campaigns.joinedTo(id);
            return other.isPresent()
                    ? CampaignProblem.JOINED_TO_ANOTHER.because(Long.toString(other.getAsLong()))
                    : CampaignProblem.NOT_FOUND.because("campaign " + id);
        });
    }

    private List<Reason> reasons(Collection<KeyQueries.SharedKey> shared) {
        return shared.stream().map(key -> reason(key, key.among())).toList();
    }

    private Reason reason(KeyQueries.SharedKey key, int inCampaign) {
        return new Reason(
                key.hash(),
                key.kind(),
                key.label(),
                inCampaign,
                key.degree(),
                policy.strength(KeyKind.valueOf(key.kind()), key.degree()),
                key.shared() ? Optional.of(key.why()) : Optional.empty());
    }

    private <T> T read(Actor actor, String action, String subject, Supplier<T> read) {
        return audit.read(actor, action, subject, () -> {
            actor.require(Permission.CAMPAIGN_READ).requirePurpose();
            return read.get();
        });
    }

    static String subject(CampaignId id) {
        return "campaign/" + id;
    }
}
