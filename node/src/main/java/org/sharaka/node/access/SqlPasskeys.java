package org.sharaka.node.access;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;

/**
 * Passkeys, for Spring Security's WebAuthn. The user handle is the officer's id, 16 random bytes that say nothing about
 * anyone (WebAuthn section 14.6.1).
 */
final class SqlPasskeys implements UserCredentialRepository, PublicKeyCredentialUserEntityRepository {
    private final JdbcClient sql;
    private final SqlOfficers officers;

    SqlPasskeys(JdbcClient sql, SqlOfficers officers) {
        this.sql = sql;
        this.officers = officers;
    }

    /** A passkey as its officer sees it; the handle names it on the page. */
    record Passkey(String handle, String label, Instant createdAt, Instant lastUsedAt) {}

    List<Passkey> of(OfficerId officer) {
        return findByUserId(handle(officer)).stream()
                .map(key -> new Passkey(
                        key.getCredentialId().toBase64UrlString(), key.getLabel(), key.getCreated(), key.getLastUsed()))
                .toList();
    }

    boolean remove(OfficerId officer, String handle) {
        Bytes id;
        try {
            id = Bytes.fromBase64(handle);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return sql.sql("delete from access.passkey where credential_id = ? and officer_id = ?")
                        .params(id.getBytes(), officer.value())
                        .update()
                == 1;
    }

    @Override
    public void delete(Bytes id) {
        sql.sql("delete from access.passkey where credential_id = ?")
                .param(id.getBytes())
                .update();
    }

    @Override
    public void save(CredentialRecord key) {
        sql.sql("""
                        insert into access.passkey (credential_id, officer_id, label, public_key, signature_count, user_verified,
                            transports, backup_eligible, backup_state, attestation, client_data, created_at, last_used_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (credential_id) do update set signature_count = excluded.signature_count,
                            user_verified = excluded.user_verified, backup_state = excluded.backup_state,
                            last_used_at = excluded.last_used_at
                        where passkey.officer_id = excluded.officer_id
                        """)
                .params(Arrays.asList(
                        key.getCredentialId().getBytes(),
                        officer(key.getUserEntityUserId())
                                .orElseThrow(() -> new IllegalStateException("a passkey of nobody"))
                                .value(),
                        key.getLabel(),
                        key.getPublicKey().getBytes(),
                        key.getSignatureCount(),
                        key.isUvInitialized(),
                        key.getTransports().stream()
                                .map(AuthenticatorTransport::getValue)
                                .toArray(String[]::new),
                        key.isBackupEligible(),
                        key.isBackupState(),
                        bytes(key.getAttestationObject()),
                        bytes(key.getAttestationClientDataJSON()),
                        utc(key.getCreated()),
                        utc(key.getLastUsed())))
                .update();
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes id) {
        return sql.sql("select * from access.passkey where credential_id = ?")
                .param(id.getBytes())
                .query(SqlPasskeys::key)
                .optional()
                .orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes handle) {
        return officer(handle)
                .map(officer -> sql.sql("select * from access.passkey where officer_id = ? order by created_at")
                        .param(officer.value())
                        .query(SqlPasskeys::key)
                        .list())
                .orElseGet(List::of);
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
        return officer(handle).flatMap(officers::find).map(SqlPasskeys::entity).orElse(null);
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String login) {
        try {
            return officers.find(new Login(login)).map(SqlPasskeys::entity).orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Officers are added by administrators, not by a passkey. */
    @Override
    public void save(PublicKeyCredentialUserEntity entity) {
        if (findById(entity.getId()) == null) throw new IllegalStateException("no such officer");
    }

    private static PublicKeyCredentialUserEntity entity(Officer officer) {
        return ImmutablePublicKeyCredentialUserEntity.builder()
                .id(handle(officer.id()))
                .name(officer.login().value())
                .displayName(officer.login().value())
                .build();
    }

    private static Bytes handle(OfficerId officer) {
        return new Bytes(ByteBuffer.allocate(16)
                .putLong(officer.value().getMostSignificantBits())
                .putLong(officer.value().getLeastSignificantBits())
                .array());
    }

    private static Optional<OfficerId> officer(Bytes handle) {
        byte[] bytes = handle.getBytes();
        if (bytes.length != 16) return Optional.empty();
        ByteBuffer id = ByteBuffer.wrap(bytes);
        return Optional.of(new OfficerId(new UUID(id.getLong(), id.getLong())));
    }

    private static byte @Nullable [] bytes(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.getBytes();
    }

    private static CredentialRecord key(ResultSet row, int number) throws SQLException {
        Set<AuthenticatorTransport> transports = Arrays.stream(
                        (String[]) row.getArray("transports").getArray())
                .map(AuthenticatorTransport::valueOf)
                .collect(Collectors.toUnmodifiableSet());
        ImmutableCredentialRecord.ImmutableCredentialRecordBuilder key = ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(new Bytes(row.getBytes("credential_id")))
                .userEntityUserId(handle(new OfficerId(row.getObject("officer_id", UUID.class))))
                .label(row.getString("label"))
                .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
                .signatureCount(row.getLong("signature_count"))
                .uvInitialized(row.getBoolean("user_verified"))
                .transports(transports)
                .backupEligible(row.getBoolean("backup_eligible"))
                .backupState(row.getBoolean("backup_state"))
                .created(ifAny(row, "created_at").orElseThrow())
                .lastUsed(ifAny(row, "last_used_at").orElseThrow());
        byte[] attestation = row.getBytes("attestation");
        if (attestation != null) key.attestationObject(new Bytes(attestation));
        byte[] clientData = row.getBytes("client_data");
        if (clientData != null) key.attestationClientDataJSON(new Bytes(clientData));
        return key.build();
    }
}
