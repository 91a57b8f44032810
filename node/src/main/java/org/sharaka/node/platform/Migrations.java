package org.sharaka.node.platform;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schemas up to date: one per module, named as the module, with its own history inside, from
 * {@code db/migration/<module>}. Forward only; data of a newer release is refused.
 */
final class Migrations {
    /** In the order in which modules depend on each other. */
    static final List<String> MODULES = List.of(
            "platform",
            "access",
            "audit",
            "assembly",
            "agreement",
            "evidence",
            "exchange",
            "screening",
            "intake",
            "portal",
            "campaign",
            "triage",
            "crossborder");

    private Migrations() {}

    /** @throws OperatorException if a script fails or the data was written by a newer release */
    static void run(DataSource database) {
        for (String module : MODULES) {
            String location = "db/migration/" + module;
            if (Migrations.class.getResource("/" + location) == null) continue;
            try {
                Flyway.configure(Migrations.class.getClassLoader())
                        .dataSource(database)
                        .schemas(module)
                        .defaultSchema(module)
                        .table("schema_history")
                        .locations("classpath:" + location)
                        .ignoreMigrationPatterns(new String[0])
                        .validateMigrationNaming(true)
                        .load()
                        .migrate();
            } catch (FlywayException e) {
                throw new OperatorException("platform.migration-failed", e, module, OperatorException.reason(e));
            }
        }
    }
}
