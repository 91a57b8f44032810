package org.sharaka.node.platform;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import org.springframework.web.servlet.resource.VersionResourceResolver;
import tools.jackson.databind.json.JsonMapper;

/** How the web shell is built. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class WebConfiguration implements WebMvcConfigurer {
    /** Addresses carry a hash of the content, so a browser may keep a file for good. */
    private static final CacheControl FOR_GOOD =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    @Bean
    WebMessages messageSource() {
        return WebMessages.fromClasspath();
    }

    @Bean
    WebLocales localeResolver() {
        return new WebLocales();
    }

    /** Before security: its refusals too carry the headers, a request id and the reader's language. */
    @Bean
    FilterRegistrationBean<WebFilter> webFilter(Ids ids, WebLocales locales) {
        FilterRegistrationBean<WebFilter> registration = new FilterRegistrationBean<>(new WebFilter(ids, locales));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    ResourceUrlEncodingFilter resourceUrlEncodingFilter() {
        return new ResourceUrlEncodingFilter();
    }

    /** @param zone of the node's officers, for instance {@code Africa/Casablanca}; the machine's own if not set */
    @Bean
    WebDialect webDialect(
            @Value("${sharaka.web.zone:}") String zone,
            ObjectProvider<WebNavigation> navigation,
            ObjectProvider<WebAlarm> alarms,
            ObjectProvider<WebViewers> viewers) {
        ZoneId own = zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone);
        return new WebDialect(
                own,
                () -> navigation.stream().toList(),
                () -> alarms.stream().toList(),
                () -> Optional.ofNullable(viewers.getIfAvailable()));
    }

    @Bean
    WebAnswers webAnswers(
            WebMessages messages, JsonMapper json, @Qualifier("mvcResourceUrlProvider") ResourceUrlProvider assets) {
        return new WebAnswers(messages, json, assets);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(
                        "classpath:/static/assets/", "classpath:/META-INF/resources/webjars/cytoscape/3.33.1/dist/")
                .setCacheControl(FOR_GOOD)
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
    }
}
