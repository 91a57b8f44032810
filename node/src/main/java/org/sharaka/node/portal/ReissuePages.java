package org.sharaka.node.portal;

import jakarta.servlet.http.HttpServletResponse;
import org.sharaka.node.access.Actor;
import org.sharaka.node.intake.Reference;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Where an officer, in the console, makes another access code for a reporter who lost it. */
@Controller
final class ReissuePages {
    private final MailboxService mailboxes;

    ReissuePages(MailboxService mailboxes) {
        this.mailboxes = mailboxes;
    }

    @GetMapping("/mailboxes/{reference}")
    String ask(@PathVariable("reference") String reference, Model model) {
        model.addAttribute("reference", parsed(reference).grouped());
        model.addAttribute("code", null);
        return "portal/console/reissue";
    }

    @PostMapping("/mailboxes/{reference}")
    String reissue(
            Actor actor, @PathVariable("reference") String reference, Model model, HttpServletResponse response) {
        Reference parsed = parsed(reference);
        model.addAttribute("code", mailboxes.reissue(actor, parsed));
        model.addAttribute("reference", parsed.grouped());
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        return "portal/console/reissue";
    }

    private static Reference parsed(String reference) {
        return Reference.parse(reference).orElseThrow(() -> PortalProblem.NOT_FOUND.because("no such report"));
    }
}
