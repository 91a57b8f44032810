package org.sharaka.node.originator;

import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.WithoutWord;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.VisibleText;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.roster.Member;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who still holds what we withdrew, the proof of each order, the table of acts and codes, and whose data wait after our return from a backup. */
@Controller
final class OriginatorPages {
    private static final String ORDER = "/originator/orders/{id}";

    private final Orders orders;
    private final Proofs proofs;
    private final HandlingRules rules;
    private final ExchangeService exchange;
    private final Rosters rosters;
    private final OfficerService officers;
    private final List<Whereabouts> whereabouts;
    private final MessageSource messages;

    OriginatorPages(
            Orders orders,
            Proofs proofs,
            HandlingRules rules,
            ExchangeService exchange,
            Rosters rosters,
            OfficerService officers,
            List<Whereabouts> whereabouts,
            MessageSource messages) {
        this.orders = orders;
        this.proofs = proofs;
        this.rules = rules;
        this.exchange = exchange;
        this.rosters = rosters;
        this.officers = officers;
        this.whereabouts = List.copyOf(whereabouts);
        this.messages = messages;
    }

    /** Text of others as templates show it. */
    static final class Text {
        public String visible(String text) {
            return VisibleText.of(text);
        }
    }

    @GetMapping("/originator")
    String board(
            Actor actor,
            @RequestParam(defaultValue = "") String view,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        boolean all = view.equals("all");
        Page<Orders.Line> page = orders.board(actor, all, Optional.ofNullable(after));
        common(model, locale, response, page.items());
        List<WithoutWord> withoutWord = exchange.withoutWord();
        model.addAttribute("unsettled", exchange.unsettled())
                .addAttribute("withoutWord", withoutWord)
                .addAttribute(
                        "deciders",
                        officers.logins(withoutWord.stream()
                                .map(WithoutWord::by)
                                .distinct()
                                .toList()))
                .addAttribute("mayGoOn", actor.may(Permission.EXCHANGE_APPROVE));
        model.addAttribute("lines", page.items())
                .addAttribute("places", places(actor, page.items()))
                .addAttribute("all", all)
                .addAttribute("next", page.next().orElse(null));
        return "originator/board";
    }

    private void common(Model model, Locale locale, HttpServletResponse response, List<Orders.Line> lines) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("names", names(locale))
                .addAttribute("visible", new Text())
                .addAttribute(
                        "logins",
                        officers.logins(lines.stream()
                                .map(line -> line.order().by())
                                .distinct()
                                .toList()));
    }

    /** By the order's id. */
    private Map<UUID, String> places(Actor actor, List<Orders.Line> lines) {
        Map<UUID, String> places = new HashMap<>();
        for (Orders.Line line : lines) {
            Given order = line.order();
            whereabouts.stream()
                    .flatMap(each -> each.of(actor, order.recipient(), order.conversation()).stream())
                    .findFirst()
                    .ifPresent(path -> places.put(order.id(), path));
        }
        return places;
    }

    private Map<String, String> names(Locale locale) {
        Map<String, String> names = new LinkedHashMap<>();
        if (rosters.joined())
            for (Member member : rosters.current().members())
                names.put(
                        member.id().value(),
                        member.names()
                                .getOrDefault(locale.getLanguage(), member.id().value()));
        return names;
    }

    @GetMapping(ORDER)
    String proof(Actor actor, @PathVariable String id, Locale locale, Model model, HttpServletResponse response) {
        Orders.Line line = orders.line(actor, uuid(id));
        common(model, locale, response, List.of(line));
        model.addAttribute("line", line).addAttribute("commands", proofs.commands(line.order()));
        return "originator/order";
    }

    @GetMapping(path = ORDER + "/proof.zip", produces = "application/zip")
    ResponseEntity<byte[]> files(Actor actor, @PathVariable String id, Locale locale) {
        return ProofFile.zip(
                "order-" + id,
                proofs.ofOrder(actor, uuid(id), ProofFile.readme(messages, "originator.readme.order", locale)));
    }

    @GetMapping("/originator/rules")
    String rules(Actor actor, Model model) {
        actor.require(Permission.EXCHANGE_READ);
        model.addAttribute("table", rules.table())
                .addAttribute("codes", HandlingCode.values())
                .addAttribute("mayChange", actor.may(Permission.AGREEMENT_ADMINISTER))
                .addAttribute("choices", Stream.of(Act.Rule.values()).toList());
        return "originator/rules";
    }

    @PostMapping("/originator/rules")
    String set(
            Actor actor,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String rule,
            RedirectAttributes next) {
        try {
            rules.set(actor, chosen(Act.class, act), chosen(HandlingCode.class, code), chosen(Act.Rule.class, rule));
            next.addFlashAttribute("done", "originator.done.rule");
        } catch (ProblemException e) {
            if (e.type().status() != 422) throw e;
            next.addFlashAttribute("refused", "problem." + e.type().code());
        }
        return "redirect:/originator/rules";
    }

    /** After our return from a backup: an officer waits no longer for a member's word. */
    @PostMapping("/originator/unsettled")
    String goOnWithout(
            Actor actor,
            @RequestParam(defaultValue = "") String member,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        try {
            MemberId without = rosters.current().members().stream()
                    .map(Member::id)
                    .filter(each -> each.value().equals(member))
                    .findFirst()
                    .orElseThrow(() -> OriginatorProblem.BAD_FIELD.because("member"));
            exchange.goOnWithout(actor, without, reason.strip());
            next.addFlashAttribute("done", "originator.done.unsettled");
        } catch (ProblemException e) {
            if (e.type().status() != 422 && e.type().status() != 409) throw e;
            next.addFlashAttribute("refused", "problem." + e.type().code());
        }
        return "redirect:/originator";
    }

    private static <E extends Enum<E>> E chosen(Class<E> type, String name) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> OriginatorProblem.BAD_FIELD.because(type.getSimpleName()));
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw OriginatorProblem.NOT_FOUND.because("no such order");
        }
    }
}
