package org.sharaka.node.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.platform.WebNavigation;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How the console and the API are guarded: two chains, one with sessions and forms, one with API keys and neither. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class AccessWebConfiguration {
    @Bean
    CurrentActor currentActor(SqlOfficers officers, Clock clock, @Value("${sharaka.demo:false}") boolean demo) {
        return new CurrentActor(officers, clock, demo);
    }

    @Bean
    WebMvcConfigurer actorArguments(CurrentActor current) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(current);
            }
        };
    }

    @Bean
    AskedForFirst askedForFirst() {
        return new AskedForFirst();
    }

    @Bean
    SignIn signIn(
            SqlOfficers officers,
            Passwords passwords,
            SqlThrottle throttle,
            Devices devices,
            Vault vault,
            AccessLog log,
            Clock clock,
            SecureRandom random,
            @Value("${sharaka.demo:false}") boolean demo) {
        return new SignIn(officers, passwords, throttle, devices, vault, log, clock, random, demo);
    }

    @Bean
    EnrolmentService enrolmentService(
            SqlOfficers officers,
            Passwords passwords,
            SqlThrottle throttle,
            Vault vault,
            AccessLog log,
            TransactionTemplate transactions,
            Clock clock,
            SecureRandom random,
            @Value("${sharaka.demo:false}") boolean demo) {
        return new EnrolmentService(officers, passwords, throttle, vault, log, transactions, clock, random, demo);
    }

    @Bean
    SqlPasskeys passkeys(JdbcClient sql, SqlOfficers officers) {
        return new SqlPasskeys(sql, officers);
    }

    @Bean
    AccountService accountService(
            SqlOfficers officers,
            SqlSessions sessions,
            SqlPasskeys passkeys,
            Passwords passwords,
            AccessLog log,
            TransactionTemplate transactions) {
        return new AccountService(officers, sessions, passkeys, passwords, log, transactions);
    }

    @Bean
    WebAuthnRelyingPartyOperations passkeyOperations(
            SqlPasskeys passkeys,
            SqlOfficers officers,
            AccessLog log,
            Clock clock,
            AccessSettings settings,
            Environment environment,
            @Value("${sharaka.demo:false}") boolean demo) {
        return new PasskeyOperations(
                passkeys,
                officers,
                log,
                clock,
                settings.passkeyDomain(),
                () -> settings.origins().isEmpty()
                        ? List.of("http://localhost:" + environment.getRequiredProperty("local.server.port"))
                        : settings.origins(),
                demo);
    }

    /** The only way in with a password. As a bean it also keeps Spring Boot from inventing a user. */
    @Bean
    AuthenticationManager signInManager(SignIn signIn) {
        return new ProviderManager(new SignInProvider(signIn));
    }

    /** For passkeys alone; no bean, else Spring Security would check passwords against it. */
    private static UserDetailsService passkeyOfficers(SqlOfficers officers) {
        return login -> officers.find(new Login(login))
                .map(officer -> User.withUsername(officer.login().value())
                        .password("")
                        .authorities(List.of())
                        .build())
                .orElseThrow(() -> new UsernameNotFoundException("no such officer"));
    }

    /** Each filter timed by itself costs every request more than it tells an operator. */
    @Bean
    SecurityObservationSettings unobservedFilters() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    CookieSerializer sessionCookie() {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName("sharaka-session");
        cookie.setSameSite("Lax");
        cookie.setUseHttpOnlyCookie(true);
        return cookie;
    }

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionsThatIdle(AccessSettings settings) {
        return repository -> repository.setDefaultMaxInactiveInterval(settings.idle());
    }

    /** No session, no cookie, no form: what a browser sends by itself means nothing here. */
    @Bean
    @Order(10)
    SecurityFilterChain apiChain(
            HttpSecurity http,
            ApiKeyService keys,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return http.securityMatcher("/api/**")
                // Probes say whether a service is up, and nothing else.
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(HttpMethod.GET, "/api/v1/*/healthz", "/api/v1/*/readyz")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .addFilterBefore(new ApiKeyFilter(keys, problems), AuthorizationFilter.class)
                .exceptionHandling(errors -> errors.authenticationEntryPoint((request, response, e) -> {
                    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                    ApiKeyFilter.answer(
                            problems, request, response, AccessProblem.NOT_AUTHENTICATED.because("send an API key"));
                }))
                .build();
    }

    @Bean
    @Order(100)
    SecurityFilterChain consoleChain(
            HttpSecurity http,
            AuthenticationManager signIn,
            SqlOfficers officers,
            Devices devices,
            CurrentActor current,
            AccessSettings settings,
            Clock clock,
            LocaleResolver locales) {
        CookieCsrfTokenRepository csrf = new CookieCsrfTokenRepository();
        csrf.setCookieName("sharaka-csrf");
        csrf.setHeaderName("X-CSRF-TOKEN");
        csrf.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Strict"));
        CookieRequestCache wanted = new WantedPage();
        http.setSharedObject(UserDetailsService.class, passkeyOfficers(officers));
        return http.authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers("/login", "/enrol", "/enrol/*", "/assets/**", "/favicon.ico", "/error")
                                .permitAll()
                                .requestMatchers("/webauthn/authenticate/options", "/login/webauthn")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .authenticationManager(signIn)
                .formLogin(form -> form.loginPage("/login")
                        .authenticationDetailsSource(request -> SignInProvider.Details.of(request, devices))
                        .successHandler(signedIn(current, devices, clock, locales))
                        .failureHandler(refused()))
                .webAuthn(passkeys -> passkeys.rpId(settings.passkeyDomain())
                        .rpName("Sharaka")
                        .allowedOrigins(java.util.Set.copyOf(settings.origins()))
                        .disableDefaultRegistrationPage(true))
                // Nothing is stored for a visitor before the log-in: token and wanted page travel in cookies.
                .csrf(tokens -> tokens.csrfTokenRepository(csrf))
                .requestCache(cache -> cache.requestCache(wanted))
                .logout(logout -> logout.logoutSuccessUrl("/login?out").deleteCookies("sharaka-session"))
                .sessionManagement(sessions -> sessions.sessionFixation(fixation -> fixation.changeSessionId()))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(loginForPeople()))
                .addFilterBefore(new SessionGuard(current, clock, settings.longest()), AuthorizationFilter.class)
                .build();
    }

    /**
     * Leads to the wanted page by its address alone. Replayed, the request would lose the browser's own headers, the
     * languages that it asks for among them.
     */
    private static final class WantedPage extends CookieRequestCache {
        @Override
        public @Nullable HttpServletRequest getMatchingRequest(
                HttpServletRequest request, HttpServletResponse response) {
            super.getMatchingRequest(request, response);
            return null;
        }
    }

    /** From now on this device is known for this officer; pages are in the officer's language. */
    private static AuthenticationSuccessHandler signedIn(
            CurrentActor current, Devices devices, Clock clock, LocaleResolver locales) {
        SavedRequestAwareAuthenticationSuccessHandler goOn = new SavedRequestAwareAuthenticationSuccessHandler();
        goOn.setRequestCache(new WantedPage());
        goOn.setDefaultTargetUrl("/");
        return (request, response, authentication) -> {
            Login login = new Login(authentication.getName());
            response.addHeader(
                    HttpHeaders.SET_COOKIE,
                    ResponseCookie.from(devices.cookieName(login.value()), devices.issue(login, clock.instant()))
                            .path("/login")
                            .httpOnly(true)
                            .secure(request.isSecure())
                            .sameSite("Strict")
                            .maxAge(Devices.KNOWN_FOR)
                            .build()
                            .toString());
            current.officer(request)
                    .flatMap(Officer::language)
                    .ifPresent(code -> locales.setLocale(request, response, Locale.forLanguageTag(code)));
            goOn.onAuthenticationSuccess(request, response, authentication);
        };
    }

    private static AuthenticationFailureHandler refused() {
        return (request, response, e) ->
                response.sendRedirect(e instanceof LockedException ? "/login?wait" : "/login?refused");
    }

    /** A browser that asks for a page is shown the log-in; a script is told 401. */
    private static AuthenticationEntryPoint loginForPeople() {
        LoginUrlAuthenticationEntryPoint login = new LoginUrlAuthenticationEntryPoint("/login");
        login.setFavorRelativeUris(true);
        return (HttpServletRequest request,
                HttpServletResponse response,
                org.springframework.security.core.AuthenticationException e) -> {
            boolean page = Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT))
                    .map(accept -> accept.contains(MediaType.TEXT_HTML_VALUE))
                    .orElse(false);
            if (page) login.commence(request, response, e);
            else response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        };
    }

    @Bean
    WebNavigation officersNavigation() {
        return new WebNavigation(
                WebNavigation.Place.MAIN,
                90,
                "/officers",
                "access.nav.officers",
                Optional.of(Permission.OFFICER_ADMINISTER.name()));
    }

    @Bean
    WebNavigation accountNavigation() {
        return new WebNavigation(WebNavigation.Place.ACCOUNT, 10, "/account", "access.nav.account", Optional.empty());
    }

    @Bean
    WebNavigation keysNavigation() {
        return new WebNavigation(
                WebNavigation.Place.ACCOUNT, 20, "/account/api-keys", "access.nav.api-keys", Optional.empty());
    }
}
