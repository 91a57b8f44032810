package org.sharaka.node.originator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.message.LogProof;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.TreeHash;

/**
 * Files for a court's expert, and the commands by which OpenSSL verifies them with nothing of ours (docs/protocol.md section 10). The commands stop
 * at the first thing that does not hold.
 */
final class CourtFiles {
    /** SubjectPublicKeyInfo of an Ed25519 key before its 32 bytes (RFC 8410 section 4). */
    private static final byte[] ED25519 = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private final RosterHistory rosters;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final StringBuilder commands = new StringBuilder("set -e\n");

    CourtFiles(RosterHistory rosters) {
        this.rosters = rosters;
    }

    /**
     * Adds a signed document with its signer's certificate as the roster of its day lists it.
     *
     * @param name of the files, without an ending
     */
    CourtFiles signed(String name, SignedData signed, org.sharaka.protocol.MemberId signer, RosterReference roster) {
        files.put(name + ".der", signed.der());
        Certificate listed = roster.in(rosters)
                .flatMap(version -> version.member(signer))
                .filter(member -> member.lists(KeyUse.SIGNING, signed.certificate()))
                .map(member -> signed.certificate())
                .orElseThrow(() -> OriginatorProblem.NOT_FOUND.because("certificate of " + signer));
        files.put(name + ".pem", pem("CERTIFICATE", listed.der()));
        roster(roster);
        run("openssl cms -verify -inform DER -in " + name + ".der -certfile " + name
                + ".pem -nointern -noverify -binary -out " + name + ".json");
        return this;
    }

    /** Checks that a verified document speaks of the very bytes of a signed one, by their hash. */
    CourtFiles about(String document, String signed) {
        run("grep -q -F \"$(openssl dgst -sha256 -r " + signed + ".der | cut -c1-64)\" " + document + ".json");
        return this;
    }

    /** Checks that a report is about a file that a verified message names. */
    CourtFiles aboutFile(String report, String file, String message) {
        run("grep -q -F '\"file\":\"" + file + "\"' " + report + ".json");
        run("grep -q -F '\"" + file + "\"' " + message + ".json");
        return this;
    }

    /** The roster on which the certificates stand, with its members' signatures. */
    private void roster(RosterReference reference) {
        // Two of one number are rare enough to bear the hash as well.
        String plain = "roster-" + reference.version();
        rosters.named(reference.version(), reference.hash())
                .map(SignedRoster::encoded)
                .ifPresent(roster -> {
                    byte[] before = files.putIfAbsent(plain + ".json", roster);
                    if (before != null && !Arrays.equals(before, roster))
                        files.put(plain + "-" + reference.hash() + ".json", roster);
                });
    }

    /**
     * Adds the way from a holder's statement to the head of its log that it signed.
     *
     * @param name of the answer's files
     */
    CourtFiles proved(String name, LogProof proof, Member holder) {
        run("statement=$(sed -e 's/^.*\"content\":{\"body\"://' -e 's/,\"format\":1,\"type\":\"order.answer\"}.*$//'"
                + " -e 's/\"proof\":{[^}]*},//' -e 's/\"gone\":{[^}]*},//' " + name
                + ".json | openssl dgst -sha256 -r | cut -c1-64)");
        included(name, proof, holder);
        run("grep -q -F \"$statement\" " + name + "-record.bin");
        return this;
    }

    /**
     * Adds the way from the entry of the act that had destroyed the content to the same head; the entry of the statement names it.
     *
     * @param name of the answer's files
     */
    CourtFiles gone(String name, Optional<LogProof> end, Member holder) {
        if (end.isEmpty()) return this;
        String gone = name + "-gone";
        included(gone, end.get(), holder);
        run("cmp " + gone + "-head.txt " + name + "-head.txt");
        run("entry=$(od -A n -t x1 " + gone + "-entry.bin | tr -d ' \\n'"
                + " | sed 's/^\\(.\\{8\\}\\)\\(.\\{4\\}\\)\\(.\\{4\\}\\)\\(.\\{4\\}\\)/\\1-\\2-\\3-\\4-/')");
        run("grep -q -F \"$entry\" " + name + "-record.bin");
        return this;
    }

    private void included(String name, LogProof proof, Member holder) {
        NoteKey key = holder.logKeys().stream()
                .filter(each -> proof.checkpoint().signatureBy(each).isPresent())
                .findFirst()
                .orElseThrow(() -> OriginatorProblem.NOT_FOUND.because("log key of " + holder.id()));
        files.put(name + "-head.txt", proof.checkpoint().text().getBytes(StandardCharsets.UTF_8));
        files.put(name + "-head.sig", proof.checkpoint().signatureBy(key).orElseThrow());
        files.put(name + "-log.pem", pem("PUBLIC KEY", joined(ED25519, rawKey(key))));
        files.put(name + "-entry.bin", proof.entryId());
        files.put(name + "-salt.bin", proof.salt());
        files.put(name + "-record.bin", proof.record());
        run("openssl pkeyutl -verify -pubin -inkey " + name + "-log.pem -rawin -in " + name + "-head.txt -sigfile "
                + name + "-head.sig");
        run("{ printf 'sharaka audit entry 1\\0'; cat " + name + "-salt.bin " + name
                + "-record.bin; } | openssl dgst -sha256 -binary > " + name + "-commitment.bin");
        run("{ printf '\\0'; cat " + name + "-entry.bin " + name
                + "-commitment.bin; } | openssl dgst -sha256 -binary > " + name + "-node.bin");
        climb(name, proof);
        run("test \"$(openssl base64 -A -in " + name + "-node.bin)\" = \"$(sed -n 3p " + name + "-head.txt)\"");
    }

    /** RFC 9162 section 2.1.3.2, one command a step. */
    private void climb(String name, LogProof proof) {
        long fn = proof.inclusion().index();
        long sn = proof.inclusion().size() - 1;
        int step = 0;
        for (TreeHash sibling : proof.inclusion().path()) {
            String file = name + "-path-" + (++step < 10 ? "0" : "") + step + ".bin";
            files.put(file, sibling.bytes());
            boolean left = (fn & 1) == 1 || fn == sn;
            String both = left ? file + " " + name + "-node.bin" : name + "-node.bin " + file;
            run("{ printf '\\1'; cat " + both + "; } | openssl dgst -sha256 -binary > " + name + "-next.bin");
            run("mv " + name + "-next.bin " + name + "-node.bin");
            while (left && (fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
            fn >>= 1;
            sn >>= 1;
        }
    }

    /**
     * Adds what other members saw of the holder's log before, and the way from that head to the proof's: so the log that holds the
     * statement is the one that they saw. Nothing, if nobody had seen it.
     *
     * @param name of the answer's files, to which {@link #proved} added the proof
     */
    CourtFiles seen(String name, LogProof proof, Member holder, Collection<Member> members) {
        if (proof.witness().isEmpty()) return this;
        SignedNote note = proof.witness().get();
        NoteKey log = holder.logKeys().stream()
                .filter(each -> note.signatureBy(each).isPresent())
                .findFirst()
                .orElseThrow(() -> OriginatorProblem.NOT_FOUND.because("log key of " + holder.id()));
        files.put(name + "-seen.txt", bytes(note.text()));
        files.put(name + "-seen.sig", note.signatureBy(log).orElseThrow());
        files.put(name + "-seen-log.pem", pem("PUBLIC KEY", joined(ED25519, rawKey(log))));
        verify(name + "-seen-log.pem", name + "-seen.txt", name + "-seen.sig");
        for (Member member : members)
            for (NoteKey key : member.cosignerKeys())
                if (!member.id().equals(holder.id()))
                    note.signatureBy(key)
                            .ifPresent(made -> cosigned(name + "-seen-by-" + member.id(), note, key, made));
        grown(name, proof.grown().orElseThrow());
        return this;
    }

    /** C2SP tlog-cosignature, version 1: eight bytes of time, then the signature over it and the note's text. */
    private void cosigned(String name, SignedNote note, NoteKey key, byte[] made) {
        long time = ByteBuffer.wrap(made).getLong();
        files.put(name + ".txt", bytes("cosignature/v1\ntime " + time + "\n" + note.text()));
        files.put(name + ".sig", Arrays.copyOfRange(made, Long.BYTES, made.length));
        files.put(name + ".pem", pem("PUBLIC KEY", joined(ED25519, rawKey(key))));
        verify(name + ".pem", name + ".txt", name + ".sig");
    }

    private void verify(String key, String text, String signature) {
        run("openssl pkeyutl -verify -pubin -inkey " + key + " -rawin -in " + text + " -sigfile " + signature);
    }

    /** RFC 9162 section 2.1.4.2, from the head that others saw to the proof's. */
    private void grown(String name, ConsistencyProof proof) {
        String older = name + "-seen-old.bin";
        String newer = name + "-seen-new.bin";
        List<String> steps = new ArrayList<>();
        for (TreeHash hash : proof.path()) {
            String file = name + "-seen-path-" + (steps.size() < 9 ? "0" : "") + (steps.size() + 1) + ".bin";
            files.put(file, hash.bytes());
            steps.add(file);
        }
        String root = "sed -n 3p " + name + "-seen.txt | openssl base64 -d -A > " + older;
        boolean whole = Long.bitCount(proof.from()) == 1 || proof.from() == proof.to();
        run(whole ? root : "cp " + steps.remove(0) + " " + older);
        run("cp " + older + " " + newer);
        long fn = proof.from() - 1;
        long sn = proof.to() - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        for (String step : steps) {
            boolean left = (fn & 1) == 1 || fn == sn;
            if (left) node(step, older, older);
            if (left) node(step, newer, newer);
            else node(newer, step, newer);
            while (left && (fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
            fn >>= 1;
            sn >>= 1;
        }
        same(older, name + "-seen.txt");
        same(newer, name + "-head.txt");
    }

    private void node(String left, String right, String into) {
        run("{ printf '\\1'; cat " + left + " " + right + "; } | openssl dgst -sha256 -binary > " + into + ".next");
        run("mv " + into + ".next " + into);
    }

    private void same(String hash, String head) {
        run("test \"$(openssl base64 -A -in " + hash + ")\" = \"$(sed -n 3p " + head + ")\"");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A file that is only read. */
    CourtFiles text(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void run(String command) {
        commands.append(command).append('\n');
    }

    /** The commands, in their order. */
    List<String> commands() {
        return commands.toString().lines().toList();
    }

    byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) put(zip, file.getKey(), file.getValue());
            put(zip, "verify.sh", commands.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0); // Nobody learns from it when somebody looked.
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static byte[] rawKey(NoteKey key) {
        byte[] typed = Base64.getDecoder().decode(key.publicKeyText());
        return java.util.Arrays.copyOfRange(typed, typed.length - 32, typed.length);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] pem(String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }
}
