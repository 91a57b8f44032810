package org.sharaka.node.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.linking.Moved;
import org.sharaka.node.intake.ReportEvidence;
import org.sharaka.node.intake.ReportId;

/**
 * The campaigns and what they add up to. Follows the groups of the linking library: a group of two reports or more is a
 * campaign. Called by one linker at a time, inside its transaction.
 */
final class Campaigns {
    /** A campaign this small is no alert, however new. */
    static final int ALERT_REPORTS_MIN = 5;

    private final Statements sql;
    private final Tallies tallies;

    /** @param currency ISO 4217 code of the node's own currency, by which the list can be sorted */
    Campaigns(Statements sql, String currency) {
        this.sql = sql;
        this.tallies = new Tallies(sql, currency);
    }

    /** @param known whether the report had its number before */
    record Numbered(long number, boolean known) {}

    /** Numbers the reports for linking; one that has a number keeps it, and its facts are written anew. */
    Map<ReportId, Numbered> number(Collection<ReportEvidence> reports) {
        Map<ReportId, Numbered> numbers = new LinkedHashMap<>();
        if (reports.isEmpty()) return numbers;
        List<ReportEvidence> each = List.copyOf(reports);
        sql.query(
                """
                INSERT INTO campaign.report AS r (report_id, received_at, occurred_at, category, country,
                    loss_amount, loss_currency, anonymous)
                SELECT * FROM unnest(?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[],
                    ?::numeric[], ?::text[], ?::boolean[])
                ON CONFLICT (report_id) DO UPDATE SET category = excluded.category, country = excluded.country,
                    loss_amount = excluded.loss_amount, loss_currency = excluded.loss_currency,
                    anonymous = excluded.anonymous
                RETURNING new.number, new.report_id, old.number IS NOT NULL AS known
                """,
                (row, n) -> {
                    Numbered numbered = new Numbered(row.getLong("number"), row.getBoolean("known"));
                    numbers.put(new ReportId(row.getObject("report_id", UUID.class)), numbered);
                    return numbered;
                },
                each.stream().map(r -> r.id().value()).toArray(UUID[]::new),
                each.stream().map(r -> r.receivedAt().toString()).toArray(String[]::new),
                each.stream().map(r -> r.occurredAt().toString()).toArray(String[]::new),
                each.stream().map(r -> r.category().name()).toArray(String[]::new),
                each.stream().map(r -> r.country().orElse(null)).toArray(String[]::new),
                each.stream()
                        .map(r -> r.loss().map(m -> m.amount().toPlainString()).orElse(null))
                        .toArray(String[]::new),
                each.stream()
                        .map(r -> r.loss()
                                .map(m -> m.currency().getCurrencyCode())
                                .orElse(null))
                        .toArray(String[]::new),
                each.stream().map(ReportEvidence::anonymous).toArray(Boolean[]::new));
        return numbers;
    }

    /** The numbers of those reports that have one. */
    List<Long> numbersOf(Collection<ReportId> reports) {
        if (reports.isEmpty()) return List.of();
        return sql.query(
                "SELECT number FROM campaign.report WHERE report_id = ANY (?)",
                (row, n) -> row.getLong("number"),
                (Object) reports.stream().map(ReportId::value).toArray(UUID[]::new));
    }

    /** The reports that were numbered last. */
    List<ReportId> latest(int limit) {
        return sql.query(
                "SELECT report_id FROM campaign.report ORDER BY number DESC LIMIT ?",
                (row, n) -> new ReportId(row.getObject("report_id", UUID.class)),
                limit);
    }

    /** Forgets reports that were taken out; their campaigns have been told by {@link #follow}. */
    void forget(Collection<Long> reports) {
        sql.later("DELETE FROM campaign.report WHERE number = ANY (?)", (Object) reports.toArray(Long[]::new));
    }

    /** Counts the campaigns of these reports anew, because their facts changed. */
    void recount(Collection<Long> reports, Instant now) {
        if (reports.isEmpty()) return;
        Set<Long> groups = new HashSet<>(sql.query(
                "SELECT DISTINCT group_number FROM campaign.placement WHERE report = ANY (?)",
                (row, n) -> row.getLong("group_number"),
                (Object) reports.toArray(Long[]::new)));
        Tallies.Entering entering = new Tallies.Entering();
        countAnew(groups, campaignsOf(groups), entering);
        tallies.add(entering, now);
    }

    /**
     * Brings the campaigns in line with reports that changed their group.
     *
     * @return numbers of the campaigns that changed
     */
    Set<Long> follow(Collection<Moved> moves, Instant now) {
        if (moves.isEmpty()) return Set.of();
        Map<Long, Standing> campaigns = campaignsOf(groupsIn(moves));
        Map<Long, Long> taken = takenWhole(moves, campaigns);
        Set<Long> left = new HashSet<>();
        for (Moved move : moves) if (move.from() != 0 && !taken.containsKey(move.from())) left.add(move.from());
        Tallies.Entering entering = new Tallies.Entering();
        Set<Long> anew = new HashSet<>();
        for (Moved move : moves) {
            Standing into = campaigns.get(move.to());
            if (move.to() == 0 || taken.containsKey(move.from())) continue;
            if (into == null) anew.add(move.to());
            else if (!left.contains(move.to())) entering.add(move.report(), into.number());
        }
        for (Long group : left) if (campaigns.containsKey(group)) anew.add(group);
        countAnew(anew, campaigns, entering);
        Tallies.Entering absorbed = new Tallies.Entering();
        taken.forEach((from, into) -> absorbed.add(
                requireNonNull(campaigns.get(from)).number(),
                requireNonNull(campaigns.get(into)).number()));
        tallies.takeOver(absorbed);
        tallies.add(entering, now);
        Set<Long> grown = new HashSet<>(absorbed.campaigns());
        grown.removeAll(entering.campaigns());
        tallies.refresh(grown, now);
        end(absorbed.what(), absorbed.into());
        closeEmpty(left, campaigns, moves);
        Set<Long> changed = new HashSet<>(entering.campaigns());
        changed.addAll(grown);
        return changed;
    }

    private static Set<Long> groupsIn(Collection<Moved> moves) {
        Set<Long> groups = new HashSet<>();
        for (Moved move : moves) {
            groups.add(move.from());
            groups.add(move.to());
        }
        groups.remove(0L);
        return groups;
    }

    /**
     * Campaigns all of whose reports went to one other campaign that lost none itself: what they added up to is added to it, however many
     * reports they have.
     *
     * @return the groups taken in, each with the group that takes it in
     */
    private static Map<Long, Long> takenWhole(Collection<Moved> moves, Map<Long, Standing> campaigns) {
        Map<Long, Map<Long, Integer>> targets = new HashMap<>();
        for (Moved move : moves) {
            targets.computeIfAbsent(move.from(), from -> new HashMap<>()).merge(move.to(), 1, Integer::sum);
        }
        Map<Long, Long> taken = new HashMap<>();
        targets.forEach((from, into) -> {
            Standing campaign = campaigns.get(from);
            if (campaign == null || into.size() != 1) return;
            into.forEach((group, moved) -> {
                boolean stands = campaigns.containsKey(group) && !targets.containsKey(group);
                if (stands && moved == campaign.reports()) taken.put(from, group);
            });
        });
        return taken;
    }

    /** @param reports that count in it */
    private record Standing(long number, int reports) {}

    /** The campaigns that these groups are, by group. */
    private Map<Long, Standing> campaignsOf(Collection<Long> groups) {
        Map<Long, Standing> campaigns = new HashMap<>();
        if (groups.isEmpty()) return campaigns;
        sql.query(
                "SELECT group_number, number, reports FROM campaign.campaign WHERE group_number = ANY (?)",
                (row, n) -> {
                    Standing standing = new Standing(row.getLong("number"), row.getInt("reports"));
                    campaigns.put(row.getLong("group_number"), standing);
                    return standing;
                },
                (Object) groups.toArray(Long[]::new));
        return campaigns;
    }

    /** Campaigns whose groups are new, or lost reports: small as a rule, so they are counted from nothing. */
    private void countAnew(Set<Long> groups, Map<Long, Standing> campaigns, Tallies.Entering entering) {
        List<Long> emptied = new ArrayList<>();
        membersOf(groups).forEach((group, members) -> {
            if (members.size() < 2) return;
            Standing standing = campaigns.get(group);
            if (standing != null) emptied.add(standing.number());
            long campaign = standing != null ? standing.number() : open(group);
            for (Long member : members) entering.add(member, campaign);
        });
        tallies.empty(emptied);
    }

    private Map<Long, List<Long>> membersOf(Set<Long> groups) {
        Map<Long, List<Long>> members = new LinkedHashMap<>();
        if (groups.isEmpty()) return members;
        sql.query(
                """
                SELECT group_number, report FROM campaign.placement WHERE group_number = ANY (?)
                ORDER BY group_number, report
                """,
                (row, n) -> members.computeIfAbsent(row.getLong("group_number"), g -> new ArrayList<>())
                        .add(row.getLong("report")),
                (Object) groups.toArray(Long[]::new));
        return members;
    }

    private long open(long group) {
        return sql.query("""
                        INSERT INTO campaign.campaign (group_number, reports, named_reports, first_seen, last_seen, recent, before,
                            state, refreshed_on, loss)
                        VALUES (?, 0, 0, 'infinity', '-infinity', 0, 0, 'STEADY', '-infinity', 0) RETURNING number
                        """, (row, n) -> row.getLong("number"), group).get(0);
    }

    /** Ends campaigns whose group has fewer than two reports left, and says where the reports went. */
    private void closeEmpty(Set<Long> left, Map<Long, Standing> campaigns, Collection<Moved> moves) {
        left.retainAll(campaigns.keySet());
        if (left.isEmpty()) return;
        Map<Long, List<Long>> members = membersOf(left);
        left.removeIf(group -> members.getOrDefault(group, List.of()).size() >= 2);
        if (left.isEmpty()) return;
        Map<Long, Standing> now = campaignsOf(groupsIn(moves));
        Long[] ended = new Long[left.size()];
        @Nullable Long[] joined = new @Nullable Long[left.size()];
        int at = 0;
        for (Long group : left) {
            @Nullable
            Long joinedTo = moves.stream()
                    .filter(move -> move.from() == group)
                    .map(move -> now.get(move.to()))
                    .filter(Objects::nonNull)
                    .map(Standing::number)
                    .findFirst()
                    .orElse(null);
            ended[at] = requireNonNull(campaigns.get(group)).number();
            joined[at++] = joinedTo;
        }
        end(ended, joined);
    }

    /** @param joinedTo the campaign that each went to, if any */
    private void end(Long[] campaigns, @Nullable Long[] joinedTo) {
        if (campaigns.length == 0) return;
        tallies.empty(List.of(campaigns));
        sql.later("""
                UPDATE campaign.campaign AS c SET group_number = NULL, joined_to = m.joined_to
                FROM unnest(?::bigint[], ?::bigint[]) AS m (number, joined_to) WHERE c.number = m.number
                """, campaigns, joinedTo);
    }

    /**
     * Refreshes campaigns that were last refreshed on an earlier day.
     *
     * @return how many; 0 when all are of today
     */
    int refreshOutdated(Instant now, int limit) {
        List<Long> outdated = sql.query(
                """
                SELECT number FROM campaign.campaign
                WHERE group_number IS NOT NULL AND state <> 'QUIET' AND refreshed_on < ?::date LIMIT ?
                """,
                (row, n) -> row.getLong("number"),
                LocalDate.ofInstant(now, ZoneOffset.UTC).toString(),
                limit);
        tallies.refresh(outdated, now);
        return outdated.size();
    }

    /** Raises an alert for each campaign that is new and growing, and again each time it has doubled. */
    void raiseAlerts(Collection<Long> numbers, Instant now) {
        if (numbers.isEmpty()) return;
        sql.later("""
                INSERT INTO campaign.alert (campaign, raised_at, reports, recent, before)
                SELECT c.number, ?::timestamptz, c.reports, c.recent, c.before FROM campaign.campaign c
                WHERE c.number = ANY (?) AND c.state = 'NEW_AND_GROWING' AND c.reports >= ?
                AND NOT EXISTS (
                    SELECT FROM campaign.alert a WHERE a.campaign = c.number AND a.reports * 2 > c.reports)
                """, now.toString(), numbers.toArray(Long[]::new), ALERT_REPORTS_MIN);
    }
}
