package org.sharaka.node.screening.roll;

import java.time.Clock;
import java.util.List;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.Purge;
import org.sharaka.node.screening.Reminder;
import org.sharaka.node.screening.ScreeningSettings;
import org.sharaka.node.screening.desk.DeskService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** How the screening of whole lists is built. */
@Configuration(proxyBeanMethods = false)
class RollConfiguration {
    @Bean
    ActWitness rollsHandedIn() {
        return new ActWitness("screening.roll-hand", "select entry, 'roll/' || id as subject from screening.roll");
    }

    @Bean
    ActWitness rollsApproved() {
        return new ActWitness("screening.roll-approve", """
                select approval_entry as entry, 'roll/' || id as subject from screening.roll where state <> 'WAITING'
                """);
    }

    @Bean
    SealedColumn sealedRolls() {
        return new SealedColumn(
                "screening.roll",
                List.of("id"),
                "title",
                "delete from screening.roll r using gone g where g.id = r.id");
    }

    @Bean
    SealedColumn sealedRollRows() {
        return new SealedColumn(
                "screening.roll_row",
                List.of("roll", "line"),
                "content",
                "delete from screening.roll_row w using gone g where g.roll = w.roll and g.line = w.line");
    }

    /** While the node serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Serving {
        @Bean
        SqlRolls sqlRolls(JdbcTemplate sql, Vault vault, JsonMapper json) {
            return new SqlRolls(sql, vault, json);
        }

        @Bean
        RollService rollService(
                SqlRolls rolls,
                DeskService desk,
                ApiKeyService keys,
                AuditTrail audit,
                ScreeningSettings settings,
                Ids ids,
                Clock clock) {
            return new RollService(rolls, desk, keys, audit, settings, ids, clock);
        }

        @Bean
        RollRunner rollRunner(
                SqlRolls rolls, DeskService desk, RollService service, TransactionTemplate transactions, Clock clock) {
            RollRunner runner = new RollRunner(rolls, desk, transactions, clock);
            service.onApproval(runner::wake);
            return runner;
        }

        @Bean
        Reminder rollsWaiting(RollService rolls) {
            return new Reminder() {
                @Override
                public String path() {
                    return "/screening/rolls";
                }

                @Override
                public String text() {
                    return "screening.rolls.waiting";
                }

                @Override
                public long count(Actor actor) {
                    return rolls.waiting(actor);
                }
            };
        }

        @Bean
        Purge rollPurge(RollService rolls) {
            return now -> rolls.purge(now, Purge.AT_ONCE);
        }

        @Bean
        Purge rollTextPurge(RollService rolls) {
            return now -> rolls.purgeText(now, Purge.AT_ONCE);
        }
    }
}
