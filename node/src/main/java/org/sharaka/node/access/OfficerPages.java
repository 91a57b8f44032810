package org.sharaka.node.access;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.node.platform.ProblemException;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Administration of officers. */
@Controller
final class OfficerPages {
    private final OfficerService officers;

    OfficerPages(OfficerService officers) {
        this.officers = officers;
    }

    @GetMapping("/officers")
    ModelAndView list(Actor actor) {
        return new ModelAndView("access/officers")
                .addObject("officers", officers.list(actor))
                .addObject("roles", Role.values());
    }

    @PostMapping("/officers")
    ModelAndView add(
            Actor actor,
            @RequestParam String login,
            @RequestParam String name,
            @RequestParam(required = false, defaultValue = "") String unit,
            @RequestParam(required = false, defaultValue = "") Set<Role> roles) {
        try {
            return enrolment(officers.add(actor, new NewOfficer(login, name, Optional.of(unit), roles)));
        } catch (ProblemException e) {
            if (e.type() == AccessProblem.FORBIDDEN) throw e;
            ModelAndView again = list(actor)
                    .addObject("problem", e.type().code())
                    .addObject("login", login)
                    .addObject("name", name)
                    .addObject("unit", unit);
            again.setStatus(HttpStatusCode.valueOf(e.type().status()));
            return again;
        }
    }

    @GetMapping("/officers/{id}")
    ModelAndView view(Actor actor, @PathVariable UUID id) {
        Officer officer = officers.view(actor, new OfficerId(id));
        return new ModelAndView("access/officer")
                .addObject("officer", officer)
                .addObject("roles", Role.values())
                .addObject("self", actor.id().equals(id.toString()));
    }

    @PostMapping("/officers/{id}/roles")
    String changeRoles(
            Actor actor, @PathVariable UUID id, @RequestParam(required = false, defaultValue = "") Set<Role> roles) {
        officers.changeRoles(actor, new OfficerId(id), roles);
        return "redirect:/officers/" + id;
    }

    @PostMapping("/officers/{id}/unit")
    String changeUnit(Actor actor, @PathVariable UUID id, @RequestParam String unit) {
        officers.changeUnit(actor, new OfficerId(id), Optional.of(unit));
        return "redirect:/officers/" + id;
    }

    @PostMapping("/officers/{id}/disable")
    String disable(Actor actor, @PathVariable UUID id) {
        officers.disable(actor, new OfficerId(id));
        return "redirect:/officers/" + id;
    }

    @PostMapping("/officers/{id}/enable")
    String enable(Actor actor, @PathVariable UUID id) {
        officers.enable(actor, new OfficerId(id));
        return "redirect:/officers/" + id;
    }

    @PostMapping("/officers/{id}/reset")
    ModelAndView reset(Actor actor, @PathVariable UUID id) {
        return enrolment(officers.reset(actor, new OfficerId(id)));
    }

    /** The code is in this one answer and nowhere else. */
    private static ModelAndView enrolment(Enrolment enrolment) {
        return new ModelAndView("access/enrolment").addObject("enrolment", enrolment);
    }
}
