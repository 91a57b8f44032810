package org.sharaka.node.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.Optional;
import org.sharaka.node.platform.WebViewer;
import org.sharaka.node.platform.WebViewers;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Who acts in a request. A controller names {@link Actor} as an argument and is given it; the officer is read anew for
 * each request, so that a role taken away is gone with the next click.
 */
final class CurrentActor implements HandlerMethodArgumentResolver, WebViewers {
    /** Name of the session's attribute. */
    static final String PURPOSE = "access.purpose";

    private static final String CACHED = CurrentActor.class.getName();

    private final SqlOfficers officers;
    private final Clock clock;
    private final boolean demoNode;

    CurrentActor(SqlOfficers officers, Clock clock, boolean demoNode) {
        this.officers = officers;
        this.clock = clock;
        this.demoNode = demoNode;
    }

    /** What an API key's request carries instead of a session. */
    Optional<Actor> actor(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof ApiKeyAuthentication key) return Optional.of(key.actor());
        return officer(request).map(officer -> officer.actor(purpose(request)));
    }

    /** The officer who is logged in and may still work. */
    Optional<Officer> officer(HttpServletRequest request) {
        if (request.getAttribute(CACHED) instanceof Officer officer) return Optional.of(officer);
        Optional<Officer> officer =
                login().flatMap(officers::find).filter(known -> known.mayWork(clock.instant(), demoNode));
        officer.ifPresent(known -> request.setAttribute(CACHED, known));
        return officer;
    }

    static Optional<Purpose> purpose(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(PURPOSE) instanceof String name)) return Optional.empty();
        return Optional.of(Purpose.valueOf(name));
    }

    private static Optional<Login> login() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !authentication.isAuthenticated()) return Optional.empty();
        if (authentication instanceof AnonymousAuthenticationToken) return Optional.empty();
        return Optional.of(new Login(authentication.getName()));
    }

    @Override
    public Optional<WebViewer> current(HttpServletRequest request) {
        return officer(request).map(officer -> {
            Actor actor = officer.actor(purpose(request));
            return new WebViewer(
                    officer.name(),
                    java.util.Set.of(SqlOfficers.names(actor.permissions())),
                    actor.unit(),
                    actor.purpose().map(purpose -> "access.purpose." + purpose));
        });
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Actor.class);
    }

    @Override
    public Actor resolveArgument(
            MethodParameter parameter,
            @org.jspecify.annotations.Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @org.jspecify.annotations.Nullable WebDataBinderFactory binders) {
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        if (http == null) throw new IllegalStateException("no HTTP request");
        return actor(http).orElseThrow(() -> AccessProblem.NOT_AUTHENTICATED.because("log in or send an API key"));
    }
}
