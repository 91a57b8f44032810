package org.sharaka.node.platform;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The management listener: health, readiness and metrics for the machine's own monitoring, on a port of its own and on
 * loopback unless told otherwise. It shows no data, so it asks for no log-in.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ManagementConfiguration {
    @Bean
    ListenersFile listenersFile(Home home) {
        return new ListenersFile(home);
    }

    @Bean
    @Order(1)
    SecurityFilterChain managementChain(HttpSecurity http, Environment environment) {
        return http.securityMatcher(onManagementPort(environment))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .build();
    }

    /** By the port and not by the path: what is unknown there is a plain 404 and never the console's log-in. */
    private static RequestMatcher onManagementPort(Environment environment) {
        return request -> {
            Integer port = environment.getProperty("local.management.port", Integer.class);
            return port != null && request.getLocalPort() == port;
        };
    }
}
