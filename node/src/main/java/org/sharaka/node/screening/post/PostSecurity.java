package org.sharaka.node.screening.post;

import jakarta.servlet.DispatcherType;
import java.security.SecureRandom;
import java.util.List;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How a post is guarded: pages by a log-in that lives in this process alone, programs by the officer's code with each request. */
class PostSecurity {
    @Bean
    AuthenticationManager postSignIn(Post post, SecureRandom random) {
        return new ProviderManager(new PostSignIn(post.opened().officers(), post.log(), random));
    }

    @Bean
    @Order(10)
    SecurityFilterChain programs(HttpSecurity http, AuthenticationManager signIn) {
        return http.securityMatcher("/api/**")
                .authenticationManager(signIn)
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(HttpMethod.GET, "/api/v1/*/healthz", "/api/v1/*/readyz")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .httpBasic(basic -> basic.authenticationDetailsSource(PostSignIn.Details::ofProgram)
                        .authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .build();
    }

    @Bean
    @Order(100)
    SecurityFilterChain pages(HttpSecurity http, AuthenticationManager signIn) {
        CookieCsrfTokenRepository csrf = new CookieCsrfTokenRepository();
        csrf.setCookieName("sharaka-post-csrf");
        csrf.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Strict"));
        return http.authenticationManager(signIn)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers("/login", "/assets/**", "/error")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .formLogin(form -> form.loginPage("/login")
                        .authenticationDetailsSource(PostSignIn.Details::ofForm)
                        .defaultSuccessUrl("/", true)
                        .failureUrl("/login?refused"))
                .csrf(tokens -> tokens.csrfTokenRepository(csrf))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.logoutSuccessUrl("/login").deleteCookies("sharaka-post"))
                .build();
    }

    /** A controller names {@link Actor} as an argument and is given the officer. */
    @Bean
    WebMvcConfigurer actorArguments() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new PresentActor());
            }
        };
    }

    private static final class PresentActor implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType().equals(Actor.class);
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @org.jspecify.annotations.Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @org.jspecify.annotations.Nullable WebDataBinderFactory binders) {
            Authentication known = SecurityContextHolder.getContext().getAuthentication();
            if (known != null && known.getPrincipal() instanceof PostSignIn.Present present) return present.actor();
            throw AccessProblem.NOT_AUTHENTICATED.because("log in at this post");
        }
    }
}
