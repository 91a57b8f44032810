package org.sharaka.protocol;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vectors that others published; they lie beside the repository, and tests skip visibly without them. */
public final class PublishedVectors {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PublishedVectors() {}

    public static Path path(String name) {
        Path path = Path.of("../../shared/data/vectors", name);
        assumeTrue(Files.exists(path), "the published vectors are not on this machine: " + path);
        return path;
    }

    /** One case of Project Wycheproof, with its group. */
    public record Case(JsonNode group, JsonNode test) {
        public boolean valid() {
            return test.get("result").asString().equals("valid");
        }

        public byte[] hex(String field) {
            return java.util.HexFormat.of().parseHex(test.get(field).asString());
        }

        public String text() {
            return test.get("tcId") + " " + test.get("comment");
        }
    }

    public static List<Case> wycheproof(String name) {
        List<Case> cases = new ArrayList<>();
        for (JsonNode group : JSON.readTree(path("wycheproof/" + name).toFile()).get("testGroups"))
            for (JsonNode test : group.get("tests")) cases.add(new Case(group, test));
        return cases;
    }
}
