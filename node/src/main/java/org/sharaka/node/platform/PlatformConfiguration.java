package org.sharaka.node.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the platform is built. Whoever is given the {@link DataSource} is given a migrated, durable database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    DatabaseSettings.class,
    VaultSettings.class,
    ListenerSettings.Console.class,
    ListenerSettings.Management.class
})
class PlatformConfiguration {
    /** Settings of earlier releases with their names of today; none has been renamed yet. */
    private static final Map<String, String> RENAMED_SETTINGS = Map.of();

    @Bean
    static SettingsCheck settingsCheck(ConfigurableEnvironment environment) {
        return new SettingsCheck(environment, RENAMED_SETTINGS);
    }

    @Bean
    Home home(@Value("${sharaka.home}") Path directory) {
        return new Home(directory).create();
    }

    @Bean(destroyMethod = "close")
    Database database(Home home, DatabaseSettings settings, @Value("${sharaka.command:false}") boolean command) {
        return command ? Database.forCommand(home, settings) : Database.forNode(home, settings);
    }

    /** Destroyed before the server that it needs, because it was made after it. */
    @Bean(destroyMethod = "close")
    DataSource dataSource(Database database, DatabaseSettings settings) {
        HikariDataSource pool = new HikariDataSource(pool(database.address(), settings.poolSize()));
        try {
            Durability.require(pool);
            if (!database.borrowed()) Migrations.run(pool);
            return pool;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    @Bean
    KeptFile settingsFile() {
        return new KeptFile(Path.of("sharaka.properties"));
    }

    @Bean
    Restores restores(JdbcClient jdbc) {
        return new Restores(jdbc);
    }

    @Bean
    Vault vault(
            Home home,
            VaultSettings settings,
            SecureRandom random,
            DataSource database,
            @Value("${sharaka.command:false}") boolean command) {
        Passphrase passphrase = new Passphrase(home, settings, System.getenv());
        LockedVault vault = new LockedVault(() -> {
            SealedVault open = new SealedVault(NodeKey.unlock(home, passphrase.find(), random));
            new KnownNodeKey(JdbcClient.create(database)).require(open);
            return open;
        });
        if (!command) vault.unlock();
        return vault;
    }

    static HikariConfig pool(DatabaseAddress address, int size) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("database");
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.user());
        pool.setPassword(address.password().reveal());
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(Math.min(size, 4));
        pool.setConnectionTimeout(10_000);
        pool.setInitializationFailTimeout(30_000);
        pool.addDataSourceProperty("ApplicationName", "sharaka");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // Details of a server error quote the row that caused it: personal data, which no log may hold.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        return pool;
    }
}
