package org.sharaka.node.platform;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/** The reader's language: what the officer chose on this device, else what the browser asks for. */
final class WebLocales implements LocaleResolver {
    private static final String COOKIE = "lang";
    private static final Duration KEPT = Duration.ofDays(365);

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return language(request).locale();
    }

    static WebLanguage language(HttpServletRequest request) {
        Optional<WebLanguage> fixed = WebLanguage.fixedFor(request);
        if (fixed.isPresent()) return fixed.get();
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        Optional<WebLanguage> chosen =
                cookie == null ? Optional.empty() : WebLanguage.of(String.valueOf(cookie.getValue()));
        return chosen.orElseGet(() -> request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
                ? WebLanguage.ENGLISH
                : WebLanguage.preferred(Collections.list(request.getLocales())));
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        if (response == null || locale == null) return;
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, WebLanguage.of(locale).code())
                        .path("/")
                        .maxAge(KEPT)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }
}
