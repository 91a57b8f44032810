package org.sharaka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;

/** The account of the fault harness finds each way in which a message can be missing, doubled or out of its turn, and excuses no other. */
class FaultsAccountTest {
    private static final MemberId HERE = new MemberId("es-ncb");
    private static final MemberId THERE = new MemberId("ma-ncb");
    private static final String CONVERSATION = "c".repeat(32);

    private final List<String> here = new ArrayList<>(List.of("AUDIT\tsound", "COSIGNED\tma-ncb\tsound"));
    private final List<String> there = new ArrayList<>(List.of("AUDIT\tsound", "SEEN\tes-ncb\t7"));
    private final List<FaultsJournal.Entry> written = new ArrayList<>();
    private final List<FaultsJournal.Entry> writtenThere = new ArrayList<>();
    private final List<FaultsStation.Loss> losses = new ArrayList<>();
    private final List<FaultsStation.Loss> lossesThere = new ArrayList<>();

    private static String id(int number) {
        return String.format("%032x", number);
    }

    private void write(FaultsJournal.Deed deed, long at, int number) {
        written.add(new FaultsJournal.Entry(deed, at, new MessageId(id(number)), THERE));
    }

    private void committed(long at, int number) {
        write(FaultsJournal.Deed.TRIED, at - 1, number);
        write(FaultsJournal.Deed.COMMITTED, at, number);
    }

    private void sent(int number, String state) {
        here.add("SENT\t" + id(number) + "\t" + THERE + "\t" + state + "\tproved");
    }

    private void taken(int number, int epoch, int sequence) {
        there.add("TAKEN\t" + id(number) + "\t" + HERE + "\t" + CONVERSATION + "\t" + epoch + "\t" + sequence);
        there.add("RECEIVED\t" + id(number) + "\tACCEPTED\tkept");
    }

    private void whole(int number, int sequence) {
        committed(number, number);
        sent(number, "ACCEPTED");
        taken(number, 1, sequence);
    }

    private String judged() {
        FaultsAccount account = new FaultsAccount();
        account.read(HERE, here, written, losses);
        account.read(THERE, there, writtenThere, lossesThere);
        Figures figures = new Figures("faults");
        boolean sound = account.judge(figures);
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        figures.print(out);
        out.println(sound ? "SOUND" : "UNSOUND");
        account.wrong().forEach(out::println);
        return said.toString().replaceAll(" +", " ");
    }

    @Test
    void whatWasCommittedAndTakenOnceInOrderIsSound() {
        whole(1, 1);
        whole(2, 2);
        committed(3, 3);
        sent(3, "SKIPPED");

        assertThat(judged())
                .contains("SOUND")
                .doesNotContain("UNSOUND")
                .contains("committed 3", "accepted 2", "skipped 1");
    }

    @Test
    void whatIsMissingDoubledOrOutOfOrderIsFound() {
        whole(1, 2);
        whole(2, 1);
        taken(2, 1, 3);
        committed(3, 3);
        sent(3, "ACCEPTED");
        committed(4, 4);
        sent(4, "DELIVERED");
        taken(5, 1, 9);

        assertThat(judged())
                .contains("UNSOUND")
                .contains("out_of_order: " + id(2), "doubled: " + id(2), "lost: " + id(3), "not_settled: " + id(4))
                .contains("never_committed_but_taken: " + id(5));
    }

    @Test
    void anEpochThatIsNewerComesLaterWhateverItsPlace() {
        committed(1, 1);
        sent(1, "ACCEPTED");
        taken(1, 1, 9);
        committed(2, 2);
        sent(2, "ACCEPTED");
        taken(2, 2, 1);

        assertThat(judged()).doesNotContain("UNSOUND");
    }

    @Test
    void whatAReturnTookIsCountedByWhereItWent() {
        whole(1, 1);
        losses.add(new FaultsStation.Loss(100, 200));
        committed(110, 2);
        taken(2, 1, 2);
        committed(120, 3);
        lossesThere.add(new FaultsStation.Loss(120, 300));
        committed(130, 4);
        write(FaultsJournal.Deed.ANSWERED, 140, 4);
        write(FaultsJournal.Deed.TRIED, 150, 5);

        assertThat(judged())
                .doesNotContain("UNSOUND")
                .contains("kept_by_the_recipient_alone 1", "lost_with_the_recovery_point 1", "lost_at_both_ends 1")
                .contains("committed 4");
    }

    @Test
    void whatNoReturnExplainsIsFound() {
        whole(1, 1);
        losses.add(new FaultsStation.Loss(100, 200));
        committed(90, 2);
        committed(110, 3);
        writtenThere.add(new FaultsJournal.Entry(FaultsJournal.Deed.TAKEN, 111, new MessageId(id(3)), HERE));
        committed(210, 4);

        assertThat(judged())
                .contains("UNSOUND")
                .contains("vanished_at_the_sender: " + id(2), "vanished_at_the_sender: " + id(4))
                .contains("gone_at_a_peer: " + id(3));
    }

    @Test
    void whatWasRefusedBecauseItHadBeenGivenUpNeverWasThere() {
        whole(1, 1);
        losses.add(new FaultsStation.Loss(100, 200));
        committed(110, 2);
        write(FaultsJournal.Deed.ORDERED, 112, 2);
        write(FaultsJournal.Deed.REFUSED, 113, 2);

        assertThat(judged()).doesNotContain("UNSOUND").contains("lost_with_the_recovery_point 1");
    }

    @Test
    void whatWasRefusedAndNotGivenUpIsFound() {
        whole(1, 1);
        losses.add(new FaultsStation.Loss(100, 200));
        committed(110, 2);
        write(FaultsJournal.Deed.REFUSED, 113, 2);

        assertThat(judged()).contains("UNSOUND").contains("refused_and_not_ordered_destroyed: " + id(2));
    }

    @Test
    void whatTheNodesThemselvesFoundIsNoLessWrong() {
        whole(1, 1);
        there.add("RECEIVED\t" + id(7) + "\tHELD\tkept");
        there.add("RECEIVED\t" + id(8) + "\tACCEPTED\tkept");
        here.add("AUDIT\tUNSOUND");
        here.add("FINDING\tes-ncb: log-rewritten, as fr-ncb saw it");
        here.add("FINDING\tes-ncb: log-rolled-back, as fr-ncb saw it");
        here.add("COSIGNED\tma-ncb\tUNSOUND");
        here.add("SENT\t" + id(9) + "\t" + THERE + "\tACCEPTED\tunproved");

        assertThat(judged())
                .contains("UNSOUND")
                .contains("held_for_ever: " + id(7), "accepted_and_not_taken: " + id(8))
                .contains("receipts_that_do_not_verify: " + id(9))
                .contains("records_that_do_not_verify 1", "records_accused 2", "heads_that_do_not_verify 1");
    }

    private void ordered(int number, String outcome) {
        here.add("ORDERED\t" + id(number) + "\t" + outcome);
    }

    private void destroyed(int number) {
        there.replaceAll(
                line -> line.startsWith("RECEIVED\t" + id(number)) ? line.replace("\tkept", "\tdestroyed") : line);
    }

    @Test
    void whatWasOrderedDestroyedAndIsDestroyedIsSound() {
        whole(1, 1);
        ordered(1, "OBEYED");
        destroyed(1);

        assertThat(judged()).contains("ordered_destroyed 1 messages").doesNotContain("UNSOUND");
    }

    @Test
    void whatWasOrderedDestroyedAndIsThereOrWhoseOrderNobodyAnsweredIsToldApart() {
        whole(1, 1);
        whole(2, 2);
        ordered(1, "OBEYED");
        ordered(2, "");
        destroyed(2);

        assertThat(judged())
                .contains(
                        "destroyed_and_still_there 1 times",
                        "orders_not_obeyed 1 times",
                        "UNSOUND",
                        "destroyed_and_still_there: " + id(1),
                        "orders_not_obeyed: " + id(2));
    }
}
