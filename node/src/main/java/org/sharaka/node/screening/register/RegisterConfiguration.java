package org.sharaka.node.screening.register;

import java.time.Clock;
import javax.sql.DataSource;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.Purge;
import org.sharaka.node.screening.ScreeningSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** How the registers are built. */
@Configuration(proxyBeanMethods = false)
class RegisterConfiguration {
    @Bean
    SqlRegisters sqlRegisters(JdbcTemplate sql) {
        return new SqlRegisters(sql);
    }

    @Bean
    RegisterLookup registerLookup(SqlRegisters registers, AuditTrail audit, Vault vault, Clock clock) {
        return new RegisterLookup(registers, audit, vault, clock);
    }

    @Bean
    RegisterService registerService(
            SqlRegisters registers,
            RegisterLookup lookup,
            AuditTrail audit,
            ScreeningSettings settings,
            Ids ids,
            Clock clock) {
        return new RegisterService(registers, lookup, audit, settings, ids, clock);
    }

    @Bean
    RegisterContents registerContents(DataSource database) {
        return new RegisterContents(database);
    }

    @Bean
    RegisterImport registerImport(
            SqlRegisters registers, AuditTrail audit, ScreeningSettings settings, Ids ids, Clock clock) {
        return new RegisterImport(registers, audit, settings, ids, clock);
    }

    @Bean
    Purge registerPurge(RegisterService registers) {
        return now -> registers.purge(now, Purge.AT_ONCE);
    }

    @Bean
    ActWitness registersChanged() {
        return new ActWitness("screening.register", "select entry, subject from screening.register_change");
    }
}
