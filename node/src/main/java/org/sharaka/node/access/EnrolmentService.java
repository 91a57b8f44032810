package org.sharaka.node.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.sharaka.node.platform.Vault;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns a one-time code into a log-in of the officer's own: a password that nobody else has seen and a secret for
 * one-time codes. Between its two pages nothing is stored: the secret travels sealed in the form.
 */
final class EnrolmentService {
    private static final LockOut.Policy SOURCE =
            new LockOut.Policy(10, Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofHours(1));

    private final SqlOfficers officers;
    private final Passwords passwords;
    private final SqlThrottle throttle;
    private final Vault vault;
    private final AccessLog log;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final SecureRandom random;
    private final boolean demoNode;

    EnrolmentService(
            SqlOfficers officers,
            Passwords passwords,
            SqlThrottle throttle,
            Vault vault,
            AccessLog log,
            TransactionTemplate transactions,
            Clock clock,
            SecureRandom random,
            boolean demoNode) {
        this.officers = officers;
        this.passwords = passwords;
        this.throttle = throttle;
        this.vault = vault;
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
        this.random = random;
        this.demoNode = demoNode;
    }

    /**
     * An enrolment under way.
     *
     * @param sealed the secret, for the form's hidden field
     * @param totp the same, to be shown
     */
    record Offer(Officer officer, String sealed, Totp totp) {}

    /** @throws org.sharaka.node.platform.ProblemException {@link AccessProblem#ENROLMENT_FAILED} whatever was wrong */
    Offer offer(String login, String code, String source) {
        Officer officer = invited(login, code, source);
        Totp totp = Totp.generate(random);
        String sealed = Base64.getEncoder().encodeToString(vault.seal(context(officer), totp.secret()));
        return new Offer(officer, sealed, totp);
    }

    /** The same offer again, after something in the form was wrong. */
    Offer again(String login, String code, String source, String sealed) {
        Officer officer = invited(login, code, source);
        return new Offer(officer, sealed, open(officer, sealed));
    }

    /**
     * What the officer typed on the second page.
     *
     * @param sealed as it was offered
     * @param typed a code from the authenticator app: proves that the secret arrived
     */
    record Answer(String login, String code, String sealed, String password, String typed) {}

    Officer finish(Answer answer, String source) {
        Officer officer = invited(answer.login(), answer.code(), source);
        Totp totp = open(officer, answer.sealed());
        OptionalLong step = totp.accept(answer.typed(), clock.instant(), 0);
        if (step.isEmpty()) throw AccessProblem.CODE_WRONG.because("the code does not belong to the secret");
        String hash = passwords.hashOfNew(answer.password(), officer.login());
        byte[] sealed = vault.seal(SignIn.totpContext(officer.id()), totp.secret());
        transactions.executeWithoutResult(status -> {
            byte[] code = OneTimeCode.hashOf(answer.code());
            if (!officers.finishEnrolment(officer.id(), code, hash, sealed, step.getAsLong())) {
                throw AccessProblem.ENROLMENT_FAILED.because("login name or code");
            }
            log.done(officer.actor(Optional.empty()), "access.enrol", "officer/" + officer.id());
        });
        return officer;
    }

    private Officer invited(String login, String code, String source) {
        Instant now = clock.instant();
        SqlThrottle.Gate gate = new SqlThrottle.Gate("enrol", Sources.of(source), SOURCE);
        SqlThrottle.Attempt attempt = throttle.enter(List.of(gate), now)
                .orElseThrow(() -> AccessProblem.LOGIN_TOO_OFTEN.because("try again later"));
        Optional<Officer> officer = find(login).filter(known -> known.mayWork(now, demoNode));
        Optional<Officer> invited = officer.filter(known -> officers.credential(known.id())
                .filter(credential -> matches(credential, code, now))
                .isPresent());
        if (invited.isEmpty()) {
            String id = officer.map(known -> known.id().toString()).orElse("unknown");
            log.refused(
                    new Actor(Actor.Kind.UNKNOWN, id, "", Optional.empty(), Set.of(), Optional.empty()),
                    "access.enrol",
                    "officer/" + id,
                    SignIn.problem(AccessProblem.ENROLMENT_FAILED));
            throw AccessProblem.ENROLMENT_FAILED.because("login name or code");
        }
        throttle.succeeded(attempt);
        return invited.get();
    }

    private static boolean matches(Credential credential, String code, Instant now) {
        byte[] expected = credential.code().map(Credential.Sealed::bytes).orElseGet(() -> new byte[32]);
        boolean equal = MessageDigest.isEqual(expected, OneTimeCode.hashOf(code));
        return equal && credential.codeEndsAt().map(now::isBefore).orElse(false);
    }

    private Optional<Officer> find(String login) {
        try {
            return officers.find(Login.parse(login));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Totp open(Officer officer, String sealed) {
        try {
            return new Totp(vault.open(context(officer), Base64.getDecoder().decode(sealed)));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw AccessProblem.ENROLMENT_FAILED.because("the form was altered");
        }
    }

    private static String context(Officer officer) {
        return "access.enrol/" + officer.id();
    }
}
