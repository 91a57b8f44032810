package org.sharaka.node.campaign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Money;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.platform.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Campaigns for programs. Reports are named by their references; the numbers inside the node stay inside. */
@RestController
@RequestMapping("/api/v1")
class CampaignApi {
    private final CampaignService campaigns;
    private final CampaignDecisions decisions;
    private final IntakeService intake;

    CampaignApi(CampaignService campaigns, CampaignDecisions decisions, IntakeService intake) {
        this.campaigns = campaigns;
        this.decisions = decisions;
        this.intake = intake;
    }

    record PageJson<T>(List<T> items, @Nullable String next) {}

    record MoneyJson(String amount, String currency) {
        static List<MoneyJson> of(List<Money> money) {
            return money.stream()
                    .map(m -> new MoneyJson(
                            m.amount().toPlainString(), m.currency().getCurrencyCode()))
                    .toList();
        }
    }

    record SummaryJson(
            long number,
            int reports,
            List<MoneyJson> losses,
            Instant firstSeen,
            Instant lastSeen,
            List<String> countries,
            List<Category> categories,
            CampaignState state,
            int recent,
            int before,
            List<String> ties,
            boolean anonymousOnly) {
        static SummaryJson of(CampaignSummary campaign) {
            return new SummaryJson(
                    campaign.id().number(),
                    campaign.reports(),
                    MoneyJson.of(campaign.losses()),
                    campaign.firstSeen(),
                    campaign.lastSeen(),
                    campaign.countries(),
                    campaign.categories(),
                    campaign.state(),
                    campaign.recent(),
                    campaign.before(),
                    campaign.kinds(),
                    campaign.anonymousOnly());
        }
    }

    record ReasonJson(
            String kind,
            String label,
            int inCampaign,
            long overall,
            double strength,
            @Nullable String ignored) {
        static List<ReasonJson> of(List<Reason> reasons) {
            return reasons.stream()
                    .map(reason -> new ReasonJson(
                            reason.kind(),
                            reason.label(),
                            reason.inCampaign(),
                            reason.overall(),
                            Math.round(reason.strength() * 1000) / 1000.0,
                            reason.ignored().map(Enum::name).orElse(null)))
                    .toList();
        }
    }

    record CampaignJson(
            SummaryJson summary, Map<String, Integer> days, List<ReasonJson> ties, List<ReasonJson> ignored) {}

    record MemberJson(String reference, Instant occurredAt, List<ReasonJson> reasons) {}

    record SearchJson(
            String kind,
            String identifier,
            long reports,
            List<SummaryJson> campaigns,
            List<String> latest,
            @Nullable String ignored) {}

    record AlertJson(
            long id, long campaign, Instant raisedAt, int reports, int recent, int before, boolean acknowledged) {}

    record LinkingJson(long reports, long waiting, boolean settled) {}

    record SplitJson(List<String> references, String reason) {}

    record JoinJson(long other, String reason) {}

    record DecidedJson(@Nullable Long campaign) {}

    @GetMapping("/campaigns")
    PageJson<SummaryJson> list(
            Actor actor,
            @RequestParam Optional<Category> category,
            @RequestParam Optional<String> country,
            @RequestParam Optional<CampaignState> state,
            @RequestParam(defaultValue = "2") int reportsMin,
            @RequestParam(defaultValue = "LAST_SEEN") CampaignFilter.Sort sort,
            @RequestParam Optional<String> cursor) {
        CampaignFilter filter =
                new CampaignFilter(category, country, Optional.empty(), Optional.empty(), state, reportsMin, sort);
        Page<CampaignSummary> page = campaigns.list(actor, filter, cursor);
        return new PageJson<>(
                page.items().stream().map(SummaryJson::of).toList(), page.next().orElse(null));
    }

    @GetMapping("/campaigns/{number}")
    CampaignJson view(Actor actor, @PathVariable long number) {
        CampaignView view = campaigns.view(actor, known(number));
        Map<String, Integer> days = new java.util.LinkedHashMap<>();
        view.timeline().forEach((day, reports) -> days.put(day.toString(), reports));
        return new CampaignJson(
                SummaryJson.of(view.summary()), days, ReasonJson.of(view.ties()), ReasonJson.of(view.ignored()));
    }

    @GetMapping("/campaigns/{number}/reports")
    PageJson<MemberJson> reports(Actor actor, @PathVariable long number, @RequestParam Optional<String> cursor) {
        Page<CampaignMember> page = campaigns.members(actor, known(number), cursor);
        Map<ReportId, Reference> references = intake.referencesOf(
                page.items().stream().map(CampaignMember::report).toList());
        List<MemberJson> items = new ArrayList<>();
        for (CampaignMember member : page.items()) {
            Reference reference = references.get(member.report());
            if (reference == null) continue;
            items.add(new MemberJson(reference.toString(), member.occurredAt(), ReasonJson.of(member.reasons())));
        }
        return new PageJson<>(items, page.next().orElse(null));
    }

    @PostMapping("/campaigns/{number}/split")
    DecidedJson split(Actor actor, @PathVariable long number, @RequestBody SplitJson split) {
        Set<ReportId> reports = new HashSet<>();
        for (String reference : split.references()) {
            reports.add(Reference.parse(reference)
                    .flatMap(intake::idOf)
                    .orElseThrow(() -> CampaignProblem.NOT_A_MEMBER.because("campaign " + number)));
        }
        return new DecidedJson(decisions
                .split(actor, known(number), reports, split.reason())
                .map(CampaignId::number)
                .orElse(null));
    }

    @PostMapping("/campaigns/{number}/join")
    DecidedJson join(Actor actor, @PathVariable long number, @RequestBody JoinJson join) {
        return new DecidedJson(decisions
                .join(actor, known(number), known(join.other()), join.reason())
                .number());
    }

    @GetMapping("/search")
    PageJson<SearchJson> search(Actor actor, @RequestParam String identifier) {
        List<SearchJson> found = new ArrayList<>();
        for (IdentifierSearch search : campaigns.search(actor, identifier)) {
            found.add(new SearchJson(
                    search.identifier().kind().name(),
                    search.identifier().display(),
                    search.reports(),
                    search.campaigns().stream().map(SummaryJson::of).toList(),
                    intake.referencesOf(search.latest()).values().stream()
                            .map(Reference::toString)
                            .toList(),
                    search.ignored().map(Enum::name).orElse(null)));
        }
        return new PageJson<>(found, null);
    }

    @GetMapping("/alerts")
    PageJson<AlertJson> alerts(
            Actor actor, @RequestParam(defaultValue = "true") boolean open, @RequestParam Optional<String> cursor) {
        Page<Alert> page = campaigns.alerts(actor, open, cursor);
        return new PageJson<>(
                page.items().stream()
                        .map(alert -> new AlertJson(
                                alert.id(),
                                alert.campaign().number(),
                                alert.raisedAt(),
                                alert.reports(),
                                alert.recent(),
                                alert.before(),
                                alert.acknowledgedAt().isPresent()))
                        .toList(),
                page.next().orElse(null));
    }

    /** How far linking is; the same answer to whoever may read campaigns. */
    @GetMapping("/linking")
    LinkingJson linking(Actor actor) {
        CampaignService.Progress progress = campaigns.progress(actor);
        return new LinkingJson(progress.reports(), progress.waiting(), progress.settled());
    }

    private static CampaignId known(long number) {
        if (number <= 0) throw CampaignProblem.NOT_FOUND.because("campaign " + number);
        return new CampaignId(number);
    }
}
