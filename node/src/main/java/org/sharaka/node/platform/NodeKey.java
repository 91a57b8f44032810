package org.sharaka.node.platform;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The key under which all others lie. On disk it exists only wrapped: AES-256-GCM under a key that Argon2id (RFC 9106)
 * makes from a passphrase, and the passphrase is never beside the data.
 */
final class NodeKey {
    /** RFC 9106 section 4, second recommended option, with one lane since one thread computes it. */
    private static final int MEMORY_KIB = 64 * 1024;

    private static final int ITERATIONS = 3;
    private static final byte[] CONTEXT = "sharaka node key 1".getBytes(StandardCharsets.US_ASCII);
    private static final int SHORTEST_PASSPHRASE = 12;

    private NodeKey() {}

    /**
     * Unwraps the node key, or makes one at the node's first start.
     *
     * @return 32 bytes
     * @throws OperatorException if the passphrase is wrong, or too short for a new key
     */
    static byte[] unlock(Home home, Secret<String> passphrase, SecureRandom random) {
        return unlock(home.nodeKey(), passphrase, random);
    }

    /** As {@link #unlock(Home, Secret, SecureRandom)}, for a key of what is no node. */
    static byte[] unlock(Path file, Secret<String> passphrase, SecureRandom random) {
        try {
            if (Files.exists(file)) return unwrap(file, passphrase);
            if (passphrase.reveal().length() < SHORTEST_PASSPHRASE)
                throw new OperatorException("platform.passphrase-short", SHORTEST_PASSPHRASE);
            byte[] key = new byte[32];
            random.nextBytes(key);
            PrivateFiles.write(file, wrap(key, passphrase, random, MEMORY_KIB, ITERATIONS));
            return key;
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, file);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks AES-GCM", e);
        }
    }

    /** @return what {@link #unwrap} reads, whatever memory and passes it names */
    static String wrap(byte[] key, Secret<String> passphrase, SecureRandom random, int memoryKib, int iterations)
            throws GeneralSecurityException {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        byte[] wrapped = new AesGcmJce(stretch(passphrase, salt, memoryKib, iterations)).encrypt(key, CONTEXT);
        return """
                # The node key, wrapped under the passphrase. Back it up apart from the database: who loses it loses what is sealed.
                version=1
                algorithm=argon2id
                memory-kib=%d
                iterations=%d
                salt=%s
                wrapped=%s
                """.formatted(
                        memoryKib,
                        iterations,
                        Base64.getEncoder().encodeToString(salt),
                        Base64.getEncoder().encodeToString(wrapped));
    }

    /**
     * @return 32 bytes
     * @throws OperatorException if the passphrase is wrong, or the file is damaged or none
     */
    static byte[] unwrap(Path file, Secret<String> passphrase) {
        try {
            Properties fields = new Properties();
            fields.load(new StringReader(Files.readString(file)));
            if (!"1".equals(fields.getProperty("version")) || !"argon2id".equals(fields.getProperty("algorithm")))
                throw new OperatorException("platform.node-key-damaged", file);
            byte[] key = stretch(
                    passphrase,
                    Base64.getDecoder().decode(fields.getProperty("salt", "")),
                    Integer.parseInt(fields.getProperty("memory-kib", "")),
                    Integer.parseInt(fields.getProperty("iterations", "")));
            return new AesGcmJce(key).decrypt(Base64.getDecoder().decode(fields.getProperty("wrapped", "")), CONTEXT);
        } catch (IllegalArgumentException e) {
            throw new OperatorException("platform.node-key-damaged", e, file);
        } catch (GeneralSecurityException e) {
            throw new OperatorException("platform.passphrase-wrong", e, file);
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, file);
        }
    }

    private static byte[] stretch(Secret<String> passphrase, byte[] salt, int memoryKib, int iterations) {
        byte[] bytes = passphrase.reveal().getBytes(StandardCharsets.UTF_8);
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(memoryKib)
                .withIterations(iterations)
                .withParallelism(1)
                .build());
        byte[] key = new byte[32];
        generator.generateBytes(bytes, key);
        Arrays.fill(bytes, (byte) 0);
        return key;
    }
}
