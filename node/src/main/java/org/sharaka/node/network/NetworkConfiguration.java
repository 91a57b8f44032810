package org.sharaka.node.network;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.access.Permission;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.audit.AuditProofs;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.CosignedHeads;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.PeerLines;
import org.sharaka.node.exchange.PeerPath;
import org.sharaka.node.platform.WebNavigation;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.Profile1;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** How this module is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NetworkSettings.class)
class NetworkConfiguration {
    @Bean
    ActWitness networkFindings() {
        return new ActWitness(HeadWatch.FIND, "select entry, 'member/' || member as subject from network.finding");
    }

    /** While the node serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Serving {
        @Bean
        SqlHeads networkHeads(JdbcTemplate sql) {
            return new SqlHeads(sql);
        }

        @Bean
        CosignedHeads networkCosignedHeads(SqlHeads heads) {
            return new CosignedHeads() {
                @Override
                public Optional<SignedNote> newest() {
                    return heads.newestCosigned();
                }

                @Override
                public boolean seen(MemberId member, Instant before) {
                    return heads.seen(member, before);
                }
            };
        }

        @Bean
        OwnLog networkOwnLog(AuditProofs proofs, Rosters rosters, ExchangeService exchange) {
            return new OwnLog(proofs, rosters, exchange);
        }

        @Bean
        HeadWatch headWatch(
                SqlHeads heads,
                OwnLog own,
                PeerLines lines,
                Rosters rosters,
                SecurityEvents events,
                AuditTrail audit,
                Profile1 profile,
                TransactionTemplate transactions,
                Clock clock) {
            return new HeadWatch(heads, own, lines, rosters, events, audit, profile, transactions, clock);
        }

        @Bean
        PeerPath headPath(OwnLog own, HeadWatch watch) {
            return new HeadPath(own, watch);
        }

        @Bean
        PeerPath headsPath(HeadWatch watch) {
            return new HeadsPath(watch);
        }

        @Bean
        NetworkJob networkJob(HeadWatch watch, PeerLines lines, Rosters rosters, NetworkSettings settings) {
            return new NetworkJob(watch, lines, rosters, settings.look());
        }

        @Bean
        NetworkService networkService(
                SqlHeads heads,
                PeerLines lines,
                Rosters rosters,
                SecurityEvents events,
                AuditTrail audit,
                JsonMapper json,
                Clock clock) {
            return new NetworkService(heads, lines, rosters, events, audit, json, clock);
        }

        @Bean
        RenewalMeasures renewalMeasures(Rosters rosters, MeterRegistry metrics, Clock clock) {
            return new RenewalMeasures(rosters, metrics, clock);
        }

        @Bean
        WebNavigation networkNavigation() {
            return new WebNavigation(
                    WebNavigation.Place.MAIN,
                    75,
                    "/network",
                    "network.nav",
                    Optional.of(Permission.NETWORK_READ.name()));
        }
    }
}
