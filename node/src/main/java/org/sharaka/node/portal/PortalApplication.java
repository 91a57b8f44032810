package org.sharaka.node.portal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.sharaka.node.platform.EnableWebShell;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.thymeleaf.ITemplateEngine;

/**
 * How the portal's process is built. Not annotated as a configuration, and its controllers bear a profile: a node's
 * component scan passes all of it over.
 */
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration",
            "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
        })
@EnableConfigurationProperties(PortalSettings.class)
@EnableWebShell
@Import({PortalPages.class, MailboxPages.class, PortalApi.class})
class PortalApplication {
    private static final int CONNECTIONS = 10;

    @Bean
    Door portalDoor(PortalSettings settings) {
        return Door.read(Path.of(settings.directory()));
    }

    @Bean(destroyMethod = "close")
    DataSource dataSource(PortalSettings settings) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("portal");
        pool.setDataSource(new DoorDataSource(Path.of(settings.directory())));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(5_000);
        // The portal starts, and says what to do, while its database is away.
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    @Bean
    PortalKey portalKey(Door door) {
        return new PortalKey(door.key());
    }

    @Bean
    Counter counter(DataSource database, PortalKey key, Door door) {
        return new Counter(
                new JdbcTemplate(database),
                new TransactionTemplate(new JdbcTransactionManager(database)),
                key,
                door::unitKey);
    }

    @Bean
    Drafts drafts(PortalKey key, SecureRandom random, Clock clock) {
        return new Drafts(key, random, clock, new Departures(clock));
    }

    @Bean
    Waves waves(PortalSettings settings, SecureRandom random, Clock clock) {
        return new Waves(settings.floodLimit(), random, clock);
    }

    @Bean
    PageTexts pageTexts(MessageSource messages, PortalSettings settings) {
        return new PageTexts(messages, settings);
    }

    @Bean
    ReceiptPdf receiptPdf(ITemplateEngine templates) {
        return new ReceiptPdf(templates);
    }

    /** Before the shell's own filter: it fixes the language. */
    @Bean
    FilterRegistrationBean<PortalFilter> portalFilter(PortalSettings settings) {
        var registration = new FilterRegistrationBean<>(new PortalFilter(settings.origin()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return registration;
    }
}
