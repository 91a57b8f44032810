package org.sharaka.node.audit;

import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.platform.Ids;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How the record is built. The sequencer runs inside commands too, so that what they enter is in the tree. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditSettings.class)
class AuditConfiguration {
    @Bean(destroyMethod = "close")
    AuditConnections auditConnections(DataSource database) {
        return AuditConnections.beside(database);
    }

    @Bean
    Sequencer auditSequencer(AuditConnections own, Clock clock) {
        return new Sequencer(own.sql(), own.transactions(), clock);
    }

    @Bean
    MerkleAuditTrail auditTrail(
            JdbcTemplate sql,
            TransactionTemplate transactions,
            AuditConnections own,
            Sequencer sequencer,
            SecureRandom random,
            Ids ids,
            Clock clock) {
        SqlEntries alone = new SqlEntries(own.sql(), random);
        TransactionTemplate ownTransactions = own.transactions();
        GroupCommit groupCommit =
                new GroupCommit(group -> ownTransactions.executeWithoutResult(status -> alone.add(group)));
        return new MerkleAuditTrail(
                new SqlEntries(sql, random), transactions, groupCommit, sequencer::wake, ids, clock);
    }

    @Bean
    AuditProofs auditProofs(JdbcTemplate sql, Sequencer sequencer) {
        return new AuditProofs(sql, sequencer::wake);
    }

    @Bean
    Verifier auditVerifier(
            DataSource database,
            PlatformTransactionManager transactions,
            ObjectProvider<ActWitness> witnesses,
            Clock clock) {
        return new Verifier(database, transactions, witnesses.stream().toList(), clock);
    }

    @Bean
    Retention auditRetention(AuditTrail audit, JdbcTemplate sql, Clock clock) {
        return new Retention(audit, sql, clock);
    }
}
