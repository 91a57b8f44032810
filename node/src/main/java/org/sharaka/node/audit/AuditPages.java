package org.sharaka.node.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.platform.Page;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/** The record as a page for auditors, and its proofs for programs. */
@Controller
final class AuditPages {
    private final AuditReading reading;
    private final OfficerService officers;
    private final ZoneId zone;

    AuditPages(AuditReading reading, OfficerService officers, @Value("${sharaka.web.zone:}") String zone) {
        this.reading = reading;
        this.officers = officers;
        this.zone = zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    @GetMapping("/audit")
    ModelAndView list(
            Actor actor,
            @RequestParam(required = false, defaultValue = "") String who,
            @RequestParam(required = false, defaultValue = "") String action,
            @RequestParam(required = false, defaultValue = "") String subject,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate until,
            @RequestParam(required = false) @Nullable String before) {
        AuditFilter filter = new AuditFilter(
                given(who).map(typed -> officers.idOf(typed).orElse(typed)),
                given(action),
                given(subject),
                Optional.ofNullable(from).map(this::startOf),
                Optional.ofNullable(until).map(day -> startOf(day.plusDays(1))));
        Page<Entry> page = reading.list(actor, filter, Optional.ofNullable(before));
        return new ModelAndView("audit/list")
                .addObject("entries", page.items())
                .addObject("next", page.next().orElse(null))
                .addObject(
                        "logins",
                        officers.logins(
                                page.items().stream().map(Entry::actorId).collect(Collectors.toSet())))
                .addObject("head", reading.head(actor))
                .addObject("who", who)
                .addObject("action", action)
                .addObject("subject", subject)
                .addObject("from", from)
                .addObject("until", until);
    }

    @GetMapping("/api/v1/audit/head")
    @ResponseBody
    HeadJson head(Actor actor) {
        return HeadJson.of(reading.head(actor));
    }

    @GetMapping("/api/v1/audit/entries/{id}/proof")
    @ResponseBody
    InclusionJson inclusion(Actor actor, @PathVariable UUID id) {
        AuditReading.Inclusion found = reading.inclusion(actor, id);
        return new InclusionJson(
                found.proof().index(),
                found.leaf().toString(),
                HeadJson.of(found.head()),
                texts(found.proof().path()));
    }

    @GetMapping("/api/v1/audit/consistency")
    @ResponseBody
    ConsistencyJson consistency(Actor actor, @RequestParam long from, @RequestParam long to) {
        return new ConsistencyJson(
                from, to, texts(reading.consistency(actor, from, to).path()));
    }

    /** Hashes are Base64, as in C2SP tlog-checkpoint. */
    record HeadJson(long size, String root) {
        static HeadJson of(TreeHead head) {
            return new HeadJson(head.size(), head.root().toString());
        }
    }

    record InclusionJson(long index, String leaf, HeadJson head, List<String> path) {}

    record ConsistencyJson(long from, long to, List<String> path) {}

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static Optional<String> given(String typed) {
        return Optional.of(typed.strip()).filter(text -> !text.isEmpty());
    }

    private static List<String> texts(List<TreeHash> hashes) {
        return hashes.stream().map(TreeHash::toString).toList();
    }
}
