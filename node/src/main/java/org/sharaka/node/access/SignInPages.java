package org.sharaka.node.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.QrCode;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Log-in, enrolment and the choice of a purpose. */
@Controller
final class SignInPages {
    private final EnrolmentService enrolments;

    SignInPages(EnrolmentService enrolments) {
        this.enrolments = enrolments;
    }

    @GetMapping("/login")
    String login() {
        return "access/login";
    }

    @GetMapping("/enrol")
    String enrol() {
        return "access/enrol";
    }

    @PostMapping("/enrol")
    ModelAndView begin(@RequestParam String login, @RequestParam String code, HttpServletRequest request) {
        try {
            return factors(enrolments.offer(login, code, request.getRemoteAddr()), code);
        } catch (ProblemException e) {
            return refused("access/enrol", e).addObject("login", login);
        }
    }

    @PostMapping("/enrol/finish")
    ModelAndView finish(
            @RequestParam String login,
            @RequestParam String code,
            @RequestParam String sealed,
            @RequestParam String password,
            @RequestParam String typed,
            HttpServletRequest request) {
        String source = request.getRemoteAddr();
        try {
            enrolments.finish(new EnrolmentService.Answer(login, code, sealed, password, typed), source);
            return new ModelAndView("redirect:/login?enrolled");
        } catch (ProblemException e) {
            if (e.type() != AccessProblem.CODE_WRONG && e.type() != AccessProblem.PASSWORD_WEAK) {
                return refused("access/enrol", e).addObject("login", login);
            }
            ModelAndView again = factors(enrolments.again(login, code, source, sealed), code);
            again.setStatus(HttpStatusCode.valueOf(e.type().status()));
            return again.addObject("problem", e.type().code());
        }
    }

    private static ModelAndView factors(EnrolmentService.Offer offer, String code) {
        return new ModelAndView("access/enrol-factors")
                .addObject("login", offer.officer().login().value())
                .addObject("code", code)
                .addObject("sealed", offer.sealed())
                .addObject("secret", offer.totp().secretText())
                .addObject(
                        "qr",
                        QrCode.of(offer.totp().uri("Sharaka", offer.officer().login())));
    }

    private static ModelAndView refused(String page, ProblemException e) {
        ModelAndView answer =
                new ModelAndView(page).addObject("problem", e.type().code());
        answer.setStatus(HttpStatusCode.valueOf(e.type().status()));
        return answer;
    }

    @GetMapping("/purpose")
    String purpose(Actor actor, @RequestParam(required = false, defaultValue = "/") String back, Model model) {
        model.addAttribute("purposes", Purpose.values());
        model.addAttribute("chosen", actor.purpose().map(Enum::name).orElse(""));
        model.addAttribute("back", Paths.back(back));
        return "access/purpose";
    }

    @PostMapping("/purpose")
    ModelAndView choose(
            Actor actor,
            @RequestParam Purpose purpose,
            @RequestParam(required = false, defaultValue = "/") String back,
            HttpSession session) {
        session.setAttribute(CurrentActor.PURPOSE, purpose.name());
        return new ModelAndView(new org.springframework.web.servlet.view.RedirectView(Paths.back(back)));
    }
}
