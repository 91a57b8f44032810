package org.sharaka.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sharaka.protocol.MemberId;

/**
 * What each node says that it sent and took, put side by side with what it wrote down outside its home.
 *
 * <p>A return from a backup takes from its node whatever it committed since the backup began. Such messages of its own are counted and shown,
 * each as one of these: <em>kept by its recipient</em>, taken there once, though its sender no longer knows of it; <em>lost with the
 * recovery point</em>, committed after the backup began and never known to have been with anybody; <em>lost at both ends</em>, which its
 * recipient had had, and lost by a return of its own. Nothing else may be missing. What others had sent to the node is sent again and has to
 * be there, once. What was ordered destroyed must not be there, whoever came back from a backup meanwhile; what is so ordered on its way
 * may come after its place was given up and be refused, and nothing else may.
 */
final class FaultsAccount {
    private static final int SHOWN = 5;

    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, List<Long>> last = new HashMap<>();
    private final Map<MemberId, Node> nodes = new LinkedHashMap<>();
    private final Map<String, String> received = new HashMap<>();
    private final Set<String> kept = new HashSet<>();
    private final Map<String, String> ordered = new HashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long cosigned;
    private long seen;

    private record Sent(String state, boolean proved) {}

    /** What a node wrote down, by message: the machine's time in milliseconds. */
    private static final class Node {
        private final List<FaultsStation.Loss> losses;
        private final Map<String, FaultsJournal.Entry> tried = new LinkedHashMap<>();
        private final Map<String, Long> committed = new HashMap<>();
        private final Map<String, Long> answered = new HashMap<>();
        private final Map<String, Long> had = new HashMap<>();
        private final Set<String> refused = new HashSet<>();
        private final Set<String> ordered = new HashSet<>();

        private Node(List<FaultsStation.Loss> losses) {
            this.losses = losses;
        }

        /**
         * Whether a return took it: it came from a backup that was begun before this was surely committed, and after it may have been.
         *
         * @param from when it may have been, at the earliest
         * @param known when it surely was
         */
        private boolean lost(long from, long known) {
            return losses.stream().anyMatch(loss -> loss.since() <= known && from <= loss.until());
        }
    }

    /**
     * @param report of {@link FaultsReport}
     * @param losses what its returns from backups may have taken from it
     */
    void read(
            MemberId member, List<String> report, List<FaultsJournal.Entry> journal, List<FaultsStation.Loss> losses) {
        Node node = new Node(losses);
        nodes.put(member, node);
        for (FaultsJournal.Entry entry : journal) {
            String id = entry.id().value();
            switch (entry.deed()) {
                case TRIED -> node.tried.putIfAbsent(id, entry);
                case COMMITTED -> node.committed.putIfAbsent(id, entry.at());
                case ANSWERED -> node.answered.putIfAbsent(id, entry.at());
                case TAKEN -> node.had.putIfAbsent(id, entry.at());
                case REFUSED -> node.refused.add(id);
                case ORDERED -> node.ordered.add(id);
            }
        }
        Set<String> accepted = new HashSet<>();
        Set<String> here = new HashSet<>();
        for (String line : report) {
            String[] words = line.split("\t", -1);
            switch (words[0]) {
                case "SENT" -> sent.put(words[1], new Sent(words[3], words[4].equals("proved")));
                case "TAKEN" -> {
                    here.add(words[1]);
                    take(member, words);
                }
                case "RECEIVED" -> {
                    received.put(words[1], words[2]);
                    if (words[3].equals("kept")) kept.add(words[1]);
                    if (words[2].equals("ACCEPTED")) accepted.add(words[1]);
                }
                case "ORDERED" -> ordered.put(words[1], words[2]);
                case "AUDIT" -> require(words[1].equals("sound"), "records_that_do_not_verify", member.value());
                case "FINDING" -> fault("records_accused", "by " + member + ": " + words[1]);
                case "COSIGNED" -> {
                    cosigned++;
                    require(words[2].equals("sound"), "heads_that_do_not_verify", member + " by " + words[1]);
                }
                case "SEEN" -> seen++;
                default -> throw new IllegalArgumentException(line);
            }
        }
        for (String id : accepted) require(here.contains(id), "accepted_and_not_taken", id + " at " + member);
        for (String id : here) require(accepted.contains(id), "taken_and_not_accepted", id + " at " + member);
    }

    private void take(MemberId member, String[] words) {
        taken.merge(words[1], 1, Integer::sum);
        List<Long> place = List.of(Long.valueOf(words[4]), Long.valueOf(words[5]));
        List<Long> before = last.put(member + " " + words[2] + " " + words[3], place);
        if (before == null) return;
        boolean follows =
                place.get(0) > before.get(0) || (place.get(0).equals(before.get(0)) && place.get(1) > before.get(1));
        require(follows, "out_of_order", words[1] + " at " + member);
    }

    private void require(boolean holds, String what, String which) {
        if (!holds) fault(what, which);
    }

    private void fault(String what, String which) {
        int times = counts.merge(what, 1, Integer::sum);
        if (times <= SHOWN) wrong.add(what + ": " + which);
    }

    /** Some of what is wrong, each with its message. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** @return whether everything is as it must be */
    boolean judge(Figures figures) {
        for (String each : List.of(
                "lost",
                "doubled",
                "out_of_order",
                "never_committed_but_taken",
                "not_settled",
                "orders_not_obeyed",
                "destroyed_and_still_there",
                "vanished_at_the_sender",
                "gone_at_a_peer",
                "refused_and_not_ordered_destroyed",
                "held_for_ever",
                "accepted_and_not_taken",
                "taken_and_not_accepted",
                "receipts_that_do_not_verify",
                "records_that_do_not_verify",
                "records_accused",
                "heads_that_do_not_verify",
                "nodes_without_a_cosigned_head")) counts.putIfAbsent(each, 0);
        Losses losses = new Losses();
        nodes.values().forEach(node -> {
            gone(node, losses);
            for (String id : node.refused) require(node.ordered.contains(id), "refused_and_not_ordered_destroyed", id);
        });
        sent.forEach((id, one) -> {
            // A return may have taken from its sender that it was given up; then its place had been passed.
            boolean passed = one.state().equals("REFUSED")
                    && nodes.values().stream().anyMatch(node -> node.ordered.contains(id));
            boolean settled = one.state().equals("ACCEPTED") || one.state().equals("SKIPPED") || passed;
            require(settled, "not_settled", id + " is " + one.state());
            if (!one.state().equals("ACCEPTED")) return;
            require(taken.containsKey(id), "lost", id + " is " + received.getOrDefault(id, "not there"));
            require(one.proved(), "receipts_that_do_not_verify", id);
        });
        taken.forEach((id, times) -> require(times == 1, "doubled", id));
        ordered.forEach((id, outcome) -> {
            require(outcome.equals("OBEYED") || outcome.equals("NOT_HELD"), "orders_not_obeyed", id + ": " + outcome);
            require(!kept.contains(id), "destroyed_and_still_there", id);
        });
        Set<String> tried = new HashSet<>();
        nodes.values().forEach(node -> tried.addAll(node.tried.keySet()));
        for (String id : taken.keySet())
            require(
                    sent.containsKey(id) || losses.kept.contains(id),
                    "never_committed_but_taken",
                    id + (tried.contains(id) ? " was tried" : " is nobody's"));
        received.forEach((id, state) -> require(!state.equals("HELD"), "held_for_ever", id));
        require(cosigned > 0 && seen > 0, "nodes_without_a_cosigned_head", "all");
        figures.put(
                "committed",
                sent.size() + losses.kept.size() + losses.withRecoveryPoint + losses.atBothEnds,
                "messages");
        figures.put("accepted", count("ACCEPTED"), "messages");
        figures.put("skipped", count("SKIPPED"), "messages");
        figures.put("kept_by_the_recipient_alone", losses.kept.size(), "messages");
        figures.put("lost_with_the_recovery_point", losses.withRecoveryPoint, "messages");
        figures.put("lost_at_both_ends", losses.atBothEnds, "messages");
        figures.put("ordered_destroyed", ordered.size(), "messages");
        figures.put("heads_cosigned", cosigned, "heads");
        counts.forEach((what, times) -> figures.put(what, times, "times"));
        return !sent.isEmpty() && counts.values().stream().allMatch(times -> times == 0);
    }

    private static final class Losses {
        private final Set<String> kept = new HashSet<>();
        private int withRecoveryPoint;
        private int atBothEnds;
    }

    /** What a node tried to commit and knows no more. */
    private void gone(Node node, Losses losses) {
        node.tried.forEach((id, tried) -> {
            if (sent.containsKey(id)) return;
            boolean committed = node.committed.containsKey(id);
            if (!node.lost(tried.at(), node.committed.getOrDefault(id, Long.MAX_VALUE))) {
                // Tried and rolled back is no message; committed outside of every loss, it must be there.
                require(!committed, "vanished_at_the_sender", id);
                return;
            }
            Node recipient = nodes.get(tried.other());
            if (recipient == null) throw new IllegalStateException("no report of " + tried.other());
            Optional<Long> reached = Stream.of(node.answered.get(id), recipient.had.get(id))
                    .filter(Objects::nonNull)
                    .max(Long::compareTo);
            if (taken.containsKey(id)) losses.kept.add(id);
            else if (reached.isEmpty()) losses.withRecoveryPoint += committed ? 1 : 0;
            else if (recipient.lost(tried.at(), reached.get())) losses.atBothEnds++;
            else fault("gone_at_a_peer", id);
        });
    }

    private long count(String state) {
        return sent.values().stream().filter(each -> each.state().equals(state)).count();
    }
}
