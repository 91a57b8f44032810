package org.sharaka.node.platform;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.simple.JdbcClient;

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
            "backup",
            "exchange",
            "attachment",
            "bureau",
            "screening",
            "intake",
            "portal",
            "campaign",
            "triage",
            "crossborder");

    private Migrations() {}

    /** @throws OperatorException if a script fails or the data was written by a newer release */
    static void run(DataSource database) {
        for (String module : MODULES) if (isHere(module)) run(database, module, MigrationVersion.LATEST);
    }

    /**
     * Only the given modules, each up to the given version.
     *
     * @throws OperatorException likewise, and if this release has not that module or version
     */
    static void run(DataSource database, Map<String, String> versions) {
        for (String module : versions.keySet())
            if (!isHere(module)) throw new OperatorException("platform.backup-of-newer-release", module);
        for (String module : MODULES) {
            String version = versions.get(module);
            if (version == null) continue;
            run(database, module, MigrationVersion.fromVersion(version));
            if (!version.equals(reached(database, module)))
                throw new OperatorException("platform.backup-of-newer-release", module + " " + version);
        }
    }

    private static boolean isHere(String module) {
        return MODULES.contains(module) && Migrations.class.getResource("/db/migration/" + module) != null;
    }

    private static String reached(DataSource database, String module) {
        return JdbcClient.create(database)
                .sql("SELECT version FROM " + module + ".schema_history ORDER BY installed_rank DESC LIMIT 1")
                .query(String.class)
                .single();
    }

    /** @throws OperatorException if a schema of a module is there */
    static void requireNone(DataSource database) {
        boolean any = JdbcClient.create(database)
                .sql("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = ANY (?))")
                .param(MODULES.toArray(String[]::new))
                .query(Boolean.class)
                .single();
        if (any) throw new OperatorException("platform.restore-database-not-empty");
    }

    private static void run(DataSource database, String module, MigrationVersion target) {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database)
                    .schemas(module)
                    .defaultSchema(module)
                    .table("schema_history")
                    .locations("classpath:db/migration/" + module)
                    .target(target)
                    .ignoreMigrationPatterns(new String[0])
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new OperatorException("platform.migration-failed", e, module, OperatorException.reason(e));
        }
    }
}
