package org.sharaka.bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sharaka.protocol.MemberId;

/** What each node says that it sent and took, put side by side. */
final class FaultsAccount {
    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private final Set<String> unsound = new HashSet<>();
    private long outOfOrder;
    private long findings;
    private long cosigned;

    private record Sent(String state, boolean proved) {}

    /** @param lines a report of {@link FaultsNode} */
    void read(MemberId member, List<String> lines) {
        for (String line : lines) {
            String[] words = line.split("\t", -1);
            switch (words[0]) {
                case "SENT" -> sent.put(words[1], new Sent(words[3], words[4].equals("proved")));
                case "TAKEN" -> take(member, words);
                case "AUDIT" -> {
                    if (!words[1].equals("sound")) unsound.add(member.value());
                }
                case "FINDINGS" -> findings += Long.parseLong(words[1]);
                case "COSIGNED" -> cosigned += Long.parseLong(words[1]);
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private void take(MemberId member, String[] words) {
        taken.merge(words[1], 1, Integer::sum);
        String order = member + " " + words[2] + " " + words[3];
        long sequence = Long.parseLong(words[4]);
        Long before = last.put(order, sequence);
        if (before != null && sequence <= before) outOfOrder++;
    }

    /** @return whether everything is as it must be */
    boolean judge(Figures figures) {
        long skipped = count("SKIPPED");
        long accepted = count("ACCEPTED");
        long lost = sent.entrySet().stream()
                .filter(each -> !each.getValue().state().equals("SKIPPED"))
                .filter(each -> !taken.containsKey(each.getKey()))
                .count();
        long doubled = taken.values().stream().filter(times -> times > 1).count();
        long invented =
                taken.keySet().stream().filter(id -> !sent.containsKey(id)).count();
        long unproved = sent.values().stream()
                .filter(each -> each.state().equals("ACCEPTED") && !each.proved())
                .count();
        figures.put("committed", sent.size(), "messages");
        figures.put("accepted", accepted, "messages");
        figures.put("skipped", skipped, "messages");
        figures.put("lost", lost, "messages");
        figures.put("doubled", doubled, "messages");
        figures.put("never_committed_but_taken", invented, "messages");
        figures.put("out_of_order", outOfOrder, "messages");
        figures.put("receipts_that_do_not_verify", unproved, "messages");
        figures.put("records_that_do_not_verify", unsound.size(), "nodes");
        figures.put("records_accused", findings, "findings");
        figures.put("records_cosigned", cosigned, "heads");
        return !sent.isEmpty()
                && accepted + skipped == sent.size()
                && lost + doubled + invented + outOfOrder + unproved + unsound.size() + findings == 0;
    }

    private long count(String state) {
        return sent.values().stream().filter(each -> each.state().equals(state)).count();
    }
}
