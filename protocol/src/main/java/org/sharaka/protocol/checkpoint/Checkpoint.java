package org.sharaka.protocol.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;

/**
 * A log's head as its member states it (C2SP tlog-checkpoint).
 *
 * @param origin names the log; the name of the key that signs it
 * @param extensions further lines, which say nothing to us
 */
public record Checkpoint(String origin, TreeHead head, List<String> extensions) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final int MAX_EXTENSIONS = 16;

    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (!NoteKey.isName(origin)) throw Refusal.CHECKPOINT_MALFORMED.because("origin");
        if (extensions.size() > MAX_EXTENSIONS
                || extensions.stream().anyMatch(line -> line.isEmpty() || line.contains("\n")))
            throw Refusal.CHECKPOINT_MALFORMED.because("extension lines");
    }

    static Checkpoint parse(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        if (lines.size() < 4 || !lines.get(lines.size() - 1).isEmpty())
            throw Refusal.CHECKPOINT_MALFORMED.because("three lines at least");
        if (!SIZE.matcher(lines.get(1)).matches()) throw Refusal.CHECKPOINT_MALFORMED.because("size");
        try {
            byte[] root = NoteKey.base64(lines.get(2));
            return new Checkpoint(
                    lines.get(0),
                    new TreeHead(Long.parseLong(lines.get(1)), TreeHash.of(root)),
                    lines.subList(3, lines.size() - 1));
        } catch (IllegalArgumentException e) {
            throw Refusal.CHECKPOINT_MALFORMED.because("size or root", e);
        }
    }

    /** What a note says, whoever signed it: for notes that were verified before they were kept. */
    public static Checkpoint read(SignedNote note) {
        return parse(note.text());
    }

    String text() {
        StringBuilder text = new StringBuilder()
                .append(origin)
                .append('\n')
                .append(head.size())
                .append('\n')
                .append(head.root())
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /**
     * Reads a checkpoint and refuses it unless one of these keys signed it under the log's own name.
     *
     * @param logKeys the log's, from the roster
     */
    public static Checkpoint verify(SignedNote note, Collection<NoteKey> logKeys) {
        Checkpoint checkpoint = parse(note.text());
        boolean signed = false;
        for (NoteKey key : logKeys) {
            if (key.type() != NoteKey.Type.ED25519 || !key.name().equals(checkpoint.origin)) continue;
            for (SignedNote.Signature signature : note.signatures()) {
                if (!signature.isBy(key)) continue;
                if (!key.verifies(note.textBytes(), signature.value()))
                    throw Refusal.SIGNATURE_WRONG.because("of " + key.name());
                signed = true;
            }
        }
        if (!signed) throw Refusal.CHECKPOINT_NOT_SIGNED.because(checkpoint.origin);
        return checkpoint;
    }
}
