package org.sharaka.node.bureau;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Locale;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a duty officer takes an alarm on, and keeps watch with the sound on. */
@Controller
final class AlarmPages {
    private final DutyAlarms alarms;
    private final Correspondents correspondents;
    private final MessageSource messages;
    private final Clock clock;

    AlarmPages(DutyAlarms alarms, Correspondents correspondents, MessageSource messages, Clock clock) {
        this.alarms = alarms;
        this.correspondents = correspondents;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/bureau/alarms")
    String alarms(Actor actor, Locale locale, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        UrgentMatters.Rings rings = alarms.rings(actor.unit());
        model.addAttribute("alarms", alarms.ringing(actor))
                .addAttribute("mark", rings.mark())
                .addAttribute("names", correspondents.names(locale))
                .addAttribute("mayTake", actor.may(Permission.EXCHANGE_SEND))
                .addAttribute("now", clock.instant());
        return "bureau/alarms";
    }

    /** @param text what stands over every page; empty if nothing rings */
    record News(int ringing, String mark, String text) {}

    @GetMapping(path = "/bureau/alarms/news", produces = "application/json")
    ResponseEntity<News> news(Actor actor, Locale locale) {
        actor.require(Permission.EXCHANGE_READ);
        UrgentMatters.Rings rings = alarms.rings(actor.unit());
        String text = rings.alarms() == 0
                ? ""
                : messages.getMessage(BureauAlarm.LABEL, new Object[] {rings.alarms()}, locale);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new News(rings.alarms(), rings.mark(), text));
    }

    @PostMapping("/bureau/alarms/{message}/acknowledge")
    String acknowledge(Actor actor, @PathVariable String message, RedirectAttributes next) {
        return Ways.attempt(next, "redirect:/bureau/alarms", () -> {
            String where = alarms.acknowledge(actor, Ways.uuid(message));
            next.addFlashAttribute("done", "bureau.done.alarm-taken");
            return "redirect:" + where;
        });
    }
}
