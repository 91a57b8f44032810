package org.sharaka.node.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
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
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;

/** An officer's own account: password, language, passkeys, sessions, API keys. */
@Controller
final class AccountPages {
    private static final Set<String> LANGUAGES = Set.of("ar", "fr", "en", "es");

    private final AccountService account;
    private final ApiKeyService keys;
    private final LocaleResolver locales;
    private final Clock clock;

    AccountPages(AccountService account, ApiKeyService keys, LocaleResolver locales, Clock clock) {
        this.account = account;
        this.keys = keys;
        this.locales = locales;
        this.clock = clock;
    }

    @GetMapping("/account")
    ModelAndView account(Actor actor, HttpSession session) {
        return page(actor, session);
    }

    private ModelAndView page(Actor actor, HttpSession session) {
        Officer officer = account.own(actor);
        return new ModelAndView("access/account")
                .addObject("officer", officer)
                .addObject("language", officer.language().orElse(""))
                .addObject("passkeys", account.passkeys(actor))
                .addObject("sessions", account.sessions(actor, session.getId()));
    }

    @PostMapping("/account/password")
    ModelAndView changePassword(
            Actor actor, @RequestParam String old, @RequestParam String wanted, HttpSession session) {
        try {
            account.changePassword(actor, old, wanted, session.getId());
            return new ModelAndView("redirect:/account?changed");
        } catch (ProblemException e) {
            ModelAndView again =
                    page(actor, session).addObject("problem", e.type().code());
            again.setStatus(HttpStatusCode.valueOf(e.type().status()));
            return again;
        }
    }

    @PostMapping("/account/language")
    String changeLanguage(
            Actor actor, @RequestParam String language, HttpServletRequest request, HttpServletResponse response) {
        Optional<String> chosen = Optional.of(language).filter(LANGUAGES::contains);
        account.changeLanguage(actor, chosen);
        chosen.ifPresent(code -> locales.setLocale(request, response, Locale.forLanguageTag(code)));
        return "redirect:/account?changed";
    }

    @PostMapping("/account/sessions/{handle}/end")
    String endSession(Actor actor, @PathVariable String handle) {
        account.endSession(actor, handle);
        return "redirect:/account";
    }

    @PostMapping("/account/passkeys/{handle}/remove")
    String removePasskey(Actor actor, @PathVariable String handle) {
        account.removePasskey(actor, handle);
        return "redirect:/account";
    }

    @GetMapping("/account/api-keys")
    ModelAndView keys(Actor actor) {
        return new ModelAndView("access/api-keys")
                .addObject("keys", keys.list(actor))
                .addObject("now", clock.instant())
                .addObject("purposes", Purpose.values())
                .addObject("permissions", actor.permissions().stream().sorted().toList());
    }

    /** The token is in this one answer and nowhere else: no redirect, no store. */
    @PostMapping("/account/api-keys")
    ModelAndView makeKey(
            Actor actor,
            @RequestParam String label,
            @RequestParam Purpose purpose,
            @RequestParam(required = false, defaultValue = "") Set<Permission> permissions,
            @RequestParam int days) {
        try {
            MadeApiKey made = keys.make(
                    actor,
                    new NewApiKey(label, purpose, permissions, Duration.ofDays(Math.min(Math.max(days, 0), 10_000))));
            return keys(actor).addObject("made", made);
        } catch (ProblemException e) {
            ModelAndView again = keys(actor).addObject("problem", e.type().code());
            again.setStatus(HttpStatusCode.valueOf(e.type().status()));
            return again;
        }
    }

    @PostMapping("/account/api-keys/{id}/revoke")
    String revokeKey(Actor actor, @PathVariable UUID id) {
        keys.revoke(actor, id);
        return "redirect:/account/api-keys";
    }
}
