package org.sharaka.node.campaign;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.platform.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What analysts decide about campaigns. A decision that is refused comes back to its page with the reason said there. */
@Controller
final class DecisionPages {
    private static final String CAMPAIGN = "/campaigns/{number:[0-9]{1,18}}";

    private final CampaignService campaigns;
    private final CampaignDecisions decisions;

    DecisionPages(CampaignService campaigns, CampaignDecisions decisions) {
        this.campaigns = campaigns;
        this.decisions = decisions;
    }

    @PostMapping(CAMPAIGN + "/split")
    String split(
            Actor actor,
            @PathVariable long number,
            @RequestParam(name = "report", required = false) @Nullable List<UUID> reports,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        Set<ReportId> out = (reports == null ? List.<UUID>of() : reports)
                .stream().map(ReportId::new).collect(Collectors.toUnmodifiableSet());
        return decided(next, "split", "/campaigns/" + number + "/reports", () -> {
            decisions.split(actor, CampaignPages.id(number), out, reason);
            return "/campaigns/" + number + "/decisions";
        });
    }

    @PostMapping(CAMPAIGN + "/join")
    String join(
            Actor actor,
            @PathVariable long number,
            @RequestParam(required = false) @Nullable Long other,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        return decided(next, "join", "/campaigns/" + number + "/decisions", () -> {
            CampaignId joined = decisions.join(
                    actor, CampaignPages.id(number), CampaignPages.id(other == null ? 0 : other), reason);
            return "/campaigns/" + joined + "/decisions";
        });
    }

    /** Asks for the reason before an identifier is marked. */
    @GetMapping(CAMPAIGN + "/keys/{key:[0-9]{1,18}}")
    String askAboutKey(Actor actor, @PathVariable long number, @PathVariable long key, Model model) {
        CampaignView view = campaigns.view(actor.require(Permission.CAMPAIGN_DECIDE), CampaignPages.id(number));
        Reason shared = Stream.of(view.ties(), view.ignored())
                .flatMap(Collection::stream)
                .filter(reason -> reason.key() == key)
                .findFirst()
                .orElseThrow(() -> CampaignProblem.NOT_FOUND.because("key " + key + " of campaign " + number));
        model.addAttribute("view", view).addAttribute("key", shared);
        return "campaign/key";
    }

    @PostMapping(CAMPAIGN + "/keys/{key:[0-9]{1,18}}")
    String markKey(
            Actor actor,
            @PathVariable long number,
            @PathVariable long key,
            @RequestParam boolean shared,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        return decided(next, shared ? "shared" : "links", "/campaigns/" + number + "/keys/" + key, () -> {
            decisions.markKey(actor, CampaignPages.id(number), key, shared, reason);
            return "/campaigns/" + number + "/decisions";
        });
    }

    @PostMapping(CAMPAIGN + "/decisions/{decision:[0-9]{1,18}}/undo")
    String undo(
            Actor actor,
            @PathVariable long number,
            @PathVariable long decision,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        String here = "/campaigns/" + number + "/decisions";
        return decided(next, "undone", here, () -> {
            decisions.undo(actor, decision, reason);
            return here;
        });
    }

    @PostMapping("/alerts/{alert:[0-9]{1,18}}/acknowledge")
    String acknowledge(Actor actor, @PathVariable long alert, RedirectAttributes next) {
        decisions.acknowledge(actor, alert);
        next.addFlashAttribute("done", "campaign.done.acknowledged");
        return "redirect:/alerts";
    }

    private interface Act {
        /** @return the page that shows what was done */
        String run();
    }

    private static String decided(RedirectAttributes next, String what, String back, Act act) {
        try {
            String shown = act.run();
            next.addFlashAttribute("done", "campaign.done." + what);
            return "redirect:" + shown;
        } catch (ProblemException e) {
            if (e.type() instanceof CampaignProblem problem && problem != CampaignProblem.NOT_FOUND) {
                next.addFlashAttribute("refused", "problem." + problem.code());
                return "redirect:" + back;
            }
            throw e;
        }
    }
}
