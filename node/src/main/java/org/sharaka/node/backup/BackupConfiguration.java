package org.sharaka.node.backup;

import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Home;
import org.sharaka.node.platform.KeptFile;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** How this module is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackupSettings.class)
class BackupConfiguration {
    @Bean
    SqlBackups sqlBackups(JdbcTemplate sql) {
        return new SqlBackups(sql);
    }

    @Bean
    BackupService backupService(
            DataSource database,
            Home home,
            Vault vault,
            ObjectProvider<SealedColumn> sealed,
            ObjectProvider<KeptFile> files,
            BackupSettings settings,
            AuditTrail audit,
            SqlBackups made,
            SecureRandom random,
            Clock clock) {
        return new BackupService(
                database,
                home,
                vault,
                sealed.stream().toList(),
                files.stream().toList(),
                settings,
                audit,
                made,
                random,
                clock);
    }

    @Bean
    ActWitness backupsMade() {
        return new ActWitness("backup.make", "select entry, 'backup/' || name as subject from backup.made");
    }

    @Bean
    ActWitness backupsReturned() {
        return new ActWitness("backup.return", "select entry, 'backup/' || backup as subject from backup.returned");
    }
}
