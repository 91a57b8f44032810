package org.sharaka.node.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ties a database to the node key that seals its rows. */
final class KnownNodeKey {
    private static final String PURPOSE = "platform.node-key";

    private final JdbcClient jdbc;

    KnownNodeKey(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws OperatorException if this database was sealed under another key */
    void require(Vault vault) {
        byte[] fingerprint = vault.mac(PURPOSE, "fingerprint".getBytes(StandardCharsets.US_ASCII));
        jdbc.sql("INSERT INTO platform.node_key (fingerprint) VALUES (:fingerprint) ON CONFLICT DO NOTHING")
                .param("fingerprint", fingerprint)
                .update();
        Optional<byte[]> known = jdbc.sql("SELECT fingerprint FROM platform.node_key")
                .query(byte[].class)
                .optional();
        if (known.isEmpty() || !MessageDigest.isEqual(known.get(), fingerprint))
            throw new OperatorException("platform.node-key-other");
    }
}
