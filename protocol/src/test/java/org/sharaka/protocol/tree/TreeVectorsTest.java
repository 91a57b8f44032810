package org.sharaka.protocol.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published vectors of transparency-dev/merkle: proofs to accept, and hundreds to refuse. */
class TreeVectorsTest {
    /** Accepted there with the text "dont care" for a root; our roots are hashes by their type. */
    private static final String NOT_A_HASH = "sizes are equal (one) and proof is empty";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void publishedInclusionProofsAreAcceptedAndRefusedAsPublished() {
        List<String> wrong = new ArrayList<>();
        List<JsonNode> vectors = vectors("inclusion");
        for (JsonNode vector : vectors) {
            if (proven(() -> includes(vector)) == vector.get("wantErr").asBoolean()) wrong.add(vector.toString());
        }

        assertThat(wrong).isEmpty();
        assertThat(vectors).hasSizeGreaterThan(50);
    }

    @Test
    void publishedConsistencyProofsAreAcceptedAndRefusedAsPublished() {
        List<String> wrong = new ArrayList<>();
        List<JsonNode> vectors = vectors("consistency");
        for (JsonNode vector : vectors) {
            if (proven(() -> extends_(vector)) == vector.get("wantErr").asBoolean()) wrong.add(vector.toString());
        }

        assertThat(wrong).isEmpty();
        assertThat(vectors).hasSizeGreaterThan(50);
    }

    private static boolean includes(JsonNode vector) {
        long size = vector.get("treeSize").bigIntegerValue().longValueExact();
        return new InclusionProof(vector.get("leafIdx").bigIntegerValue().longValueExact(), size, path(vector))
                .proves(hash(vector.get("leafHash")), new TreeHead(size, hash(vector.get("root"))));
    }

    private static boolean extends_(JsonNode vector) {
        long from = vector.get("size1").bigIntegerValue().longValueExact();
        long to = vector.get("size2").bigIntegerValue().longValueExact();
        return new ConsistencyProof(from, to, path(vector))
                .proves(new TreeHead(from, hash(vector.get("root1"))), new TreeHead(to, hash(vector.get("root2"))));
    }

    /** A hash of the wrong length or a size past 63 bits cannot even be written down: refused all the same. */
    private static boolean proven(java.util.function.BooleanSupplier claim) {
        try {
            return claim.getAsBoolean();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static List<TreeHash> path(JsonNode vector) {
        List<TreeHash> path = new ArrayList<>();
        if (!vector.get("proof").isNull()) vector.get("proof").forEach(hash -> path.add(hash(hash)));
        return path;
    }

    private static TreeHash hash(JsonNode base64) {
        return TreeHash.parse(base64.isNull() ? "" : base64.asString());
    }

    private static List<JsonNode> vectors(String kind) {
        Path root = Path.of("../../shared/data/vectors/merkle-rfc6962/testdata", kind);
        assumeTrue(Files.isDirectory(root), "the published Merkle vectors are not on this machine: " + root);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> JSON.readTree(file.toFile()))
                    .filter(vector -> !vector.get("desc").asString().equals(NOT_A_HASH))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
