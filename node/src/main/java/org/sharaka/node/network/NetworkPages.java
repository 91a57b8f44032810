package org.sharaka.node.network;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The network at the console. */
@Controller
final class NetworkPages {
    private final NetworkService network;

    NetworkPages(NetworkService network) {
        this.network = network;
    }

    @GetMapping("/network")
    String network(Actor actor, Locale locale, Model model, HttpServletResponse response) {
        NetworkService.Overview overview = network.overview(actor);
        Map<String, String> names = new LinkedHashMap<>();
        overview.us()
                .ifPresent(us -> names.put(
                        us.id().value(),
                        us.names().getOrDefault(locale.getLanguage(), us.id().value())));
        overview.neighbours()
                .forEach(each -> names.put(
                        each.member().id().value(),
                        each.member()
                                .names()
                                .getOrDefault(
                                        locale.getLanguage(), each.member().id().value())));
        model.addAttribute("overview", overview).addAttribute("names", names);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return "network/network";
    }

    @GetMapping("/network/findings/{number}")
    ResponseEntity<byte[]> proof(Actor actor, @PathVariable long number) {
        return file(network.proof(actor, number), "finding-" + number);
    }

    @GetMapping("/network/equivocations/{hash}")
    ResponseEntity<byte[]> signedTwice(Actor actor, @PathVariable String hash) {
        return file(network.signedTwice(actor, hash), "equivocation");
    }

    private static ResponseEntity<byte[]> file(Optional<byte[]> proof, String name) {
        return proof.map(bytes -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".json\"")
                        .body(bytes))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
