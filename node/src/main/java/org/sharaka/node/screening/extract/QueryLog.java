package org.sharaka.node.screening.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PublicSeal;
import org.sharaka.node.platform.Vault;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log of one extract at its post, as a file: a first line that names the extract, then for each question its number, what was asked
 * sealed to the node (HPKE), and a keyed hash over that and the hash before it. The post adds and cannot read; a line that was altered,
 * left out or moved breaks the chain.
 */
public final class QueryLog {
    private static final String MAGIC = "SHARAKA POST LOG 1 ";
    private static final String CHAIN = "screening.post-log";
    private static final int HASH_BYTES = 32;

    private final UUID extract;
    private final Vault shared;

    /** @param secret that node and post share */
    public QueryLog(UUID extract, byte[] secret) {
        this.extract = extract;
        this.shared = Vault.under(secret);
    }

    /** One line as it lies in the file. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
    public record Line(long number, String sealed, byte[] hash) {
        String written() {
            return number + " " + sealed + " " + HexFormat.of().formatHex(hash) + "\n";
        }
    }

    /** With what the file begins. */
    public String first() {
        return MAGIC + extract + "\n";
    }

    /** The hash before the first line. */
    public byte[] start() {
        return shared.mac(CHAIN, extract.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** The next line, as it is added to the file. */
    public Line next(long number, byte[] before, QueryLine content, byte[] logKey) {
        byte[] sealed = PublicSeal.seal(
                logKey, context(number), JsonMapper.builder().build().writeValueAsBytes(content));
        String text = Base64.getEncoder().encodeToString(sealed);
        return new Line(number, text, hash(before, number, text));
    }

    public static String written(Line line) {
        return line.written();
    }

    private byte[] hash(byte[] before, long number, String sealed) {
        byte[] text = sealed.getBytes(StandardCharsets.US_ASCII);
        return shared.mac(
                CHAIN,
                ByteBuffer.allocate(HASH_BYTES + Long.BYTES + text.length)
                        .put(before)
                        .putLong(number)
                        .put(text)
                        .array());
    }

    private String context(long number) {
        return "sharaka post log " + extract + "/" + number;
    }

    /**
     * Reads and checks the whole chain.
     *
     * @param torn whether an end without an end of line is passed over: what a killed process had not yet answered
     * @throws OperatorException if it is no such log, or was altered or cut
     */
    public List<Line> read(Path file, boolean torn) {
        String text = text(file);
        int end = text.lastIndexOf('\n') + 1;
        if (end < text.length() && !torn) throw new OperatorException("extract.log-cut", file);
        String[] lines = text.substring(0, end).split("\n", -1);
        if (!(lines[0] + "\n").equals(first())) throw new OperatorException("extract.log-altered", file);
        List<Line> read = new ArrayList<>();
        byte[] before = start();
        for (int i = 1; i < lines.length - 1; i++) {
            Line line = line(file, lines[i]);
            boolean follows = line.number() == i
                    && MessageDigest.isEqual(line.hash(), hash(before, line.number(), line.sealed()));
            if (!follows) throw new OperatorException("extract.log-altered", file);
            before = line.hash();
            read.add(line);
        }
        return read;
    }

    private static Line line(Path file, String text) {
        try {
            String[] parts = text.split(" ", -1);
            if (parts.length != 3) throw new OperatorException("extract.log-altered", file);
            return new Line(Long.parseLong(parts[0]), parts[1], HexFormat.of().parseHex(parts[2]));
        } catch (IllegalArgumentException e) {
            throw new OperatorException("extract.log-altered", e, file);
        }
    }

    /** Which extract's log a file is. */
    public static UUID extractOf(Path file) {
        String text = text(file);
        int end = text.indexOf('\n');
        if (end < 0 || !text.startsWith(MAGIC)) throw new OperatorException("extract.log-none", file);
        try {
            return UUID.fromString(text.substring(MAGIC.length(), end));
        } catch (IllegalArgumentException e) {
            throw new OperatorException("extract.log-none", e, file);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new OperatorException("extract.unreadable", e, file, OperatorException.reason(e));
        }
    }

    /** What a line says; the node alone can tell. */
    QueryLine open(Line line, byte[] privateKey, Path file) {
        try {
            byte[] content = PublicSeal.open(
                    privateKey, context(line.number()), Base64.getDecoder().decode(line.sealed()));
            return JsonMapper.builder().build().readValue(content, QueryLine.class);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new OperatorException("extract.log-altered", e, file);
        }
    }
}
