package org.sharaka.node.assembly;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.MemberKeys;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.SignedRoster;

/** Rosters, members and keys as files that people carry to each other. */
final class RosterFiles {
    private RosterFiles() {}

    static SignedRoster read(Path file) throws IOException {
        return SignedRoster.parse(bytes(file));
    }

    static Member readMember(Path file) throws IOException {
        return Member.parse(Json.parseCanonical(bytes(file), Limits.ROSTER_BYTES));
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            if (Files.size(file) > Limits.ROSTER_BYTES) throw Refusal.TOO_LARGE.because(file.toString());
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new OperatorException("assembly.file-unreadable", e, file);
        }
    }

    static OwnKey readKey(Path file, Path passphrase) throws IOException {
        char[] secret = passphrase(passphrase);
        byte[] store = bytes(file);
        try {
            return MemberKeys.readRosterKey(store, secret);
        } catch (IOException e) {
            throw new OperatorException("assembly.key-unreadable", e, file);
        }
    }

    static MemberKeys readNodeKeys(Path file, Path passphrase) throws IOException {
        char[] secret = passphrase(passphrase);
        byte[] store = bytes(file);
        try {
            return MemberKeys.readNodeKeys(store, secret);
        } catch (IOException e) {
            throw new OperatorException("assembly.key-unreadable", e, file);
        }
    }

    /** A hash as people read it to each other, in groups. */
    static Hash pin(String text) {
        return Hash.parse(text.replaceAll("[\\s:-]", ""));
    }

    /** The first line of a file; a passphrase on the command line would stand in everybody's process list. */
    static char[] passphrase(Path file) throws IOException {
        String first = new String(bytes(file), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
        if (first.isBlank()) throw new OperatorException("assembly.passphrase-empty", file);
        CharBuffer secret = CharBuffer.wrap(first);
        char[] characters = new char[secret.remaining()];
        secret.get(characters);
        return characters;
    }

    static void directory(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /** Never over something: a key or a roster that people signed is not to be had again. */
    static void writeNew(Path file, byte[] content) throws IOException {
        if (Files.exists(file)) throw new OperatorException("assembly.file-exists", file);
        write(file, content);
    }

    /** Whole or not at all, readable by its owner alone, on the disk before this returns. */
    static void write(Path file, byte[] content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(
                fresh, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) channel.write(buffer);
            channel.force(true);
        }
        Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static List<Member> sorted(Collection<Member> members) {
        return members.stream().sorted(Comparator.comparing(Member::id)).toList();
    }

    /** The smallest that is more than half. */
    static int threshold(Collection<Member> members) {
        return Roster.smallestThreshold(
                (int) members.stream().filter(Member::votes).count());
    }
}
