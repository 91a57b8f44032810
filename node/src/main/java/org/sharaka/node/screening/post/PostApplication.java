package org.sharaka.node.screening.post;

import java.time.Clock;
import org.sharaka.identifiers.Region;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.EnableWebShell;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.AskedHash;
import org.sharaka.node.screening.EnableHeldScreening;
import org.sharaka.node.screening.HeldLists;
import org.sharaka.node.screening.ScreeningService;
import org.sharaka.node.screening.desk.DeskService;
import org.sharaka.node.screening.register.RegisterLookup;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * How a post's process is built: the node's own services over what the extract holds. Not annotated as a configuration, and its controller
 * bears a profile: a node's component scan passes all of it over.
 */
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration",
            "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
        })
@EnableWebShell
@EnableHeldScreening
@Import({PostSecurity.class, PostPages.class})
class PostApplication {
    @Bean
    HeldLists heldLists(Post post) {
        return post.opened().lists();
    }

    @Bean
    AuditTrail postAudit(Post post) {
        return post.log();
    }

    @Bean
    PostRounds postRounds(Post post) {
        return new PostRounds(post);
    }

    /** Hashes of questions are of this extract alone: those of two extracts, or of the node, tell nothing beside each other. */
    @Bean
    Vault extractVault(Post post) {
        return Vault.under(post.opened().header().secret());
    }

    @Bean
    AskedHash askedHash(Vault vault) {
        return new AskedHash(vault);
    }

    @Bean
    Region homeRegion(Post post) {
        return Region.of(post.opened().header().country());
    }

    @Bean
    DeskService deskService(
            ScreeningService screening, Post post, AuditTrail audit, Vault vault, Region home, Clock clock) {
        return new DeskService(
                screening,
                post.distinctions(),
                new RegisterLookup(post.opened().registers(), audit, vault, clock),
                home);
    }
}
