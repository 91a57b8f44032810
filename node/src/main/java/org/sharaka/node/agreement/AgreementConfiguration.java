package org.sharaka.node.agreement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.WebNavigation;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** How this module is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AgreementSettings.class)
class AgreementConfiguration {
    private static final String SHIPPED = "/agreement/reference.json";

    @Bean
    SqlAgreements sqlAgreements(JdbcTemplate sql) {
        return new SqlAgreements(sql);
    }

    @Bean
    CurrentBook agreementBook(SqlAgreements sql, AgreementSettings settings) {
        return new CurrentBook(sql, settings.replyWithin());
    }

    @Bean
    LegalBases legalBases(CurrentBook book) {
        return new LegalBases(book);
    }

    @Bean
    AgreementService agreementService(SqlAgreements sql, CurrentBook book, AuditTrail audit, Clock clock) {
        return new AgreementService(sql, book, audit, clock);
    }

    @Bean
    SmartInitializingSingleton shippedAgreements(AgreementService agreements) {
        return () -> agreements.ship(shipped());
    }

    static byte[] shipped() {
        try (InputStream file = AgreementConfiguration.class.getResourceAsStream(SHIPPED)) {
            if (file == null) throw new IllegalStateException(SHIPPED + " is not in the jar");
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Bean
    ActWitness agreementsChanged() {
        return new ActWitness("agreement", "select entry, entry_subject as subject from agreement.revision");
    }

    @Bean
    @ConditionalOnWebApplication
    WebNavigation agreementNavigation() {
        return new WebNavigation(
                WebNavigation.Place.MAIN,
                70,
                "/agreements",
                "agreement.nav",
                Optional.of(Permission.AGREEMENT_ADMINISTER.name()));
    }
}
