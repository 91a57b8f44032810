package org.sharaka.node.screening.register;

import java.time.Clock;
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
    RegisterService registerService(
            SqlRegisters registers, AuditTrail audit, Vault vault, ScreeningSettings settings, Ids ids, Clock clock) {
        return new RegisterService(registers, audit, vault, settings, ids, clock);
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
