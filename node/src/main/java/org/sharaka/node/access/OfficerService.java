package org.sharaka.node.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Administration of officers. Every act and every refusal is entered in the audit record. */
public final class OfficerService {
    /** An enrolment code that nobody used by then is worthless. */
    static final Duration CODE_LASTS = Duration.ofHours(24);
    /** Long enough for an emergency, short enough that a forgotten one is not a back door. */
    public static final Duration LONGEST_BREAK_GLASS = Duration.ofHours(8);

    private static final Logger LOG = LoggerFactory.getLogger(OfficerService.class);

    private final SqlOfficers officers;
    private final SqlSessions sessions;
    private final Passwords passwords;
    private final AccessLog log;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final SecureRandom random;
    private final Ids ids;
    private final boolean demoNode;

    OfficerService(
            SqlOfficers officers,
            SqlSessions sessions,
            Passwords passwords,
            AccessLog log,
            TransactionTemplate transactions,
            Clock clock,
            SecureRandom random,
            Ids ids,
            boolean demoNode) {
        this.officers = officers;
        this.sessions = sessions;
        this.passwords = passwords;
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
        this.random = random;
        this.ids = ids;
        this.demoNode = demoNode;
    }

    public List<Officer> list(Actor actor) {
        actor.require(Permission.OFFICER_ADMINISTER);
        return officers.all();
    }

    /** Whether nobody can log in yet: the node's first start says how to make the first administrator. */
    public boolean nobodyYet() {
        return officers.none();
    }

    /** @throws ProblemException {@link AccessProblem#NOT_FOUND} also where there is something that is no officer */
    public Officer view(Actor actor, OfficerId id) {
        actor.require(Permission.OFFICER_ADMINISTER);
        return officers.find(id).orElseThrow(() -> AccessProblem.NOT_FOUND.because("officer " + id));
    }

    public Optional<Officer> find(Actor actor, String login) {
        actor.require(Permission.OFFICER_ADMINISTER);
        return officers.find(login(login));
    }

    /** Login names by officers' ids, as far as they are known, for screens that show who acted. */
    public Map<String, String> logins(Collection<String> officerIds) {
        return officers.logins(officerIds);
    }

    /** The id behind a login name, for filters that let people type a name. */
    public Optional<String> idOf(String login) {
        try {
            return officers.find(Login.parse(login)).map(officer -> officer.id().toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Who may do something at this hour, by login name: for screens that give work to colleagues. */
    public List<Officer> able(Permission permission) {
        Instant now = clock.instant();
        return officers.all().stream()
                .filter(officer -> officer.mayWork(now, demoNode) && !officer.breakGlass())
                .filter(officer -> Role.permissionsOf(officer.roles()).contains(permission))
                .toList();
    }

    /** Adds an officer, who then enrols with the code. */
    public Enrolment add(Actor actor, NewOfficer wanted) {
        return act(actor, "access.officer-add", "officer", () -> {
            Officer officer = officer(wanted, false, Optional.empty());
            insert(actor, "access.officer-add", officer);
            return enrolment(officer, CODE_LASTS);
        });
    }

    /**
     * Adds an officer of a demonstration, who logs in with a password alone.
     *
     * @throws ProblemException {@link AccessProblem#NOT_A_DEMO} unless the node was started as a demo
     */
    public Officer addDemoOfficer(Actor actor, NewOfficer wanted, String password) {
        return act(actor, "access.officer-add-demo", "officer", () -> {
            if (!demoNode) throw AccessProblem.NOT_A_DEMO.because("demo officers work on a demo node only");
            Officer officer = officer(wanted, true, Optional.empty());
            String hash = passwords.hashOfNew(password, officer.login());
            insert(actor, "access.officer-add-demo", officer);
            officers.changePassword(officer.id(), hash);
            return officer;
        });
    }

    /**
     * Makes an account with every role that ends by itself, for the hour in which nobody else can let anyone in. Only at
     * the node's own machine; entered, logged as a warning and shown on every page of that account.
     */
    public Enrolment breakGlass(Actor actor, String reason, Duration lasts) {
        return act(actor, "access.break-glass", "officer", () -> {
            if (actor.kind() != Actor.Kind.COMMAND_LINE) throw AccessProblem.FORBIDDEN.because("command line only");
            if (reason.isBlank()) throw AccessProblem.NAME_INVALID.because("a reason is needed");
            if (lasts.isNegative() || lasts.isZero() || lasts.compareTo(LONGEST_BREAK_GLASS) > 0) {
                throw AccessProblem.DURATION_TOO_LONG.because("at most " + LONGEST_BREAK_GLASS.toHours() + " hours");
            }
            Instant endsAt = clock.instant().plus(lasts);
            String login = "break-glass-" + Long.toString(clock.instant().getEpochSecond(), 36);
            String name = "BREAK GLASS: " + reason.strip();
            NewOfficer wanted = new NewOfficer(
                    login,
                    name.substring(0, Math.min(200, name.length())),
                    Optional.empty(),
                    EnumSet.allOf(Role.class));
            Officer officer = officer(wanted, false, Optional.of(endsAt));
            insert(actor, "access.break-glass", officer);
            LOG.warn("break-glass account made: officer={} endsAt={}", officer.id(), endsAt);
            return enrolment(officer, lasts.compareTo(CODE_LASTS) < 0 ? lasts : CODE_LASTS);
        });
    }

    /** Changes roles; open sessions have the new ones with their next request. */
    public void changeRoles(Actor actor, OfficerId id, Set<Role> roles) {
        act(actor, "access.officer-roles", "officer/" + id, () -> {
            another(actor, id);
            UUID entry = log.done(actor, "access.officer-roles", rolesSubject(id, roles));
            officers.changeRoles(id, roles, entry);
            return id;
        });
    }

    public void changeUnit(Actor actor, OfficerId id, Optional<String> unit) {
        act(actor, "access.officer-unit", "officer/" + id, () -> {
            another(actor, id);
            officers.changeUnit(id, unit.map(String::strip).filter(text -> !text.isEmpty() && text.length() <= 200));
            log.done(actor, "access.officer-unit", "officer/" + id);
            return id;
        });
    }

    /** Lets an officer in no longer, at once, with no session left. */
    public void disable(Actor actor, OfficerId id) {
        act(actor, "access.officer-disable", "officer/" + id, () -> {
            Officer officer = another(actor, id);
            officers.disable(id, true);
            sessions.endAll(officer.login());
            log.done(actor, "access.officer-disable", "officer/" + id);
            return id;
        });
    }

    public void enable(Actor actor, OfficerId id) {
        act(actor, "access.officer-enable", "officer/" + id, () -> {
            another(actor, id);
            officers.disable(id, false);
            log.done(actor, "access.officer-enable", "officer/" + id);
            return id;
        });
    }

    /** Takes password, one-time-code secret, passkeys and sessions from an officer, who enrols anew with the code. */
    public Enrolment reset(Actor actor, OfficerId id) {
        return act(actor, "access.officer-reset", "officer/" + id, () -> {
            Officer officer = another(actor, id);
            if (officer.demo()) throw AccessProblem.NOT_A_DEMO.because("demo officers have no factors");
            sessions.endAll(officer.login());
            log.done(actor, "access.officer-reset", "officer/" + id);
            return enrolment(officer, CODE_LASTS);
        });
    }

    /** What stands in the audit record for roles, and what verify-audit compares the rows with. */
    static String rolesSubject(OfficerId id, Set<Role> roles) {
        return "officer/" + id + " " + String.join(",", Arrays.asList(SqlOfficers.names(roles)));
    }

    private Officer officer(NewOfficer wanted, boolean demo, Optional<Instant> endsAt) {
        if (wanted.name().isBlank() || wanted.name().length() > 200) {
            throw AccessProblem.NAME_INVALID.because("1 to 200 characters");
        }
        OfficerId id = new OfficerId(ids.random());
        return new Officer(
                id,
                login(wanted.login()),
                wanted.name().strip(),
                wanted.unit(),
                wanted.roles(),
                false,
                demo,
                endsAt,
                Optional.empty());
    }

    private static Login login(String typed) {
        try {
            return Login.parse(typed);
        } catch (IllegalArgumentException e) {
            throw AccessProblem.LOGIN_NAME_INVALID.because("3 to 60 of a-z, 0-9, dot, hyphen, underscore");
        }
    }

    private void insert(Actor actor, String action, Officer officer) {
        UUID entry = log.done(actor, action, rolesSubject(officer.id(), officer.roles()));
        if (!officers.add(officer, entry, clock.instant())) {
            throw AccessProblem.LOGIN_NAME_TAKEN.because("the login name is taken");
        }
    }

    private Enrolment enrolment(Officer officer, Duration lasts) {
        OneTimeCode code = OneTimeCode.generate(random);
        Instant endsAt = clock.instant().plus(lasts);
        officers.startEnrolment(officer.id(), code.hash(), endsAt);
        return new Enrolment(officer, code.text(), endsAt);
    }

    private Officer another(Actor actor, OfficerId id) {
        if (actor.id().equals(id.toString())) throw AccessProblem.OWN_ACCOUNT.because("officer " + id);
        return officers.find(id).orElseThrow(() -> AccessProblem.NOT_FOUND.because("officer " + id));
    }

    /** One transaction with the entries made in it; a refusal rolls back and is entered by itself. */
    private <T> T act(Actor actor, String action, String subject, Supplier<T> act) {
        try {
            actor.require(Permission.OFFICER_ADMINISTER);
            T done = transactions.execute(status -> act.get());
            if (done == null) throw new IllegalStateException("an act gives back what it did");
            return done;
        } catch (ProblemException e) {
            log.refused(
                    actor, action, subject, new AccessLog.ProblemCode(e.type().code()));
            throw e;
        }
    }
}
