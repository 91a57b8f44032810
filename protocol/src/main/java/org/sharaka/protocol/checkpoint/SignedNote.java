package org.sharaka.protocol.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;

/**
 * A text with signature lines below it (C2SP signed-note). Signatures by keys that nobody here knows stay where they are
 * and count for nothing.
 */
public final class SignedNote {
    private static final String LINE = "\u2014 ";
    private static final int MAX_SIGNATURE_BYTES = 6_000;

    private final String text;
    private final List<Signature> signatures;

    /** One line: a key's name and id, and what the key made. */
    static final class Signature {
        private final String name;
        private final byte[] keyId;
        private final byte[] value;

        Signature(String name, byte[] keyId, byte[] value) {
            this.name = name;
            this.keyId = keyId.clone();
            this.value = value.clone();
        }

        byte[] value() {
            return value.clone();
        }

        boolean isBy(NoteKey key) {
            return name.equals(key.name()) && key.hasId(keyId);
        }

        private String line() {
            byte[] joined = ByteBuffer.allocate(keyId.length + value.length)
                    .put(keyId)
                    .put(value)
                    .array();
            return LINE + name + " " + Base64.getEncoder().encodeToString(joined) + "\n";
        }
    }

    private SignedNote(String text, List<Signature> signatures) {
        this.text = text;
        this.signatures = List.copyOf(signatures);
    }

    /** A note that nobody signed yet. */
    static SignedNote unsigned(String text) {
        if (!isText(text) || !text.endsWith("\n")) throw Refusal.NOTE_MALFORMED.because("text of lines");
        return new SignedNote(text, List.of());
    }

    public static SignedNote parse(byte[] bytes) {
        if (bytes.length > Limits.NOTE_BYTES) throw Refusal.TOO_LARGE.because("a note");
        String note = decode(bytes);
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0 || !isText(note) || !note.endsWith("\n")) throw Refusal.NOTE_MALFORMED.because("no blank line");
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(gap + 2).split("\n", -1)) {
            if (signatures.size() > Limits.NOTE_SIGNATURES) throw Refusal.TOO_MANY.because("signatures of a note");
            if (!line.isEmpty()) signatures.add(signature(line));
        }
        SignedNote read = new SignedNote(note.substring(0, gap + 1), signatures);
        if (signatures.isEmpty() || !Arrays.equals(read.encoded(), bytes))
            throw Refusal.NOTE_MALFORMED.because("signature lines");
        return read;
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.NOTE_MALFORMED.because("not UTF-8", e);
        }
    }

    private static boolean isText(String text) {
        return text.chars().allMatch(c -> c == '\n' || c >= ' ');
    }

    private static Signature signature(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(LINE) || space <= LINE.length()) throw Refusal.NOTE_MALFORMED.because("a signature line");
        String name = line.substring(LINE.length(), space);
        byte[] bytes = NoteKey.base64(line.substring(space + 1));
        if (!NoteKey.isName(name) || bytes.length <= NoteKey.ID_BYTES || bytes.length > MAX_SIGNATURE_BYTES)
            throw Refusal.NOTE_MALFORMED.because("a signature line");
        return new Signature(
                name,
                Arrays.copyOf(bytes, NoteKey.ID_BYTES),
                Arrays.copyOfRange(bytes, NoteKey.ID_BYTES, bytes.length));
    }

    SignedNote with(Signature signature) {
        List<Signature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /** This note with the signature lines of another of the same text added: cosignatures come from many. */
    public SignedNote merge(SignedNote other) {
        if (!text.equals(other.text)) throw Refusal.CHECKPOINT_OF_ANOTHER_LOG.because("the texts differ");
        SignedNote merged = this;
        for (Signature signature : other.signatures)
            if (merged.signatures.stream().noneMatch(known -> known.line().equals(signature.line())))
                merged = merged.with(signature);
        return merged;
    }

    /** This note with the signature lines of these keys alone; the others may say anything. */
    public SignedNote by(Collection<NoteKey> keys) {
        return new SignedNote(
                text,
                signatures.stream()
                        .filter(signature -> keys.stream().anyMatch(signature::isBy))
                        .toList());
    }

    /** The text with its last newline: what keys sign. */
    public String text() {
        return text;
    }

    /** What a key made, without its name and id: for whoever verifies it with other tools. */
    public Optional<byte[]> signatureBy(NoteKey key) {
        return signatures.stream()
                .filter(signature -> signature.isBy(key))
                .map(Signature::value)
                .findFirst();
    }

    byte[] textBytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    List<Signature> signatures() {
        return signatures;
    }

    public byte[] encoded() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }
}
