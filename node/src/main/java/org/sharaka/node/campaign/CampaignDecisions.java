package org.sharaka.node.campaign;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sharaka.linking.Decision;
import org.sharaka.linking.KeyMark;
import org.sharaka.linking.Linker;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.intake.ReportId;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What analysts decide about campaigns, and that it stays. Every method needs {@link Permission#CAMPAIGN_DECIDE}, a purpose
 * and a reason of 3 to 1,000 characters; the act, its effect and its audit entry are one transaction.
 */
public final class CampaignDecisions {
    private static final int REASON_LENGTH_MIN = 3;
    private static final int REASON_LENGTH_MAX = 1_000;

    private final AuditTrail audit;
    private final JdbcTemplate sql;
    private final Linking linking;
    private final Linker linker;
    private final CampaignQueries campaigns;
    private final Clock clock;

    CampaignDecisions(
            AuditTrail audit,
            JdbcTemplate sql,
            Linking linking,
            Linker linker,
            CampaignQueries campaigns,
            Clock clock) {
        this.audit = audit;
        this.sql = sql;
        this.linking = linking;
        this.linker = linker;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    /**
     * "Not the same": takes reports out of a campaign. They and those that stay are never of one campaign again, whatever
     * comes later, until the decision is undone.
     *
     * @return the campaign that the taken-out reports are now; empty if only one report was taken out
     * @throws org.sharaka.node.platform.ProblemException {@link CampaignProblem#SPLIT_NEEDS_TWO_SIDES},
     *     {@link CampaignProblem#NOT_A_MEMBER}, {@link CampaignProblem#REASON_MISSING}
     */
    public Optional<CampaignId> split(Actor actor, CampaignId id, Set<ReportId> reports, String reason) {
        return act(actor, "campaign.split", CampaignService.subject(id), reason, entry -> {
            long group = groupOf(id);
            Set<Long> taken = new HashSet<>(campaigns.numbersIn(group, reports));
            if (taken.size() != reports.size()) throw CampaignProblem.NOT_A_MEMBER.because("campaign " + id);
            Set<Long> left = new HashSet<>(campaigns.allNumbersIn(group));
            left.removeAll(taken);
            if (taken.isEmpty() || left.isEmpty())
                throw CampaignProblem.SPLIT_NEEDS_TWO_SIDES.because("campaign " + id);
            long decision = enter(entry, CampaignDecision.Kind.SPLIT, actor, id, reason);
            decide(entry, actor, new Decision.Split(decision, taken, left));
            Optional<CampaignId> other = campaignOf(taken.iterator().next()).filter(campaign -> !campaign.equals(id));
            sql.update(
                    "UPDATE campaign.decision SET reports = ?, other = ? WHERE id = ?",
                    taken.size(),
                    other.map(CampaignId::number).orElse(null),
                    decision);
            return other;
        });
    }

    /**
     * "The same": two campaigns become one and stay one until the decision is undone. A split between them is superseded.
     *
     * @return the campaign that both are now
     * @throws org.sharaka.node.platform.ProblemException {@link CampaignProblem#SAME_CAMPAIGN}
     */
    public CampaignId join(Actor actor, CampaignId id, CampaignId other, String reason) {
        return act(actor, "campaign.join", CampaignService.subject(id), reason, entry -> {
            if (id.equals(other)) throw CampaignProblem.SAME_CAMPAIGN.because("campaign " + id);
            long one = campaigns.allNumbersIn(groupOf(id)).get(0);
            long two = campaigns.allNumbersIn(groupOf(other)).get(0);
            long decision = enter(entry, CampaignDecision.Kind.JOIN, actor, id, reason);
            sql.update("UPDATE campaign.decision SET other = ? WHERE id = ?", other.number(), decision);
            decide(entry, actor, new Decision.Join(decision, one, two));
            return campaignOf(one).orElseThrow();
        });
    }

    /**
     * Says that something which reports share is a shared service and never links, or that it links whatever lists say.
     *
     * @param id the campaign on whose page the officer decided
     * @param key {@link Reason#key()}
     */
    public void markKey(Actor actor, CampaignId id, long key, boolean shared, String reason) {
        act(actor, "campaign.mark-key", CampaignService.subject(id), reason, entry -> {
            groupOf(id);
            CampaignDecision.Kind kind = shared ? CampaignDecision.Kind.KEY_SHARED : CampaignDecision.Kind.KEY_LINKS;
            if (!exists(key)) throw CampaignProblem.NOT_FOUND.because("key " + key);
            List<Long> earlier = sql.queryForList(
                    "SELECT id FROM campaign.decision WHERE key_number = ? AND undone_at IS NULL", Long.class, key);
            undone(earlier, actor, entry);
            long decision = enter(entry, kind, actor, id, reason);
            sql.update("UPDATE campaign.decision SET key_number = ? WHERE id = ?", key, decision);
            linking.follow(linker.mark(key, shared ? KeyMark.SHARED : KeyMark.LINKS));
            linking.settleAll();
            return decision;
        });
    }

    /**
     * Takes a decision back.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link CampaignProblem#ALREADY_UNDONE}
     */
    public void undo(Actor actor, long decision, String reason) {
        act(actor, "campaign.undo", "decision/" + decision, reason, entry -> {
            record Standing(CampaignDecision.Kind kind, long key, boolean undone) {}
            Standing standing = sql
                    .query(
                            "SELECT kind, key_number, undone_at IS NOT NULL AS undone FROM campaign.decision WHERE id = ?",
                            (row, n) -> new Standing(
                                    CampaignDecision.Kind.valueOf(row.getString("kind")),
                                    row.getLong("key_number"),
                                    row.getBoolean("undone")),
                            decision)
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> CampaignProblem.NOT_FOUND.because("decision " + decision));
            if (standing.undone()) throw CampaignProblem.ALREADY_UNDONE.because("decision " + decision);
            undone(List.of(decision), actor, entry);
            switch (standing.kind()) {
                case SPLIT, JOIN -> linking.follow(linker.revoke(decision));
                case KEY_SHARED, KEY_LINKS -> linking.follow(linker.mark(standing.key(), KeyMark.NONE));
            }
            linking.settleAll();
            return decision;
        });
    }

    /** Notes that an officer has seen an alert; a second time changes nothing. */
    public void acknowledge(Actor actor, long alert) {
        audit.act(actor, "campaign.acknowledge", "alert/" + alert, () -> {
            actor.require(Permission.CAMPAIGN_READ).requirePurpose();
            int known = sql.update("""
                    UPDATE campaign.alert SET acknowledged_by = coalesce(acknowledged_by, ?),
                        acknowledged_at = coalesce(acknowledged_at, ?::timestamptz)
                    WHERE id = ?
                    """, actor.id(), clock.instant().toString(), alert);
            if (known == 0) throw CampaignProblem.NOT_FOUND.because("alert " + alert);
            return alert;
        });
    }

    private void decide(EntryId entry, Actor actor, Decision decision) {
        Linker.Decided decided = linker.decide(decision);
        undone(decided.superseded(), actor, entry);
        linking.follow(decided.changes());
        linking.settleAll();
    }

    /** The entry is that of the act by which they ended: an undo, or a later decision that says the opposite. */
    private void undone(Collection<Long> decisions, Actor by, EntryId entry) {
        sql.update("""
                UPDATE campaign.decision SET undone_at = ?::timestamptz, undone_by = ?, undone_entry = ?
                WHERE id = ANY (?)
                """, clock.instant().toString(), by.id(), entry.value(), decisions.toArray(Long[]::new));
    }

    private long enter(EntryId entry, CampaignDecision.Kind kind, Actor actor, CampaignId id, String reason) {
        Long decision = sql.queryForObject(
                """
                INSERT INTO campaign.decision (entry, kind, officer, decided_at, reason, campaign)
                VALUES (?, ?, ?, ?::timestamptz, ?, ?) RETURNING id
                """,
                Long.class,
                entry.value(),
                kind.name(),
                actor.id(),
                clock.instant().toString(),
                reason.strip(),
                id.number());
        if (decision == null) throw new EmptyResultDataAccessException(1);
        return decision;
    }

    private boolean exists(long key) {
        return !sql.queryForList("SELECT 1 FROM campaign.link_key WHERE hash = ?", Integer.class, key)
                .isEmpty();
    }

    private long groupOf(CampaignId id) {
        long group = campaigns.groupOf(id);
        if (group == 0) throw CampaignProblem.NOT_FOUND.because("campaign " + id);
        return group;
    }

    private Optional<CampaignId> campaignOf(long report) {
        List<CampaignId> found =
                new ArrayList<>(sql.query("""
                SELECT c.number FROM campaign.placement p
                JOIN campaign.campaign c ON c.group_number = p.group_number WHERE p.report = ?
                """, (row, n) -> new CampaignId(row.getLong("number")), report));
        return found.stream().findFirst();
    }

    private <T> T act(Actor actor, String action, String subject, String reason, Function<EntryId, T> act) {
        return audit.act(actor, action, subject, entry -> {
            actor.require(Permission.CAMPAIGN_DECIDE).requirePurpose();
            int length = reason.strip().length();
            if (length < REASON_LENGTH_MIN || length > REASON_LENGTH_MAX) {
                throw CampaignProblem.REASON_MISSING.because("the reason has " + length + " characters");
            }
            return linking.alone(() -> act.apply(entry));
        });
    }
}
