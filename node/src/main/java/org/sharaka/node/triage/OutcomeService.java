package org.sharaka.node.triage;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.campaign.CampaignService;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportFacts;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.platform.Ids;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * "Your report helped": when a campaign led to an arrest, a takedown or held money, each reporter who wished it hears one
 * neutral line, once. The line is the same for all and tells of no campaign, person or outcome (S16).
 */
public final class OutcomeService {
    private static final int SHOWN = 50;
    private static final int THANKED_AT_ONCE = 50;

    private static final Actor THANKS = Actor.system("triage.thanks");

    private final JdbcTemplate sql;
    private final CampaignService campaigns;
    private final IntakeService intake;
    private final CorrespondenceService correspondence;
    private final AuditTrail audit;
    private final MessageSource messages;
    private final Ids ids;
    private final Clock clock;

    /** Eight parts: from the campaign to the letter. */
    OutcomeService(
            JdbcTemplate sql,
            CampaignService campaigns,
            IntakeService intake,
            CorrespondenceService correspondence,
            AuditTrail audit,
            MessageSource messages,
            Ids ids,
            Clock clock) {
        this.sql = sql;
        this.campaigns = campaigns;
        this.intake = intake;
        this.correspondence = correspondence;
        this.audit = audit;
        this.messages = messages;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Records what came of a campaign and queues the line for those of its reporters who wished it and never had it.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link TriageProblem#BAD_FIELD}; the campaign's not-found
     */
    public Outcome record(Actor actor, CampaignId campaign, Outcome.Kind kind, String note) {
        return audit.act(actor, "triage.outcome", "campaign/" + campaign, entry -> {
            actor.require(Permission.OUTCOME_RECORD);
            String written = note.replace('\0', ' ').strip();
            if (written.length() < 3 || written.length() > Outcome.NOTE_LENGTH_MAX)
                throw TriageProblem.BAD_FIELD.because("a note has 3 to 1,000 characters");
            UUID[] reports = campaigns.reportsOf(actor, campaign).stream()
                    .map(ReportId::value)
                    .toArray(UUID[]::new);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            UUID id = ids.timeOrdered();
            sql.update("""
                    insert into triage.outcome (id, campaign, kind, note, recorded_by, recorded_at, told, entry)
                    values (?, ?, ?, ?, ?, ?, 0, ?)
                    """, id, campaign.number(), kind.name(), written, actor.id(), utc(now), entry.value());
            int told = sql.update("""
                    insert into triage.thanks (report_id, outcome_id)
                    select i.report_id, ? from triage.item i where i.report_id = any (?) and i.wants_news
                    on conflict (report_id) do nothing
                    """, id, reports);
            sql.update("update triage.outcome set told = ? where id = ?", told, id);
            return new Outcome(id, campaign, kind, written, actor.id(), now, told);
        });
    }

    /** The latest, of one campaign or of all. */
    public List<Outcome> latest(Actor actor, Optional<CampaignId> campaign) {
        return audit.read(actor, "triage.outcomes", "outcomes", () -> {
            actor.require(Permission.OUTCOME_RECORD).requirePurpose();
            return sql.query(
                    "select * from triage.outcome where ? or campaign = ? order by recorded_at desc, id desc limit ?",
                    (row, n) -> new Outcome(
                            row.getObject("id", UUID.class),
                            new CampaignId(row.getLong("campaign")),
                            Outcome.Kind.valueOf(row.getString("kind")),
                            row.getString("note"),
                            row.getString("recorded_by"),
                            instant(row, "recorded_at"),
                            row.getInt("told")),
                    campaign.isEmpty(),
                    campaign.map(CampaignId::number).orElse(0L),
                    SHOWN);
        });
    }

    /**
     * Writes the line to some of those who wait for it, in one transaction with the mark that it was written.
     *
     * @return how many were dealt with
     */
    int thankNext() {
        if (!Boolean.TRUE.equals(
                sql.queryForObject("select exists (select from triage.thanks where sent_at is null)", Boolean.class)))
            return 0;
        return audit.act(THANKS, "triage.thank", "reports", () -> {
            List<ReportId> waiting =
                    sql.query("""
                    select report_id from triage.thanks where sent_at is null order by report_id limit ?
                    for update skip locked
                    """, (row, n) -> new ReportId(row.getObject(1, UUID.class)), THANKED_AT_ONCE);
            var references = intake.referencesOf(waiting);
            for (ReportFacts report : intake.facts(waiting)) {
                Reference reference = references.get(report.id());
                // Who took the report back wants no more letters.
                if (reference != null && !report.withdrawn()) thank(reference, report.language());
            }
            sql.update(
                    "update triage.thanks set sent_at = ? where report_id = any (?)",
                    utc(clock.instant()),
                    waiting.stream().map(ReportId::value).toArray(UUID[]::new));
            return waiting.size();
        });
    }

    private void thank(Reference reference, Optional<String> reportLanguage) {
        String language = TemplateLanguage.of(reportLanguage, Locale.FRENCH);
        String line = messages.getMessage("triage.outcome.line", null, Locale.forLanguageTag(language));
        var unused = correspondence.write(THANKS, reference, line, Optional.of(language));
    }
}
