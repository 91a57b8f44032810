package org.sharaka.node.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Vault;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** How access is built: what commands need as well as the console. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class AccessConfiguration {
    @Bean
    SqlOfficers officers(JdbcClient sql) {
        return new SqlOfficers(sql);
    }

    @Bean
    SqlSessions officerSessions(JdbcClient sql) {
        return new SqlSessions(sql);
    }

    @Bean
    Passwords passwords(SecureRandom random) {
        byte[] neverUsed = new byte[32];
        random.nextBytes(neverUsed);
        return new Passwords(Base64.getEncoder().encodeToString(neverUsed));
    }

    /** @param demo given by {@code ./sharaka demo} alone; without it no demo officer gets in */
    @Bean
    OfficerService officerService(
            SqlOfficers officers,
            SqlSessions sessions,
            Passwords passwords,
            AccessLog log,
            TransactionTemplate transactions,
            Clock clock,
            SecureRandom random,
            Ids ids,
            @Value("${sharaka.demo:false}") boolean demo) {
        return new OfficerService(officers, sessions, passwords, log, transactions, clock, random, ids, demo);
    }

    @Bean
    ApiKeyService apiKeyService(
            JdbcClient sql,
            SqlOfficers officers,
            AccessLog log,
            TransactionTemplate transactions,
            Clock clock,
            SecureRandom random,
            Ids ids,
            @Value("${sharaka.demo:false}") boolean demo) {
        return new ApiKeyService(sql, officers, log, transactions, clock, random, ids, demo);
    }

    @Bean
    SqlThrottle accessThrottle(JdbcClient sql, TransactionTemplate transactions, Vault vault) {
        return new SqlThrottle(sql, transactions, vault);
    }

    @Bean
    Devices devices(Vault vault, SecureRandom random) {
        return new Devices(vault, random);
    }

    /** An officer's roles are those that an administrator's act gave. */
    @Bean
    ActWitness officerRoles() {
        return new ActWitness("access.officer-roles", """
                select roles_entry as entry, 'officer/' || id || ' ' || array_to_string(roles, ',') as subject
                from access.officer
                """);
    }

    @Bean
    ActWitness apiKeysMade() {
        return new ActWitness("access.api-key-make", """
                select made_entry as entry, 'api-key/' || id || ' ' || array_to_string(permissions, ',') as subject
                from access.api_key
                """);
    }
}
