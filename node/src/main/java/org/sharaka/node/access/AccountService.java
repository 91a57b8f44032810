package org.sharaka.node.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/** What officers do with their own account: password, language, passkeys, sessions. */
final class AccountService {
    private final SqlOfficers officers;
    private final SqlSessions sessions;
    private final SqlPasskeys passkeys;
    private final Passwords passwords;
    private final AccessLog log;
    private final TransactionTemplate transactions;

    AccountService(
            SqlOfficers officers,
            SqlSessions sessions,
            SqlPasskeys passkeys,
            Passwords passwords,
            AccessLog log,
            TransactionTemplate transactions) {
        this.officers = officers;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.passwords = passwords;
        this.log = log;
        this.transactions = transactions;
    }

    Officer own(Actor actor) {
        return officers.find(id(actor)).orElseThrow(() -> AccessProblem.NOT_FOUND.because("officer"));
    }

    List<SqlSessions.Open> sessions(Actor actor, String current) {
        return sessions.of(own(actor).login(), current);
    }

    List<SqlPasskeys.Passkey> passkeys(Actor actor) {
        return passkeys.of(id(actor));
    }

    /** All other sessions end: whoever knew the old password may have one. */
    void changePassword(Actor actor, String old, String wanted, String currentSession) {
        Officer officer = own(actor);
        Optional<String> hash = officers.credential(officer.id()).flatMap(Credential::password);
        if (!passwords.matches(old, hash)) {
            refused(actor, "access.password-change", AccessProblem.PASSWORD_WRONG);
            throw AccessProblem.PASSWORD_WRONG.because("the old password is not right");
        }
        String changed = passwords.hashOfNew(wanted, officer.login());
        transactions.executeWithoutResult(status -> {
            officers.changePassword(officer.id(), changed);
            sessions.of(officer.login(), currentSession).stream()
                    .filter(session -> !session.current())
                    .forEach(session -> sessions.end(officer.login(), session.handle()));
            log.done(actor, "access.password-change", "officer/" + actor.id());
        });
    }

    void changeLanguage(Actor actor, Optional<String> language) {
        officers.changeLanguage(id(actor), language);
    }

    void endSession(Actor actor, String handle) {
        if (!sessions.end(own(actor).login(), handle)) throw AccessProblem.NOT_FOUND.because("session");
        log.done(actor, "access.session-end", "officer/" + actor.id());
    }

    void removePasskey(Actor actor, String handle) {
        if (!passkeys.remove(id(actor), handle)) throw AccessProblem.NOT_FOUND.because("passkey");
        log.done(actor, "access.passkey-remove", "officer/" + actor.id());
    }

    private void refused(Actor actor, String action, AccessProblem problem) {
        log.refused(actor, action, "officer/" + actor.id(), SignIn.problem(problem));
    }

    private static OfficerId id(Actor actor) {
        if (actor.kind() != Actor.Kind.OFFICER) throw AccessProblem.FORBIDDEN.because("officers have accounts");
        return new OfficerId(UUID.fromString(actor.id()));
    }
}
