package org.sharaka.node.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a session that has lasted too long, and that of an officer who may no longer work. */
final class SessionGuard extends OncePerRequestFilter {
    private final CurrentActor current;
    private final Clock clock;
    private final Duration longest;

    SessionGuard(CurrentActor current, Clock clock, Duration longest) {
        this.current = current;
        this.clock = clock;
        this.longest = longest;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        boolean somebody = authentication != null && !(authentication instanceof AnonymousAuthenticationToken);
        if (somebody && (tooOld(request) || current.officer(request).isEmpty())) {
            HttpSession session = request.getSession(false);
            if (session != null) session.invalidate();
            SecurityContextHolder.clearContext();
        }
        chain.doFilter(request, response);
    }

    private boolean tooOld(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) return false;
        return Instant.ofEpochMilli(session.getCreationTime()).plus(longest).isBefore(clock.instant());
    }
}
