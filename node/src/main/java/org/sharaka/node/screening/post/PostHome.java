package org.sharaka.node.screening.post;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PrivateFiles;
import org.sharaka.node.platform.PublicSeal;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.platform.WrappedNodeKey;
import org.sharaka.node.screening.extract.PostKey;
import org.sharaka.protocol.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The directory of a post: its key under a passphrase, whom it believes, what it has seen, and the logs that are to go home. All but the
 * logs is sealed under that key, so who has not the passphrase can neither read nor change it.
 */
final class PostHome {
    private static final String IDENTITY = "screening.post.identity";
    private static final String MARK = "screening.post.mark";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final Vault vault;
    private final Identity identity;

    private PostHome(Path directory, Vault vault, Identity identity) {
        this.directory = directory;
        this.vault = vault;
        this.identity = identity;
    }

    /**
     * Who this post is and whom it believes.
     *
     * @param signer fingerprint of the node's certificate, in hexadecimal
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Identity(String name, String signer, byte[] privateKey) {}

    /**
     * What was seen. Kept beside, since a machine's clock can be set and a file exchanged.
     *
     * @param number of the newest extract that was opened
     * @param latest time
     * @param answered questions by extract: the log has at least these
     */
    record Mark(long number, Instant latest, Map<String, Long> answered) {
        Mark {
            answered = Map.copyOf(answered);
        }
    }

    /**
     * What a log is added to and checked with.
     *
     * @param secret that node and post share
     * @param logKey the node's, to which lines are sealed
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record LogKeys(long number, Instant endsAt, byte[] secret, byte[] logKey) {}

    /**
     * Sets a post up.
     *
     * @param signer what {@code extract key} printed at the node
     * @throws OperatorException if the directory is another's, or a value is none
     */
    static PostHome make(
            Path directory,
            String name,
            String signer,
            Map<String, String> settings,
            SecureRandom random,
            Instant now) {
        requireNobodys(directory);
        Hash pinned = pin(signer);
        byte[] privateKey = PublicSeal.newPrivateKey();
        PostKey key = new PostKey(name, PublicSeal.publicKeyOf(privateKey));
        try {
            Files.createDirectories(directory);
            PrivateFiles.directory(directory);
            PrivateFiles.directory(directory.resolve("log"));
            Vault vault = WrappedNodeKey.openOrMake(directory.resolve("post-key"), directory, settings, random);
            PostHome home = new PostHome(directory, vault, new Identity(name, pinned.toString(), privateKey));
            home.write("post-mark", MARK, new Mark(0, now, Map.of()));
            PrivateFiles.write(directory.resolve("post.pub"), key.line());
            // Last: a home without it is none, and may be made again.
            home.write("post", IDENTITY, home.identity);
            return home;
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, directory);
        }
    }

    private static void requireNobodys(Path directory) {
        for (String file : List.of("post", "sharaka.properties", "postgres"))
            if (Files.exists(directory.resolve(file))) throw new OperatorException("post.home-taken", directory);
    }

    private static Hash pin(String text) {
        String plain = text.replaceAll("[\\s:-]", "");
        if (plain.length() != 2 * Hash.SIZE_BYTES || !Hash.isSmallHex(plain))
            throw new OperatorException("post.signer");
        return Hash.parse(plain);
    }

    /** @throws OperatorException if there is none, the passphrase is wrong, or something in it was altered or taken away */
    static PostHome open(Path directory, Map<String, String> settings) {
        if (!Files.exists(directory.resolve("post"))) throw new OperatorException("post.home-none", directory);
        Vault vault = WrappedNodeKey.open(directory.resolve("post-key"), directory, settings);
        return new PostHome(directory, vault, read(directory, vault, "post", IDENTITY, Identity.class));
    }

    String name() {
        return identity.name();
    }

    Path publicKey() {
        return directory.resolve("post.pub");
    }

    Hash signer() {
        return Hash.parse(identity.signer());
    }

    byte[] privateKey() {
        return identity.privateKey();
    }

    Mark mark() {
        return read(directory, vault, "post-mark", MARK, Mark.class);
    }

    /** On the disk when this returns. */
    void mark(Mark mark) {
        write("post-mark", MARK, mark);
    }

    Path logFile(UUID extract) {
        return directory.resolve("log").resolve(extract + ".log");
    }

    LogKeys logKeys(UUID extract) {
        return read(directory, vault, "log/" + extract + ".key", "screening.post.log/" + extract, LogKeys.class);
    }

    void keepLogKeys(UUID extract, LogKeys keys) {
        write("log/" + extract + ".key", "screening.post.log/" + extract, keys);
    }

    /** Extracts of which there is a log. */
    List<UUID> logs() {
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            List<UUID> logs = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".key")) logs.add(UUID.fromString(name.substring(0, name.length() - 4)));
            }
            return logs;
        } catch (IOException | IllegalArgumentException e) {
            throw new OperatorException("post.home-damaged", e, directory);
        }
    }

    /** Takes away a log that went home to its last line and is long over. */
    void forget(UUID extract) {
        try {
            Mark before = mark();
            Map<String, Long> answered = new HashMap<>(before.answered());
            answered.remove(extract.toString());
            mark(new Mark(before.number(), before.latest(), answered));
            Files.deleteIfExists(directory.resolve("log/" + extract + ".key"));
            Files.deleteIfExists(logFile(extract));
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, directory);
        }
    }

    /** Lets one process at a time write here. @throws OperatorException if another does */
    FileLock lock() {
        try {
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) return lock;
            channel.close();
        } catch (OverlappingFileLockException e) {
            throw new OperatorException("post.in-use", e, directory);
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, directory);
        }
        throw new OperatorException("post.in-use", directory);
    }

    private void write(String file, String context, Object content) {
        byte[] sealed = vault.seal(context, JSON.writeValueAsBytes(content));
        try {
            PrivateFiles.write(directory.resolve(file), HexFormat.of().formatHex(sealed) + "\n");
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, directory);
        }
    }

    private static <T> T read(Path directory, Vault vault, String file, String context, Class<T> type) {
        try {
            byte[] sealed = HexFormat.of()
                    .parseHex(Files.readString(directory.resolve(file)).strip());
            return JSON.readValue(vault.open(context, sealed), type);
        } catch (IOException | IllegalArgumentException | IllegalStateException | JacksonException e) {
            throw new OperatorException("post.home-damaged", e, directory.resolve(file));
        }
    }
}
