package org.sharaka.node.agreement;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.content.Urgency;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The compliance officer's pages: agreements, their parties, the catalogue of offences, and "may this leave?". */
@Controller
final class AgreementPages {
    private static final String TEXT = "/agreements/texts/{code}";

    private final AgreementService agreements;
    private final LegalBases bases;
    private final OfficerService officers;
    private final Clock clock;

    AgreementPages(AgreementService agreements, LegalBases bases, OfficerService officers, Clock clock) {
        this.agreements = agreements;
        this.bases = bases;
        this.officers = officers;
        this.clock = clock;
    }

    /**
     * An agreement in the list.
     *
     * @param standing message key's end: in-force, not-in-force, ended
     */
    record Line(Agreement agreement, String name, String standing, long bound) {}

    /** An offence with its name in the reader's language, and whether it is a family. */
    record Named(String code, String name, boolean family, Offence offence) {}

    @GetMapping("/agreements")
    String list(Actor actor, Locale locale, Model model) {
        LocalDate today = today();
        model.addAttribute(
                        "lines",
                        agreements.list(actor).stream()
                                .map(each -> new Line(
                                        each, each.names().in(locale), standing(each, today), bound(each, today)))
                                .sorted(Comparator.comparing(Line::standing).thenComparing(Line::name))
                                .toList())
                .addAttribute("mayWrite", actor.may(Permission.AGREEMENT_ADMINISTER));
        return "agreement/list";
    }

    private static String standing(Agreement agreement, LocalDate day) {
        if (agreement.inForceOn(day)) return "in-force";
        return agreement.inForceUntil().filter(end -> !day.isBefore(end)).isPresent() ? "ended" : "not-in-force";
    }

    private static long bound(Agreement agreement, LocalDate day) {
        return agreement.parties().stream()
                .filter(party -> party.missingOn(day).isEmpty())
                .count();
    }

    private LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    @GetMapping(TEXT)
    String view(Actor actor, @PathVariable String code, Locale locale, Model model) {
        Agreement agreement = agreements.open(actor, new AgreementCode(code));
        var latest = agreements
                .latest(actor, SqlAgreements.Subject.AGREEMENT)
                .get(agreement.code().value());
        LocalDate today = today();
        model.addAttribute("one", agreement)
                .addAttribute("name", agreement.names().in(locale))
                .addAttribute("conditions", agreement.conditions().in(locale))
                .addAttribute("standing", standing(agreement, today))
                .addAttribute("bound", bound(agreement, today))
                .addAttribute("covered", covered(actor, agreement, locale))
                .addAttribute("latest", latest)
                .addAttribute("madeBy", latest == null ? "" : login(latest))
                .addAttribute("urgencies", Urgency.values())
                .addAttribute("countries", countries(locale))
                .addAttribute("mayWrite", actor.may(Permission.AGREEMENT_ADMINISTER));
        return "agreement/text";
    }

    private String login(SqlAgreements.Revision revision) {
        return revision.madeBy()
                .map(id -> officers.logins(List.of(id)).getOrDefault(id, "–"))
                .orElse("");
    }

    /** A coverage in words. */
    record Covered(@Nullable String offence, @Nullable Integer months) {}

    private List<Covered> covered(Actor actor, Agreement agreement, Locale locale) {
        Map<String, String> names = new java.util.HashMap<>();
        agreements
                .offences(actor)
                .forEach(each -> names.put(each.code().value(), each.names().in(locale)));
        return agreement.coverage().stream()
                .map(each -> new Covered(
                        each.offences()
                                .map(code -> names.getOrDefault(code.value(), code.value()))
                                .orElse(null),
                        each.minimumPenaltyMonths().orElse(null)))
                .toList();
    }

    @GetMapping("/agreements/new")
    String compose(Actor actor, Locale locale, Model model) {
        actor.require(Permission.AGREEMENT_ADMINISTER);
        return form(actor, locale, model, AgreementForm.empty(), null, 0);
    }

    @GetMapping(TEXT + "/change")
    String edit(Actor actor, @PathVariable String code, Locale locale, Model model) {
        actor.require(Permission.AGREEMENT_ADMINISTER);
        Agreement agreement = agreements.open(actor, new AgreementCode(code));
        return form(actor, locale, model, AgreementForm.of(agreement), agreement, seen(actor, agreement.code()));
    }

    private long seen(Actor actor, AgreementCode code) {
        var latest = agreements.latest(actor, SqlAgreements.Subject.AGREEMENT).get(code.value());
        return latest == null ? 0 : latest.serial();
    }

    private String form(
            Actor actor, Locale locale, Model model, AgreementForm form, @Nullable Agreement one, long seen) {
        model.addAttribute("form", form)
                .addAttribute("one", one)
                .addAttribute("seen", seen)
                .addAttribute("kinds", AgreementKind.values())
                .addAttribute("purposes", Purpose.values())
                .addAttribute("offences", named(actor, locale));
        return "agreement/form";
    }

    private List<Named> named(Actor actor, Locale locale) {
        List<Offence> all = agreements.offences(actor);
        return all.stream()
                .map(each -> new Named(
                        each.code().value(),
                        each.names().in(locale),
                        all.stream()
                                .anyMatch(other ->
                                        !other.equals(each) && each.code().covers(other.code())),
                        each))
                .toList();
    }

    @PostMapping("/agreements/new")
    String add(
            Actor actor,
            @RequestParam(defaultValue = "") String code,
            @ModelAttribute("form") AgreementForm form,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        try {
            AgreementCode chosen = new AgreementCode(code.strip());
            agreements.add(actor, form.agreement(chosen, Optional.empty()));
            next.addFlashAttribute("done", "agreement.done.added");
            return "redirect:/agreements/texts/" + chosen;
        } catch (ProblemException e) {
            return again(e, actor, locale, model.addAttribute("code", code), form, null, 0);
        }
    }

    @PostMapping(TEXT + "/change")
    String change(
            Actor actor,
            @PathVariable String code,
            @RequestParam long seen,
            @ModelAttribute("form") AgreementForm form,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        AgreementCode known = new AgreementCode(code);
        try {
            agreements.change(actor, known, seen, before -> form.agreement(known, Optional.of(before)));
            next.addFlashAttribute("done", "agreement.done.changed");
            return "redirect:/agreements/texts/" + known;
        } catch (ProblemException e) {
            return again(e, actor, locale, model, form, agreements.open(actor, known), seen);
        }
    }

    /** Nothing typed is lost: the form stands as it was, with what is wrong above it. */
    private String again(
            ProblemException e,
            Actor actor,
            Locale locale,
            Model model,
            AgreementForm form,
            @Nullable Agreement one,
            long seen) {
        if (!(e.type() instanceof AgreementProblem)) throw e;
        model.addAttribute("refused", "problem." + e.type().code());
        return form(actor, locale, model, form, one, seen);
    }

    @PostMapping(TEXT + "/parties")
    String putParty(
            Actor actor,
            @PathVariable String code,
            @RequestParam long seen,
            @RequestParam(defaultValue = "") String party,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "false") boolean verified,
            RedirectAttributes next) {
        AgreementCode known = new AgreementCode(code);
        return done(next, "/agreements/texts/" + known, "party", () -> {
            Party typed = new Party(
                    new PartyCode(party.strip()), AgreementForm.date(from), AgreementForm.date(until), verified);
            agreements.putParty(actor, known, seen, typed);
        });
    }

    @PostMapping(TEXT + "/parties/{party}/remove")
    String removeParty(
            Actor actor,
            @PathVariable String code,
            @PathVariable String party,
            @RequestParam long seen,
            RedirectAttributes next) {
        AgreementCode known = new AgreementCode(code);
        return done(
                next,
                "/agreements/texts/" + known,
                "party",
                () -> agreements.removeParty(actor, known, seen, new PartyCode(party)));
    }

    @GetMapping("/agreements/offences")
    String offences(Actor actor, Locale locale, Model model) {
        model.addAttribute("offences", named(actor, locale))
                .addAttribute("countries", countries(locale))
                .addAttribute("mayWrite", actor.may(Permission.AGREEMENT_ADMINISTER));
        return "agreement/offences";
    }

    @PostMapping("/agreements/offences")
    String punish(
            Actor actor,
            @RequestParam(defaultValue = "") String offence,
            @RequestParam(defaultValue = "") String country,
            @RequestParam(defaultValue = "") String punishable,
            @RequestParam(defaultValue = "") String months,
            @RequestParam(defaultValue = "") String law,
            @RequestParam(defaultValue = "false") boolean verified,
            RedirectAttributes next) {
        return done(next, "/agreements/offences", "punishment", () -> {
            Optional<Punishment> typed = punishable.equals("forget")
                    ? Optional.empty()
                    : Optional.of(new Punishment(
                            punishable.equals("yes"),
                            AgreementForm.number(months),
                            Optional.of(AgreementForm.text(law)),
                            verified));
            agreements.punish(actor, new OffenceCode(offence), AgreementForm.country(country), typed);
        });
    }

    @GetMapping("/agreements/check")
    String check(
            Actor actor,
            @RequestParam(defaultValue = "") String sender,
            @RequestParam(defaultValue = "") String recipient,
            @RequestParam(defaultValue = "") String offence,
            @RequestParam(defaultValue = "INVESTIGATION") Purpose purpose,
            @RequestParam(defaultValue = "") String onward,
            @RequestParam(defaultValue = "") String day,
            Locale locale,
            Model model) {
        List<Agreement> all = agreements.list(actor);
        if (!sender.isBlank() && !recipient.isBlank()) {
            Passage passage = new Passage(
                    new PartyCode(sender.strip()),
                    new PartyCode(recipient.strip()),
                    Optional.of(offence).filter(text -> !text.isBlank()).map(OffenceCode::new),
                    purpose,
                    AgreementForm.date(day)
                            .map(date -> date.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC))
                            .orElseGet(clock::instant),
                    Stream.of(onward)
                            .filter(text -> !text.isBlank())
                            .map(AgreementCode::new)
                            .toList());
            model.addAttribute("findings", bases.check(passage));
        }
        model.addAttribute("agreements", all)
                .addAttribute("sender", sender)
                .addAttribute("recipient", recipient)
                .addAttribute("offence", offence)
                .addAttribute("purpose", purpose)
                .addAttribute("onward", onward)
                .addAttribute("day", day)
                .addAttribute("language", locale.getLanguage())
                .addAttribute("purposes", Purpose.values())
                .addAttribute("urgencies", Urgency.values())
                .addAttribute("offences", named(actor, locale))
                .addAttribute("countries", countries(locale));
        return "agreement/check";
    }

    /** A country with its name in the reader's language. */
    record Country(String code, String name) {}

    private static List<Country> countries(Locale locale) {
        java.text.Collator alphabet = java.text.Collator.getInstance(locale);
        return Arrays.stream(Locale.getISOCountries())
                .map(code -> new Country(
                        code, new Locale.Builder().setRegion(code).build().getDisplayCountry(locale)))
                .sorted(Comparator.comparing(Country::name, alphabet))
                .toList();
    }

    @GetMapping("/agreements/export")
    ResponseEntity<byte[]> export(Actor actor) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("agreements-" + today() + ".json")
                                .build()
                                .toString())
                .body(agreements.export(actor));
    }

    @PostMapping("/agreements/import")
    String importFile(Actor actor, @RequestParam("file") MultipartFile file, RedirectAttributes next)
            throws IOException {
        byte[] content = file.getBytes();
        return done(next, "/agreements", "imported", () -> {
            int changed = agreements.importFile(actor, content);
            next.addFlashAttribute("changed", changed);
        });
    }

    private static String done(RedirectAttributes next, String page, String what, Runnable act) {
        try {
            act.run();
            next.addFlashAttribute("done", "agreement.done." + what);
        } catch (ProblemException e) {
            if (e.type().status() != 409 && e.type().status() != 422) throw e;
            next.addFlashAttribute("refused", "problem." + e.type().code());
        }
        return "redirect:" + page;
    }
}
