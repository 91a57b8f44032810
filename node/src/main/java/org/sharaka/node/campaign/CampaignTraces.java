package org.sharaka.node.campaign;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sharaka.identifiers.Identifier;
import org.sharaka.linking.Evidence;
import org.sharaka.linking.KeyDeriver;
import org.sharaka.linking.KeyKind;
import org.sharaka.linking.LinkKey;

/**
 * What reports share, for a module that compares campaigns with those of others. Nothing that a report calls its reporter's own or a
 * true service's, nothing that links nothing, and nothing of reports that are closed to a unit (SAFEGUARDS S11, S16, S19). The caller
 * enters the read. Safe for many threads.
 */
public final class CampaignTraces {
    private final CampaignQueries campaigns;
    private final TraceQueries traces;
    private final KeyDeriver deriver;

    CampaignTraces(CampaignQueries campaigns, TraceQueries traces, KeyDeriver deriver) {
        this.campaigns = campaigns;
        this.traces = traces;
        this.deriver = deriver;
    }

    /**
     * Something that reports of a campaign share.
     *
     * @param reports of this campaign that hold it
     */
    public record Shared(KeyKind kind, String label, long key, int reports) {}

    /** By which key reports would hold this identifier; none if it is none that links. */
    public List<LinkKey> keysOf(Identifier identifier) {
        return deriver.derive(new Evidence(List.of(identifier), "")).stream()
                .filter(key -> !key.listed())
                .toList();
    }

    /**
     * What at least two reports of a campaign share, most held first.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link CampaignProblem#NOT_FOUND}
     */
    public List<Shared> of(CampaignId id, Set<KeyKind> kinds, int limit) {
        require(id);
        return traces.shared(campaigns.groupOf(id), kinds, limit);
    }

    private void require(CampaignId id) {
        if (campaigns.row(id).isEmpty()) throw CampaignProblem.NOT_FOUND.because("campaign " + id);
    }

    /** What is asked for: a hash and the kind that it must be of. */
    public record Wanted(KeyKind kind, long key) {}

    /**
     * Reports of this node that hold at least one of some keys.
     *
     * @param keys how many reports hold each; those that nobody holds are left out
     * @param figures what these reports add up to
     * @param campaigns those that they are in, and how many of them are in each; most first
     * @param linked all reports of those campaigns and those outside any
     * @param latest the number of the latest; 0 if there is none. Numbers grow with time and mean nothing outside the node
     */
    public record Held(
            Map<Long, Integer> keys,
            ReportFigures figures,
            Map<CampaignSummary, Integer> campaigns,
            long linked,
            long latest) {
        /** Nobody holds any. */
        static final Held NOTHING = new Held(Map.of(), ReportFigures.NONE, Map.of(), 0, 0);
    }

    /**
     * Which reports hold any of these keys.
     *
     * @param after only reports that were linked after the one with this number; 0 for all
     */
    public Held held(Collection<Wanted> wanted, long after) {
        List<TraceQueries.Holding> holdings = traces.holding(wanted, after);
        if (holdings.isEmpty()) return Held.NOTHING;
        Map<Long, Integer> keys = new TreeMap<>();
        Set<Long> reports = new HashSet<>();
        long latest = 0;
        for (TraceQueries.Holding each : holdings) {
            keys.merge(each.key(), 1, Integer::sum);
            reports.add(each.report());
            latest = Math.max(latest, each.report());
        }
        Map<Long, Integer> byCampaign = traces.campaignsOf(reports);
        Map<CampaignSummary, Integer> summaries = new LinkedHashMap<>();
        int inCampaigns = 0;
        long linked = 0;
        for (CampaignSummary summary : campaigns.summariesOf(byCampaign.keySet())) {
            int among = byCampaign.getOrDefault(summary.id().number(), 0);
            summaries.put(summary, among);
            inCampaigns += among;
            linked += summary.reports();
        }
        return new Held(keys, traces.figures(reports), summaries, linked + reports.size() - inCampaigns, latest);
    }

    /** How many reports hold any of these keys and were linked after the one with this number. */
    public int count(Collection<Wanted> wanted, long after) {
        return (int) traces.holding(wanted, after).stream()
                .map(TraceQueries.Holding::report)
                .distinct()
                .count();
    }

    /** What links reports of a campaign to each other or to nothing yet, of some kinds. */
    public List<Long> keysIn(CampaignId id, Set<KeyKind> kinds) {
        return traces.keysOfGroup(campaigns.groupOf(id), kinds);
    }

    /** What all reports of a campaign add up to. */
    public ReportFigures figures(CampaignId id) {
        require(id);
        return traces.figuresOfGroup(campaigns.groupOf(id));
    }

    /** The numbers that a campaign has had: its own, and those of campaigns that were joined to it. */
    public List<Long> numbersOf(CampaignId id) {
        return traces.numbersOf(id.number());
    }

    /** Grows whenever a report is linked for the first time. */
    public long linkedUpTo() {
        return traces.linkedUpTo();
    }
}
