package org.sharaka.node.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.platform.ProblemException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.web.util.WebUtils;

/** Between Spring Security's form log-in and {@link SignIn}. What the session keeps is the login name, nothing more. */
final class SignInProvider implements AuthenticationProvider {
    private final SignIn signIn;

    SignInProvider(SignIn signIn) {
        this.signIn = signIn;
    }

    /** What {@link SignIn} needs beside name and password. */
    record Details(String code, String source, Optional<String> device) {
        static Details of(HttpServletRequest request, Devices devices) {
            String login = Optional.ofNullable(request.getParameter("username")).orElse("");
            String account = new SignIn.Request(login, "", "", "", Optional.empty()).account();
            Cookie cookie = WebUtils.getCookie(request, devices.cookieName(account));
            return new Details(
                    Optional.ofNullable(request.getParameter("code")).orElse(""),
                    request.getRemoteAddr(),
                    Optional.ofNullable(cookie).map(Cookie::getValue));
        }
    }

    @Override
    public Authentication authenticate(Authentication given) {
        Details details = (Details) given.getDetails();
        if (details == null) throw new BadCredentialsException("no details");
        try {
            Officer officer = signIn.signIn(new SignIn.Request(
                    String.valueOf(given.getPrincipal()),
                    String.valueOf(given.getCredentials()),
                    details.code(),
                    details.source(),
                    details.device()));
            var signedIn =
                    new UsernamePasswordAuthenticationToken(officer.login().value(), null, List.of());
            // Else Spring Security copies code and address into the session.
            signedIn.setDetails("");
            return signedIn;
        } catch (ProblemException e) {
            if (e.type() == AccessProblem.LOGIN_TOO_OFTEN) throw new LockedException("too often", e);
            throw new BadCredentialsException("refused", e);
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
