package org.sharaka.node.originator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.Cosigner;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.message.LogProof;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.GrowingTree;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.Subtrees;
import org.sharaka.protocol.tree.TreeHash;

/** What others saw of a holder's log is verified by OpenSSL alone, whatever the sizes. */
class CourtFilesTest {
    private final TestNetwork network = TestNetwork.of("xa", "xb");
    private final List<Member> members = network.current().roster().members();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"1,9", "4,9", "5,9", "6,9", "7,8", "8,9", "9,9"})
    void whatOthersSawOfALogIsVerifiedByOpenSslAlone(int from, int to) throws Exception {
        Member holder = members.get(0);
        NoteSigner log = network.keys(holder.id()).log();
        NoteSigner witness = network.keys(members.get(1).id()).cosigner();
        List<TreeHash> leaves = new ArrayList<>();
        for (int i = 0; i < to; i++) leaves.add(TreeHash.leaf(new byte[] {(byte) i}));
        Subtrees subtrees =
                (level, at) -> Subtrees.fold(leaves.subList((int) (at << level), (int) ((at + 1) << level)));
        SignedNote head = signed(log, leaves);
        SignedNote seen = Cosigner.of(log.key().name())
                .see(
                        signed(log, leaves.subList(0, from)),
                        List.of(log.key()),
                        Optional.empty(),
                        witness,
                        Instant.parse("2026-11-24T12:00:00Z"))
                .cosigned();
        LogProof proof = new LogProof(
                        new byte[16], new byte[32], new byte[1], InclusionProof.make(subtrees, 0, to), head)
                .seenBy(seen, ConsistencyProof.make(subtrees, from, to));

        write(new CourtFiles(RosterHistory.found(network.chain().get(0), network.pin(), Instant.now()))
                .text("answer-head.txt", head.text())
                .seen("answer", proof, holder, members)
                .zip());

        assertThat(run()).isZero();
        assertThat(directory.resolve("answer-seen-by-" + members.get(1).id() + ".sig"))
                .exists();
        for (String name :
                List.of("answer-seen.txt", "answer-seen-by-" + members.get(1).id() + ".sig", "answer-head.txt"))
            assertFoundOut(directory.resolve(name));
        assertThat(run()).isZero();
    }

    private static SignedNote signed(NoteSigner log, List<TreeHash> leaves) {
        GrowingTree tree = new GrowingTree();
        leaves.forEach(tree::add);
        return log.sign(new Checkpoint(log.key().name(), tree.head(), List.of()));
    }

    private void assertFoundOut(Path file) throws Exception {
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[bad.length - 5] ^= 1;
        Files.write(file, bad);
        assertThat(run()).as(file.getFileName() + " " + Hash.of(bad)).isNotZero();
        Files.write(file, good);
    }

    private void write(byte[] zip) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                Files.write(directory.resolve(entry.getName()), in.readAllBytes());
        }
    }

    private int run() throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "verify.sh")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said.log").toFile())
                .start()
                .waitFor();
    }
}
