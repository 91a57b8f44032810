package org.sharaka.node.screening.extract;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.PublicSeal;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.NewKeys;
import org.sharaka.protocol.cms.OwnKey;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The keys with which this node makes extracts. One signs: P-256, made at the first use, sealed by the vault, of no use in the network of
 * members. The others follow from the node's key, so there is nothing to keep: that to which logs are sealed, and each extract's secret.
 */
final class ExtractKeys {
    private static final int YEARS = 10;

    private final JdbcTemplate sql;
    private final Vault vault;
    private final AuditTrail audit;
    private final SecureRandom random;
    private final Ids ids;
    private final Clock clock;

    ExtractKeys(JdbcTemplate sql, Vault vault, AuditTrail audit, SecureRandom random, Ids ids, Clock clock) {
        this.sql = sql;
        this.vault = vault;
        this.audit = audit;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The node's own, made if there is none yet.
     *
     * @param country of the node: the certificate's name
     */
    OwnKey signing(Actor actor, String country) {
        List<OwnKey> known = known();
        if (!known.isEmpty()) return known.get(0);
        UUID id = ids.random();
        return audit.act(actor, "screening.extract-key", "extract-key/" + id, entry -> {
            // Two commands at once: the later takes the earlier's.
            sql.query("select pg_advisory_xact_lock(?)", row -> {}, 0x5348_4558_5452L);
            List<OwnKey> meanwhile = known();
            if (!meanwhile.isEmpty()) return meanwhile.get(0);
            Instant now = clock.instant();
            OwnKey made = new NewKeys(random)
                    .generate(
                            new MemberId(country.toLowerCase(Locale.ROOT) + "-extracts"),
                            KeyUse.SIGNING,
                            now,
                            now.atZone(ZoneOffset.UTC).plusYears(YEARS).toInstant());
            sql.update(
                    "insert into screening.extract_key (id, certificate, sealed, made_at, entry) values (?, ?, ?, ?, ?)",
                    id,
                    made.certificate().der(),
                    vault.seal(context(id), made.pkcs8()),
                    utc(now),
                    entry.value());
            return made;
        });
    }

    private List<OwnKey> known() {
        return sql.query(
                "select id, certificate, sealed from screening.extract_key order by made_at, id limit 1",
                (row, i) -> OwnKey.of(
                        Certificate.parse(row.getBytes("certificate")),
                        privateKey(vault.open(context(row.getObject("id", UUID.class)), row.getBytes("sealed")))));
    }

    private static PrivateKey privateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key of extracts is damaged", e);
        }
    }

    private static String context(UUID id) {
        return "screening.extract_key/" + id;
    }

    /** What a node and the post of an extract share. */
    byte[] secret(UUID extract) {
        return vault.mac("screening.extract", extract.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Opens what posts sealed to {@link #logKey}. */
    byte[] logPrivateKey() {
        return vault.mac("screening.post-log-key", new byte[0]);
    }

    byte[] logKey() {
        return PublicSeal.publicKeyOf(logPrivateKey());
    }
}
