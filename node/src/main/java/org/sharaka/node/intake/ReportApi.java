package org.sharaka.node.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Reports for other systems. Translates; the service decides. */
@RestController
final class ReportApi {
    private final IntakeService service;
    private final Clock clock;

    ReportApi(IntakeService service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    /** The body is read by hand: it is limited before it is read and hashed as it came. */
    @PostMapping(
            path = "/api/v1/reports",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ReceiptJson> submit(
            Actor actor,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        if (key == null) throw IntakeProblem.IDEMPOTENCY_KEY_MISSING.because("the header Idempotency-Key is missing");
        byte[] body = RequestBody.read(request);
        var submission = new SubmissionKey(key, body);
        Receipt receipt = service.submit(actor, ReportJson.read(body).draft(clock.instant()), submission);
        return ResponseEntity.status(receipt.replayed() ? HttpStatus.OK : HttpStatus.CREATED)
                .location(URI.create("/api/v1/reports/" + receipt.reference().grouped()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(ReceiptJson.of(receipt));
    }

    @GetMapping(path = "/api/v1/reports/{reference}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ReportViewJson> view(Actor actor, @PathVariable("reference") String reference) {
        ReportView report = service.view(actor, parsed(reference));
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(ReportViewJson.of(report));
    }

    /** @param reason why, 3 to 1,000 characters */
    record WithdrawalJson(@Nullable String reason) {}

    @PostMapping(path = "/api/v1/reports/{reference}/withdraw", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> withdraw(Actor actor, @PathVariable("reference") String reference, HttpServletRequest request)
            throws IOException {
        WithdrawalJson withdrawal = ReportJson.read(RequestBody.read(request), WithdrawalJson.class);
        service.withdraw(
                actor,
                parsed(reference),
                Optional.ofNullable(withdrawal.reason())
                        .orElseThrow(() -> IntakeProblem.REASON_MISSING.because("reason is missing")));
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = "/api/v1/reports/{reference}/identifiers/{position}/withdraw")
    ResponseEntity<Void> withdrawIdentifier(
            Actor actor, @PathVariable("reference") String reference, @PathVariable("position") int position) {
        service.withdrawIdentifier(actor, parsed(reference), position);
        return ResponseEntity.noContent().build();
    }

    private static Reference parsed(String reference) {
        return Reference.parse(reference).orElseThrow(() -> IntakeProblem.NOT_FOUND.because("no such report"));
    }
}
