package org.sharaka.node.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.WebLanguage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What officers read of campaigns: the list, one campaign from four sides, and what is new. */
@Controller
final class CampaignPages {
    private final CampaignService campaigns;
    private final IntakeService intake;
    private final OfficerService officers;
    private final ObjectProvider<CampaignSection> sections;

    CampaignPages(
            CampaignService campaigns,
            IntakeService intake,
            OfficerService officers,
            ObjectProvider<CampaignSection> sections) {
        this.campaigns = campaigns;
        this.intake = intake;
        this.officers = officers;
        this.sections = sections;
    }

    /** A country of the filter's choice. */
    public record Country(String code, String name) {}

    /** A shared thing of the picture with the positions of the reports that hold it. */
    public record Tie(Reason reason, List<Integer> holders) {}

    @GetMapping("/")
    String home(Actor actor, Locale locale, Model model) {
        if (actor.may(Permission.CAMPAIGN_READ)) {
            CampaignService.Overview overview = campaigns.overview(actor);
            model.addAttribute("overview", overview)
                    .addAttribute(
                            "moving",
                            Stream.concat(overview.fresh().stream(), overview.growing().stream())
                                    .toList());
        }
        model.addAttribute("charts", charts(locale));
        return "campaign/home";
    }

    @GetMapping("/campaigns")
    String list(
            Actor actor,
            @ModelAttribute("form") CampaignFilterForm form,
            @RequestParam(required = false) @Nullable String cursor,
            Locale locale,
            Model model) {
        Page<CampaignSummary> page = campaigns.list(actor, form.filter(), given(cursor));
        model.addAttribute("page", page)
                .addAttribute("further", cursor != null)
                .addAttribute("charts", charts(locale))
                .addAttribute("categories", Category.values())
                .addAttribute("states", CampaignState.values())
                .addAttribute("sorts", CampaignFilter.Sort.values())
                .addAttribute("countries", countries(locale));
        return "campaign/list";
    }

    @GetMapping("/campaigns/{number:[0-9]{1,18}}")
    String campaign(Actor actor, @PathVariable long number, Locale locale, Model model) {
        CampaignId id = id(number);
        try {
            CampaignView view = campaigns.view(actor, id);
            CampaignCharts charts = charts(locale);
            model.addAttribute("view", view).addAttribute("charts", charts);
            if (!view.timeline().isEmpty()) model.addAttribute("timeline", charts.timeline(view.timeline()));
            model.addAttribute(
                    "sections",
                    sections.orderedStream()
                            .flatMap(section -> section.show(actor, view, locale, model).stream())
                            .toList());
            return "campaign/campaign";
        } catch (ProblemException e) {
            if (e.type() != CampaignProblem.JOINED_TO_ANOTHER) throw e;
            return "redirect:/campaigns/" + CampaignId.parse(String.valueOf(e.getMessage()));
        }
    }

    @GetMapping("/campaigns/{number:[0-9]{1,18}}/reports")
    String reports(
            Actor actor,
            @PathVariable long number,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        CampaignId id = id(number);
        Page<CampaignMember> page = campaigns.members(actor, id, given(cursor));
        model.addAttribute("view", campaigns.view(actor, id))
                .addAttribute("page", page)
                .addAttribute("further", cursor != null)
                .addAttribute(
                        "references",
                        references(page.items().stream()
                                .map(CampaignMember::report)
                                .toList()));
        return "campaign/reports";
    }

    @GetMapping("/campaigns/{number:[0-9]{1,18}}/graph")
    String graph(Actor actor, @PathVariable long number, Model model) {
        CampaignId id = id(number);
        CampaignGraph graph = campaigns.graph(actor, id);
        model.addAttribute("view", campaigns.view(actor, id))
                .addAttribute("graph", graph)
                .addAttribute("ties", ties(graph))
                .addAttribute(
                        "references",
                        references(graph.reports().stream()
                                .map(CampaignGraph.ReportNode::report)
                                .toList()));
        return "campaign/graph";
    }

    @GetMapping("/campaigns/{number:[0-9]{1,18}}/decisions")
    String decisions(Actor actor, @PathVariable long number, Model model) {
        CampaignView view = campaigns.view(actor, id(number));
        model.addAttribute("view", view)
                .addAttribute(
                        "officers",
                        officers.logins(view.decisions().stream()
                                .map(CampaignDecision::officer)
                                .distinct()
                                .toList()));
        return "campaign/decisions";
    }

    @GetMapping("/search")
    String search(
            Actor actor,
            @RequestParam(name = "q", required = false) @Nullable String typed,
            Locale locale,
            Model model) {
        model.addAttribute("typed", typed == null ? "" : typed).addAttribute("charts", charts(locale));
        if (typed == null || typed.isBlank()) return "campaign/search";
        try {
            List<IdentifierSearch> found = campaigns.search(actor, typed);
            model.addAttribute("found", found)
                    .addAttribute(
                            "references",
                            references(found.stream()
                                    .flatMap(one -> one.latest().stream())
                                    .distinct()
                                    .toList()));
        } catch (ProblemException e) {
            if (e.type() != CampaignProblem.NO_IDENTIFIER) throw e;
            model.addAttribute("unreadable", true);
        }
        return "campaign/search";
    }

    @GetMapping("/alerts")
    String alerts(
            Actor actor,
            @RequestParam(defaultValue = "true") boolean open,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        model.addAttribute("page", campaigns.alerts(actor, open, given(cursor)))
                .addAttribute("open", open)
                .addAttribute("further", cursor != null);
        return "campaign/alerts";
    }

    /** Numbers that no campaign can have are unknown, not malformed. */
    static CampaignId id(long number) {
        if (number <= 0) throw CampaignProblem.NOT_FOUND.because("campaign " + number);
        return new CampaignId(number);
    }

    private Map<ReportId, Reference> references(Collection<ReportId> reports) {
        return intake.referencesOf(reports);
    }

    private static List<Tie> ties(CampaignGraph graph) {
        Map<ReportId, Integer> positions = new HashMap<>();
        for (CampaignGraph.ReportNode report : graph.reports()) positions.put(report.report(), positions.size());
        Map<Long, List<Integer>> holders = new HashMap<>();
        for (CampaignGraph.Edge edge : graph.edges()) {
            Integer position = positions.get(edge.report());
            if (position != null)
                holders.computeIfAbsent(edge.key(), key -> new ArrayList<>()).add(position);
        }
        return graph.keys().stream()
                .map(key -> new Tie(key, holders.getOrDefault(key.key(), List.of())))
                .toList();
    }

    private static CampaignCharts charts(Locale locale) {
        return new CampaignCharts(locale.getLanguage().equals(WebLanguage.ARABIC.code()));
    }

    private static List<Country> countries(Locale locale) {
        java.text.Collator order = java.text.Collator.getInstance(locale);
        return Arrays.stream(Locale.getISOCountries())
                .map(code -> new Country(
                        code, new Locale.Builder().setRegion(code).build().getDisplayCountry(locale)))
                .sorted(Comparator.comparing(Country::name, order))
                .toList();
    }

    private static Optional<String> given(@Nullable String cursor) {
        return Optional.ofNullable(cursor).filter(text -> !text.isBlank());
    }
}
