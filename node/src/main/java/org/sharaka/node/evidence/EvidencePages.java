package org.sharaka.node.evidence;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.Page;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Files under custody at the console. */
@Controller
final class EvidencePages {
    private final EvidenceService evidence;

    EvidencePages(EvidenceService evidence) {
        this.evidence = evidence;
    }

    @GetMapping("/evidence")
    String list(
            Actor actor,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            Model model,
            HttpServletResponse response) {
        Page<Item> page = evidence.latest(actor, Optional.ofNullable(cursor));
        boolean looks = evidence.looksAtRestricted(actor);
        model.addAttribute("items", page.items())
                .addAttribute("next", page.next().orElse(null))
                .addAttribute("restricted", looks && cursor == null ? evidence.restricted(actor) : List.of())
                .addAttribute("now", evidence.now())
                .addAttribute("mayAdd", actor.may(Permission.EVIDENCE_ADD));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return "evidence/list";
    }

    /** A file as the body, from the page's script. */
    @PostMapping("/evidence")
    @ResponseBody
    @ResponseStatus(HttpStatus.CREATED)
    ItemJson take(Actor actor, HttpServletRequest request) throws IOException {
        return FileTransfer.take(evidence, actor, request);
    }

    @GetMapping("/evidence/{id}")
    String item(
            Actor actor,
            @PathVariable String id,
            @RequestParam(name = "shown", defaultValue = "false") boolean shown,
            Model model,
            HttpServletResponse response) {
        Item item = evidence.item(actor, known(id));
        boolean content = item.content().isPresent() && item.state() == Item.State.HELD;
        boolean looks = evidence.looksAtRestricted(actor);
        model.addAttribute("item", item)
                .addAttribute("log", evidence.custody(actor, item.id()))
                .addAttribute("shown", shown)
                .addAttribute(
                        "isPicture",
                        content
                                && FileTransfer.PICTURES.contains(
                                        item.content().orElseThrow().mediaType()))
                .addAttribute("mayExport", content && !item.restricted() && actor.may(Permission.EVIDENCE_EXPORT))
                .addAttribute("mayRestrict", item.destroyedAt().isEmpty() && !item.restricted())
                .addAttribute("mayRelease", item.destroyedAt().isEmpty() && item.restricted() && looks)
                .addAttribute(
                        "mayDestroy",
                        item.destroyedAt().isEmpty()
                                && actor.may(Permission.EVIDENCE_DESTROY)
                                && (!item.restricted() || looks))
                .addAttribute("reasons", List.of(DestructionReason.ORDER_OF_AUTHORITY, DestructionReason.MISTAKE));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return "evidence/item";
    }

    /** To be saved on the officer's machine: it leaves custody in the clear. */
    @GetMapping("/evidence/{id}/content")
    void content(Actor actor, @PathVariable String id, HttpServletResponse response) throws IOException {
        FileTransfer.give(evidence.export(actor, known(id)), response);
    }

    /** To be given to a court. */
    @GetMapping("/evidence/{id}/court")
    void court(Actor actor, @PathVariable String id, HttpServletResponse response) throws IOException {
        FileTransfer.give(evidence.exportForCourt(actor, known(id)), response);
    }

    /** To be looked at, if it is a picture. */
    @GetMapping("/evidence/{id}/picture")
    void picture(Actor actor, @PathVariable String id, HttpServletResponse response) throws IOException {
        ItemContent content = evidence.view(actor, known(id));
        if (!FileTransfer.PICTURES.contains(content.mediaType())) {
            content.close();
            throw EvidenceProblem.NOT_FOUND.because("not a picture");
        }
        FileTransfer.show(content, response);
    }

    @PostMapping("/evidence/{id}/restrict")
    String restrict(Actor actor, @PathVariable String id) {
        evidence.restrict(actor, known(id));
        return "redirect:/evidence/" + id;
    }

    @PostMapping("/evidence/{id}/release")
    String release(Actor actor, @PathVariable String id) {
        evidence.release(actor, known(id));
        return "redirect:/evidence/" + id;
    }

    @PostMapping("/evidence/{id}/destroy")
    String destroy(Actor actor, @PathVariable String id, @RequestParam DestructionReason reason) {
        evidence.destroy(actor, known(id), reason);
        return "redirect:/evidence/" + id;
    }

    static ItemId known(String id) {
        return ItemId.parse(id).orElseThrow(() -> EvidenceProblem.NOT_FOUND.because("not an item's id"));
    }
}
