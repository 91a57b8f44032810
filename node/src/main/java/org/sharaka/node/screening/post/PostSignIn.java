package org.sharaka.node.screening.post;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.extract.PostCode;
import org.sharaka.node.screening.extract.PostOfficer;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Lets the officers of the extract in, each with a code of their own and a purpose. The codes are made by chance and too long to be guessed,
 * so nobody is locked out at a place where nobody could let them in again.
 */
final class PostSignIn implements AuthenticationProvider {
    private static final int AT_ONCE = 2;

    private final List<PostOfficer> officers;
    private final PostLog log;
    /** Compared where there is no such officer, so that unknown costs what known costs. */
    private final String nobodys;

    private final Semaphore permits = new Semaphore(AT_ONCE, true);

    PostSignIn(List<PostOfficer> officers, PostLog log, SecureRandom random) {
        this.officers = officers;
        this.log = log;
        this.nobodys = PostCode.hash(PostCode.fresh(random));
    }

    /**
     * What comes with a log-in besides.
     *
     * @param byForm or by a program, which shows its code with every request
     */
    record Details(Optional<Purpose> purpose, boolean byForm) {
        static Details ofForm(HttpServletRequest request) {
            return new Details(purpose(request.getParameter("purpose")), true);
        }

        static Details ofProgram(HttpServletRequest request) {
            return new Details(purpose(request.getHeader("Sharaka-Purpose")), false);
        }

        private static Optional<Purpose> purpose(@Nullable String word) {
            return word == null ? Optional.empty() : Purpose.ofCode(word.strip().toLowerCase(Locale.ROOT));
        }
    }

    /** Who is logged in; lives in the memory of this process alone. */
    record Present(PostOfficer officer, Optional<Purpose> purpose) {
        Actor actor() {
            return new Actor(
                    Actor.Kind.OFFICER,
                    officer.id(),
                    officer.login(),
                    officer.unit(),
                    Set.of(Permission.SCREENING_QUERY),
                    purpose);
        }
    }

    @Override
    public Authentication authenticate(Authentication given) {
        if (!(given.getDetails() instanceof Details details)) throw new BadCredentialsException("no details");
        String login = given.getName().strip().toLowerCase(Locale.ROOT);
        Optional<PostOfficer> officer =
                officers.stream().filter(each -> each.login().equals(login)).findFirst();
        boolean matches = matches(
                String.valueOf(given.getCredentials()),
                officer.map(PostOfficer::hash).orElse(nobodys));
        String subject = "officer/" + officer.map(PostOfficer::id).orElse("unknown");
        if (officer.isEmpty() || !matches) {
            enter(nobody(), subject, "refused");
            throw new BadCredentialsException("not an officer of this post, or not the code");
        }
        Present present = new Present(officer.get(), details.purpose());
        if (details.byForm()) enter(present.actor(), subject, "done");
        return UsernamePasswordAuthenticationToken.authenticated(present, "", List.of());
    }

    /** Who cannot be logged does not come in: the extract has ended, the clock is wrong, or the disk is full. */
    private void enter(Actor actor, String subject, String result) {
        try {
            log.enter(actor, "post.sign-in", subject, result);
        } catch (ProblemException e) {
            throw new AuthenticationServiceException("not logged", e);
        }
    }

    private boolean matches(String typed, String hash) {
        permits.acquireUninterruptibly();
        try {
            return PostCode.matches(typed, hash);
        } finally {
            permits.release();
        }
    }

    private static Actor nobody() {
        return new Actor(Actor.Kind.UNKNOWN, "unknown", "", Optional.empty(), Set.of(), Optional.empty());
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
