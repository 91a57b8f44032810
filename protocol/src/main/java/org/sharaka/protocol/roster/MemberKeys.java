package org.sharaka.protocol.roster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.NewKeys;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.X509;

/**
 * All keys of one member, in two PKCS#12 files: the roster key alone in one that stays offline, the node's keys in the
 * other. Any tool that reads PKCS#12 reads them.
 */
public final class MemberKeys {
    private static final String LOG = "log";
    private static final String COSIGNER = "cosigner";

    private final Map<KeyUse, OwnKey> keys;
    private final OwnNoteKey log;
    private final OwnNoteKey cosigner;

    /** An Ed25519 key with the certificate that PKCS#12 wants beside it; the certificate says nothing. */
    private record OwnNoteKey(NoteSigner signer, PrivateKey key, X509Certificate certificate) {}

    private MemberKeys(Map<KeyUse, OwnKey> keys, OwnNoteKey log, OwnNoteKey cosigner) {
        this.keys = keys;
        this.log = log;
        this.cosigner = cosigner;
    }

    /** Makes a key for every use. */
    public static MemberKeys generate(MemberId member, Instant notBefore, Instant notAfter, SecureRandom random) {
        NewKeys fresh = new NewKeys(random);
        Map<KeyUse, OwnKey> keys = new EnumMap<>(KeyUse.class);
        for (KeyUse use : KeyUse.values()) keys.put(use, fresh.generate(member, use, notBefore, notAfter));
        return new MemberKeys(
                keys,
                noteKey(fresh, member + "/audit", NoteKey.Type.ED25519, notBefore, notAfter),
                noteKey(fresh, member + "/cosigner", NoteKey.Type.COSIGNATURE, notBefore, notAfter));
    }

    private static OwnNoteKey noteKey(
            NewKeys fresh, String name, NoteKey.Type type, Instant notBefore, Instant notAfter) {
        NewKeys.NotePair pair = fresh.generateEd25519(name, notBefore, notAfter);
        return new OwnNoteKey(NoteSigner.ofPkcs8(pair.key().getEncoded(), name, type), pair.key(), pair.certificate());
    }

    public OwnKey key(KeyUse use) {
        return Optional.ofNullable(keys.get(use)).orElseThrow(() -> new IllegalStateException("no key for " + use));
    }

    public NoteSigner log() {
        return log.signer();
    }

    public NoteSigner cosigner() {
        return cosigner.signer();
    }

    /** The entry to hand to those who propose rosters. */
    public Member entry(
            MemberId id, Optional<String> country, Map<String, String> names, Role role, List<java.net.URI> endpoints) {
        Map<KeyUse, List<Certificate>> certificates = new EnumMap<>(KeyUse.class);
        keys.forEach((use, key) -> {
            if (use != KeyUse.ROSTER || role == Role.BUREAU) certificates.put(use, List.of(key.certificate()));
        });
        return new Member(
                id,
                country,
                names,
                role,
                Status.ACTIVE,
                endpoints,
                certificates,
                List.of(log().key()),
                List.of(cosigner().key()));
    }

    /** The file that stays offline. */
    public byte[] rosterKeyStore(char[] passphrase) {
        return store(passphrase, store -> put(store, KeyUse.ROSTER, passphrase));
    }

    /** The file that the node gets. */
    public byte[] nodeKeyStore(char[] passphrase) {
        return store(passphrase, store -> {
            for (KeyUse use : keys.keySet()) if (use != KeyUse.ROSTER) put(store, use, passphrase);
            put(store, LOG, log, passphrase);
            put(store, COSIGNER, cosigner, passphrase);
        });
    }

    private void put(KeyStore store, KeyUse use, char[] passphrase) throws GeneralSecurityException {
        OwnKey key = key(use);
        store.setKeyEntry(alias(use), key.key(), passphrase, new X509Certificate[] {X509.of(key.certificate())});
    }

    private static void put(KeyStore store, String alias, OwnNoteKey key, char[] passphrase)
            throws GeneralSecurityException {
        store.setKeyEntry(alias, key.key(), passphrase, new X509Certificate[] {key.certificate()});
    }

    private static String alias(KeyUse use) {
        return use.name().toLowerCase(Locale.ROOT);
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private static byte[] store(char[] passphrase, Filling filling) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, passphrase);
            filling.fill(store);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, passphrase);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the keys could not be stored", e);
        }
    }

    /**
     * Reads a roster key.
     *
     * @throws IOException if the passphrase is wrong or the file is none of ours
     */
    public static OwnKey readRosterKey(byte[] file, char[] passphrase) throws IOException {
        return readKey(open(file, passphrase), KeyUse.ROSTER, passphrase);
    }

    /** Reads the node's keys; the roster key is not among them. */
    public static MemberKeys readNodeKeys(byte[] file, char[] passphrase) throws IOException {
        KeyStore store = open(file, passphrase);
        Map<KeyUse, OwnKey> keys = new EnumMap<>(KeyUse.class);
        for (KeyUse use : KeyUse.values()) if (use != KeyUse.ROSTER) keys.put(use, readKey(store, use, passphrase));
        return new MemberKeys(
                keys,
                readNoteKey(store, LOG, NoteKey.Type.ED25519, passphrase),
                readNoteKey(store, COSIGNER, NoteKey.Type.COSIGNATURE, passphrase));
    }

    private static KeyStore open(byte[] file, char[] passphrase) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file), passphrase);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException("not a key store", e);
        }
    }

    private static OwnKey readKey(KeyStore store, KeyUse use, char[] passphrase) throws IOException {
        try {
            KeyStore.PrivateKeyEntry entry = entry(store, alias(use), passphrase);
            return OwnKey.of(Certificate.parse(entry.getCertificate().getEncoded()), entry.getPrivateKey());
        } catch (GeneralSecurityException e) {
            throw new IOException("no key " + alias(use), e);
        }
    }

    private static OwnNoteKey readNoteKey(KeyStore store, String alias, NoteKey.Type type, char[] passphrase)
            throws IOException {
        try {
            KeyStore.PrivateKeyEntry entry = entry(store, alias, passphrase);
            X509Certificate certificate = (X509Certificate) entry.getCertificate();
            String name = certificate.getSubjectX500Principal().getName().substring("CN=".length());
            return new OwnNoteKey(
                    NoteSigner.ofPkcs8(entry.getPrivateKey().getEncoded(), name, type),
                    entry.getPrivateKey(),
                    certificate);
        } catch (GeneralSecurityException e) {
            throw new IOException("no key " + alias, e);
        }
    }

    private static KeyStore.PrivateKeyEntry entry(KeyStore store, String alias, char[] passphrase)
            throws GeneralSecurityException, IOException {
        if (store.getEntry(alias, new KeyStore.PasswordProtection(passphrase))
                instanceof KeyStore.PrivateKeyEntry entry) return entry;
        throw new IOException("no key " + alias);
    }

    @Override
    public String toString() {
        return "keys " + keys.keySet();
    }
}
