package org.sharaka.node.assembly;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.roster.MemberKeys;
import org.springframework.jdbc.core.JdbcTemplate;

/** The node's own keys, as PKCS#12 that the vault seals. */
final class KeySafe {
    /** PKCS#12 demands a passphrase; what protects the file is the vault. */
    private static final String INNER = "sealed by the vault";

    private final JdbcTemplate sql;
    private final Vault vault;

    KeySafe(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    private static String context(UUID id) {
        return "assembly.key_file/" + id;
    }

    /** Of the passphrase under which the keys came nothing is kept: it may open the offline key too. */
    void add(UUID id, MemberKeys keys, Instant now, EntryId entry) {
        sql.update(
                "insert into assembly.key_file (id, signing, sealed, added_at, entry) values (?, ?, ?, ?, ?)",
                id,
                signing(keys),
                vault.seal(context(id), keys.nodeKeyStore(INNER.toCharArray())),
                utc(now),
                entry.value());
    }

    boolean has(MemberKeys keys) {
        return !sql.queryForList(
                        "select 1 from assembly.key_file where signing = ?", Integer.class, (Object) signing(keys))
                .isEmpty();
    }

    private static byte[] signing(MemberKeys keys) {
        return keys.key(KeyUse.SIGNING).certificate().fingerprint().bytes();
    }

    /** The newest first. */
    List<MemberKeys> all() {
        return sql.query(
                "select id, sealed from assembly.key_file order by added_at desc, id desc",
                (row, i) -> read(row.getObject("id", UUID.class), row.getBytes("sealed")));
    }

    private MemberKeys read(UUID id, byte[] sealed) {
        try {
            return MemberKeys.readNodeKeys(vault.open(context(id), sealed), INNER.toCharArray());
        } catch (IOException e) {
            throw new IllegalStateException("key file " + id + " is damaged", e);
        }
    }
}
