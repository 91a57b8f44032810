package org.sharaka.node.evidence;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.sharaka.node.access.Actor;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files under custody for programs. A file is the body of the request; its name comes percent-encoded in {@code X-File-Name}. */
@RestController
@RequestMapping("/api/v1/evidence")
class EvidenceApi {
    private final EvidenceService evidence;

    EvidenceApi(EvidenceService evidence) {
        this.evidence = evidence;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ItemJson take(Actor actor, HttpServletRequest request) throws IOException {
        return FileTransfer.take(evidence, actor, request);
    }

    @GetMapping("/{id}")
    ItemJson item(Actor actor, @PathVariable String id) {
        return ItemJson.of(evidence.item(actor, EvidencePages.known(id)));
    }

    @GetMapping("/{id}/content")
    void content(Actor actor, @PathVariable String id, HttpServletResponse response) throws IOException {
        FileTransfer.give(evidence.export(actor, EvidencePages.known(id)), response);
    }

    @GetMapping("/{id}/court")
    void court(Actor actor, @PathVariable String id, HttpServletResponse response) throws IOException {
        FileTransfer.give(evidence.exportForCourt(actor, EvidencePages.known(id)), response);
    }
}
