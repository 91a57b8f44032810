package org.sharaka.node.platform;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the node keeps its rows.
 *
 * @param url JDBC address of an external PostgreSQL; blank for the embedded one, to which the rest but poolSize applies
 * @param user login name at the external one
 * @param passwordFile file that holds its password, readable by the node's account only
 * @param poolSize connections that the node keeps open at most
 * @param account operating-system account that the embedded server runs under when root starts the node
 * @param binaries directory where the embedded server's programs are unpacked; blank for the home
 * @param sharedBuffersMegabytes memory that all processes of the embedded server share
 */
@ConfigurationProperties(prefix = "sharaka.database", ignoreUnknownFields = false)
record DatabaseSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String user,
        @DefaultValue("") String passwordFile,
        @DefaultValue("16") int poolSize,
        @DefaultValue("") String account,
        @DefaultValue("") String binaries,
        @DefaultValue("256") int sharedBuffersMegabytes) {
    DatabaseSettings {
        if (poolSize < 2 || poolSize > 200)
            throw new IllegalArgumentException("sharaka.database.pool-size is not within 2 and 200");
        if (sharedBuffersMegabytes < 16)
            throw new IllegalArgumentException("sharaka.database.shared-buffers-megabytes is less than 16");
        if (!url.isBlank() && !url.startsWith("jdbc:postgresql:"))
            throw new IllegalArgumentException("sharaka.database.url does not begin with jdbc:postgresql:");
        if (!url.isBlank() && (user.isBlank() || passwordFile.isBlank()))
            throw new IllegalArgumentException(
                    "sharaka.database.url needs sharaka.database.user and sharaka.database.password-file");
    }

    boolean external() {
        return !url.isBlank();
    }

    /** The embedded server's tuning in PostgreSQL's own names: modest memory, solid-state disk. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("shared_buffers", sharedBuffersMegabytes + "MB");
        // The pool, a command beside it with a pool of its own, and PostgreSQL's reserve.
        parameters.put("max_connections", Integer.toString(2 * poolSize + 10));
        parameters.put("effective_cache_size", Math.max(512, 4 * sharedBuffersMegabytes) + "MB");
        parameters.put("work_mem", "16MB");
        parameters.put("maintenance_work_mem", "128MB");
        parameters.put("random_page_cost", "1.1");
        parameters.put("max_wal_size", "2GB");
        // The first change of a page after a checkpoint logs the whole page: to compress it takes 0.13 ms, to write it
        // next to nothing.
        parameters.put("wal_compression", "off");
        parameters.put("checkpoint_timeout", "15min");
        return parameters;
    }
}
