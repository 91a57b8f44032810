package org.sharaka.linking;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.sharaka.identifiers.CardHash;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.ExtractorSettings;
import org.sharaka.identifiers.Mention;
import org.sharaka.identifiers.Region;
import org.sharaka.identifiers.SharedInfrastructure;

/** Reads narratives as the node does and links them. */
final class Narratives {
    private static final Extractor EXTRACTOR = Extractor.create(
            ExtractorSettings.with(CardHash.hmacSha256("test".repeat(8).getBytes(StandardCharsets.UTF_8))));
    private static final KeyDeriver DERIVER = new KeyDeriver(LinkPolicy.standard(), SharedInfrastructure.bundled());

    private Narratives() {}

    static List<LinkKey> keys(String narrative) {
        return DERIVER.derive(new Evidence(
                EXTRACTOR.extract(narrative, Region.of("FR")).stream()
                        .map(Mention::identifier)
                        .distinct()
                        .toList(),
                narrative));
    }

    /** Labels of the keys of one kind. */
    static List<String> labels(KeyKind kind, String narrative) {
        return keys(narrative).stream()
                .filter(key -> key.kind() == kind)
                .map(LinkKey::label)
                .toList();
    }

    /** The groups of two or more narratives, each by their indexes. */
    static Set<Set<Integer>> campaigns(List<String> narratives) {
        InMemoryLinkStore store = new InMemoryLinkStore();
        Linker linker = new Linker(store, LinkPolicy.standard());
        List<LinkedReport> reports = new ArrayList<>();
        for (int i = 0; i < narratives.size(); i++) reports.add(new LinkedReport(i + 1, keys(narratives.get(i))));
        linker.add(reports);
        while (!linker.settled()) linker.settle(100);
        Map<Long, Set<Integer>> groups = new HashMap<>();
        for (int i = 0; i < narratives.size(); i++) {
            long group = store.placements(new long[] {i + 1}).get(0).group();
            groups.computeIfAbsent(group, g -> new TreeSet<>()).add(i);
        }
        Set<Set<Integer>> campaigns = new HashSet<>(groups.values());
        campaigns.removeIf(group -> group.size() < 2);
        return campaigns;
    }
}
