package org.sharaka.node.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.sharaka.node.platform.Vault;

/**
 * Checks login name, password and code in one go and in one path: an unknown officer costs the same steps and gets the
 * same answer as a wrong password or a wrong code (S21, ADR 0005).
 */
final class SignIn {
    private static final LockOut.Policy ACCOUNT_FROM_SOURCE =
            new LockOut.Policy(5, Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofDays(1));
    /** Many officers may share an address, and some mistype. */
    private static final LockOut.Policy SOURCE =
            new LockOut.Policy(60, Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofHours(1));

    private static final LockOut.Policy DEVICE =
            new LockOut.Policy(10, Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofDays(1));
    /** Only who knows the password gets here, from however many addresses: a million codes must not be guessed. */
    private static final LockOut.Policy CODE =
            new LockOut.Policy(5, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofDays(1));

    private static final OfficerId NOBODY = new OfficerId(new UUID(0, 0));

    private final SqlOfficers officers;
    private final Passwords passwords;
    private final SqlThrottle throttle;
    private final Devices devices;
    private final Vault vault;
    private final AccessLog log;
    private final Clock clock;
    private final boolean demoNode;
    private final byte[] nobodysSecret;

    SignIn(
            SqlOfficers officers,
            Passwords passwords,
            SqlThrottle throttle,
            Devices devices,
            Vault vault,
            AccessLog log,
            Clock clock,
            SecureRandom random,
            boolean demoNode) {
        this.officers = officers;
        this.passwords = passwords;
        this.throttle = throttle;
        this.devices = devices;
        this.vault = vault;
        this.log = log;
        this.clock = clock;
        this.demoNode = demoNode;
        this.nobodysSecret =
                vault.seal("access.totp/nobody", Totp.generate(random).secret());
    }

    /**
     * What came in.
     *
     * @param source address the request came from
     * @param device the cookie that {@link Devices} gave out for this login name, if any
     */
    record Request(String login, String password, String code, String source, Optional<String> device) {
        /** One account has one name to count under, however it is typed. */
        String account() {
            String account = login.strip().toLowerCase(Locale.ROOT);
            return account.length() > 100 ? account.substring(0, 100) : account;
        }
    }

    /**
     * @throws org.sharaka.node.platform.ProblemException {@link AccessProblem#LOGIN_FAILED} whatever was wrong,
     *     {@link AccessProblem#LOGIN_TOO_OFTEN} after too many failures
     */
    Officer signIn(Request request) {
        Instant now = clock.instant();
        Optional<String> device = request.device().flatMap(cookie -> devices.known(request.account(), cookie, now));
        List<SqlThrottle.Gate> gates = gates(request, device);
        SqlThrottle.Attempt attempt =
                throttle.enter(gates, now).orElseThrow(() -> AccessProblem.LOGIN_TOO_OFTEN.because("try again later"));
        Optional<Officer> known = login(request.account()).flatMap(officers::find);
        Optional<Credential> credential =
                officers.credential(known.map(Officer::id).orElse(NOBODY));
        boolean password = passwords.matches(request.password(), credential.flatMap(Credential::password));
        boolean code = codeAccepted(known, credential, request, device, password, now);
        if (known.isPresent() && password && code && known.get().mayWork(now, demoNode)) {
            throttle.succeeded(attempt);
            // Only the narrowest: else an attacker with one account of his own would clear a whole source at will.
            throttle.forget(gates.get(0));
            log.done(
                    known.get().actor(Optional.empty()),
                    "access.sign-in",
                    "officer/" + known.get().id());
            return known.get();
        }
        log.refused(somebody(known), "access.sign-in", subject(known, request), problem(AccessProblem.LOGIN_FAILED));
        throw AccessProblem.LOGIN_FAILED.because("login name, password or code");
    }

    /** The first gate is the narrowest. A known device stands apart from what happens elsewhere. */
    private static List<SqlThrottle.Gate> gates(Request request, Optional<String> device) {
        return device.map(known -> List.of(new SqlThrottle.Gate("device", known, DEVICE)))
                .orElseGet(() -> List.of(
                        new SqlThrottle.Gate(
                                "account",
                                request.account() + "\0" + Sources.of(request.source()),
                                ACCOUNT_FROM_SOURCE),
                        new SqlThrottle.Gate("source", Sources.of(request.source()), SOURCE)));
    }

    private boolean codeAccepted(
            Optional<Officer> officer,
            Optional<Credential> credential,
            Request request,
            Optional<String> device,
            boolean password,
            Instant now) {
        Optional<byte[]> sealed = credential.flatMap(Credential::totp).map(Credential.Sealed::bytes);
        // Demo officers alone have no secret, and work on a demo node alone.
        if (password && sealed.isEmpty()) return officer.filter(Officer::demo).isPresent() && demoNode;
        String context = sealed.isPresent() && officer.isPresent()
                ? totpContext(officer.get().id())
                : "access.totp/nobody";
        Totp totp = new Totp(vault.open(context, sealed.orElse(nobodysSecret)));
        OptionalLong step = totp.accept(
                request.code(), now, credential.map(Credential::totpStep).orElse(0L));
        if (!password || officer.isEmpty()) return false;
        SqlThrottle.Gate gate =
                new SqlThrottle.Gate("code", device.orElse(officer.get().id().toString()), CODE);
        if (throttle.closed(gate, now)) return false;
        if (step.isPresent() && officers.useStep(officer.get().id(), step.getAsLong())) {
            throttle.forget(gate);
            return true;
        }
        throttle.failed(gate, now);
        return false;
    }

    static String totpContext(OfficerId id) {
        return "access.totp/" + id;
    }

    private static Optional<Login> login(String account) {
        try {
            return Optional.of(new Login(account));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Actor somebody(Optional<Officer> officer) {
        String id = officer.map(known -> known.id().toString()).orElse("unknown");
        return new Actor(Actor.Kind.UNKNOWN, id, "", Optional.empty(), Set.of(), Optional.empty());
    }

    /** People type passwords into the wrong field: what was typed is kept as a keyed hash only. */
    private String subject(Optional<Officer> officer, Request request) {
        return officer.map(known -> "officer/" + known.id())
                .orElseGet(() -> "login/"
                        + java.util.HexFormat.of()
                                .formatHex(vault.mac(
                                        "access.login",
                                        request.account().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                                .substring(0, 32));
    }

    static AccessLog.ProblemCode problem(AccessProblem problem) {
        return new AccessLog.ProblemCode(problem.code());
    }
}
