package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sharaka.node.screening.ScreeningFixture.CLERK;
import static org.sharaka.node.screening.ScreeningFixture.crowd;
import static org.sharaka.node.screening.ScreeningFixture.individual;
import static org.sharaka.node.screening.ScreeningFixture.person;
import static org.sharaka.node.screening.ScreeningFixture.un;
import static org.sharaka.node.screening.ScreeningFixture.write;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ListIndex;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Contact;
import org.sharaka.node.intake.ImportCommand;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.ReportDraft;
import org.sharaka.node.intake.ReporterRole;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.PrintedMessages;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.transaction.PlatformTransactionManager;
import picocli.CommandLine;

/** Lists that come in as files, on a whole node with a real database. All people are invented. */
class ListImportIT {
    private static ScreeningFixture node;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        node = new ScreeningFixture();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private Path ftm(String text) {
        return write(directory.resolve("list.json"), text);
    }

    private Path ofac(String rows, String end) {
        write(directory.resolve("alt.csv"), "7,1,\"aka\",\"ABU TAMARISK\",-0- \n\u001a");
        write(directory.resolve("sdn_comments.csv"), "");
        return write(directory.resolve("sdn.csv"), rows + end);
    }

    private static String row(int number, String name) {
        return number + ",\"" + name + "\",\"individual\",\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1960.\"\n";
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @Test
    void aListIsSearchedInEveryScriptAsSoonAsItIsImported() {
        node.put(
                ListFormat.UN_XML,
                write(directory.resolve("un.xml"), un(individual(11, "QASIMO", "ZANJABILIAN", "قاسيمو الزنجبيليان"))),
                "un");

        assertThat(node.found("default", "zanjabilian qasimo")).containsExactly("un-11");
        assertThat(node.found("un", "قاسيمو الزنجبيليان")).containsExactly("un-11");
        assertThat(node.found("un", "Helga Nobodyson")).isEmpty();
        assertThat(node.lists.all().get("un").list().format().standing()).isEqualTo(Standing.UN_SECURITY_COUNCIL);
    }

    @Test
    void anUpdateChangesWhatChangedAndTakesOutWhatIsGone() {
        String kept = person("kept", "1970-05-03", "Yasmine Tazerwaltik");
        ListImport first = node.put(
                ListFormat.FTM_JSON,
                ftm(kept + person("moves", "1958", "Dmitri Volkodavovich") + person("goes", "1990", "Awa Diakhatek")),
                "delta");
        String before = node.hash("delta");

        ListImport second = node.put(
                ListFormat.FTM_JSON,
                ftm(kept + person("moves", "1959", "Sergej Krivoruchkov") + person("comes", "", "Nils Fjordquist")),
                "delta");

        assertThat(List.of(first.added(), first.changed(), first.removed())).containsExactly(3, 0, 0);
        assertThat(List.of(second.added(), second.changed(), second.removed())).containsExactly(1, 1, 1);
        assertThat(node.found("delta", "Yasmine Tazerwaltik")).containsExactly("delta-kept");
        assertThat(node.found("delta", "Sergey Krivoruchkov")).containsExactly("delta-moves");
        assertThat(node.found("delta", "Dmitri Volkodavovich")).isEmpty();
        assertThat(node.found("delta", "Awa Diakhatek")).isEmpty();
        assertThat(node.found("delta", "Fjordquist Nils")).containsExactly("delta-comes");
        assertThat(node.hash("delta")).isNotEqualTo(before);
        assertThat(node.lists.all().get("delta").list().version()).isEqualTo(2);
        // Of who left the list nothing is kept but the id.
        assertThat(node.sql.queryForObject(
                        "select cardinality(names) + cardinality(births) + cardinality(keys) from screening.entity "
                                + "where id = 'delta-goes' and gone_at is not null",
                        Integer.class))
                .isZero();
    }

    @Test
    void theSameFileAgainChangesNothing() {
        String text = person("one", "1970", "Yolande Quernstone");
        node.put(ListFormat.FTM_JSON, ftm(text), "twice");
        String before = node.hash("twice");

        ListImport again = node.put(ListFormat.FTM_JSON, ftm(text), "twice");

        assertThat(again.changedAnything()).isFalse();
        assertThat(node.hash("twice")).isEqualTo(before);
        assertThat(node.sql.queryForObject("select version from screening.list where name = 'twice'", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void aFileCutInTheMiddleLeavesTheOldListInForce() throws Exception {
        Path json = ftm(person("a", "1970", "Ludovica Brambillasca") + person("b", "1971", "Oto Hrdlickovic"));
        node.put(ListFormat.FTM_JSON, json, "cut");
        Path sdn = ofac(row(7, "TAMARISKI, Qasim") + row(8, "OLEANDERSON, Piet"), "\u001a");
        node.put(ListFormat.OFAC_CSV, sdn, "ofac");
        String ftmBefore = node.hash("cut");
        String ofacBefore = node.hash("ofac");

        String whole = Files.readString(json);
        ftm(whole.substring(0, whole.length() - 30));
        refused(() -> node.put(ListFormat.FTM_JSON, json, "cut"), ScreeningProblem.LIST_BREAKS_OFF);
        // Between two rows, where the syntax shows nothing.
        ofac(row(7, "TAMARISKI, Qasim"), "");
        refused(() -> node.put(ListFormat.OFAC_CSV, sdn, "ofac"), ScreeningProblem.LIST_BREAKS_OFF);
        Path xml = write(
                directory.resolve("un.xml"), un(individual(12, "A", "B", "C")).substring(0, 120));
        refused(() -> node.put(ListFormat.UN_XML, xml, "un"), ScreeningProblem.LIST_BREAKS_OFF);

        assertThat(node.hash("cut")).isEqualTo(ftmBefore);
        assertThat(node.hash("ofac")).isEqualTo(ofacBefore);
        assertThat(node.found("cut", "Oto Hrdlickovic")).containsExactly("cut-b");
        assertThat(node.found("ofac", "Piet Oleanderson")).containsExactly("ofac-8");
        assertThat(node.sql.queryForObject(
                        "select count(*) from audit.entry where action = 'screening.import' and outcome = 'REFUSED'"
                                + " and problem = 'screening.list-breaks-off'",
                        Integer.class))
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void aFileThatTakesMuchAwayIsNotBelievedUnlessToldSo() {
        node.put(ListFormat.FTM_JSON, ftm(crowd(100)), "crowd");
        Path half = ftm(crowd(50));

        refused(() -> node.put(ListFormat.FTM_JSON, half, "crowd"), ScreeningProblem.LIST_SHRINKS);
        assertThat(node.lists.all().get("crowd").index().size()).isEqualTo(100);

        node.imports.run(
                CLERK,
                new ListImportService.Request(
                        ListFormat.FTM_JSON, half, Optional.of("crowd"), Optional.empty(), true, Optional.empty()),
                read -> {});
        node.await("crowd");
        assertThat(node.lists.all().get("crowd").index().size()).isEqualTo(50);
    }

    @Test
    void onlyTheFileThatWasPublishedIsTaken() throws Exception {
        Path file = ftm(person("a", "1970", "Perpetua Okonjolie"));
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));

        refused(() -> imported(file, Optional.of("00" + hash.substring(2)), CLERK), ScreeningProblem.WRONG_HASH);
        assertThat(imported(file, Optional.of(hash), CLERK).added()).isEqualTo(1);
    }

    private static ListImport imported(Path file, Optional<String> hash, Actor actor) {
        var request = new ListImportService.Request(
                ListFormat.FTM_JSON, file, Optional.of("hashed"), hash, false, Optional.empty());
        return node.imports.run(actor, request, read -> {});
    }

    @Test
    void listsAreBroughtInByWhoMayAndUnderNamesThatAreFree() {
        Path file = ftm(person("a", "1970", "Perpetua Okonjolie"));

        refused(() -> imported(file, Optional.empty(), ScreeningFixture.OFFICER), AccessProblem.FORBIDDEN);
        for (String taken : List.of("default", "un", "ofac", "Two Words", "a-b", ""))
            refused(() -> node.put(ListFormat.FTM_JSON, file, taken), ScreeningProblem.BAD_LIST_NAME);
        refused(
                () -> node.put(ListFormat.FTM_JSON, directory.resolve("nowhere.json"), "nowhere"),
                ScreeningProblem.UNREADABLE_LIST);
    }

    @Test
    void theCommandTakesListsBesideReports() throws Exception {
        Path file = write(
                directory.resolve("command_list.json"),
                person("a", "1970", "Ilse Quittenbaum") + "not json\n" + person("b", "1971", "Kofi Ananseson"));
        StringWriter said = new StringWriter();
        ImportCommand command = new ImportCommand();
        new CommandLine(command).parseArgs("ftm-json", file.toString());
        StaticListableBeanFactory services = new StaticListableBeanFactory();
        services.addBean("lists", node.node.service(ListImportFiles.class));
        PrintWriter out = new PrintWriter(said, true);

        int status = command.run(new CommandContext(services, out, out, PrintedMessages.in(Locale.ENGLISH)));

        assertThat(status).isZero();
        assertThat(said.toString())
                .contains("command_list", "2 new", "1 rows refused", "line 2")
                .doesNotContain("Quittenbaum");
        node.await("command_list");
        assertThat(node.found("default", "Quittenbaum Ilse")).containsExactly("command_list-a");
    }

    @Test
    void aNodeThatStartsReadsItsListsFromTheDatabase() throws Exception {
        node.put(ListFormat.FTM_JSON, ftm(person("a", "circa 1970", "Anselm Feuerdorn", "أنسلم فويردورن")), "reread");
        ListsInForce fresh = new ListsInForce();
        ListKeeper keeper = new ListKeeper(
                node.node.service(SqlLists.class), fresh, node.node.service(PlatformTransactionManager.class));
        assertThat(fresh.loaded()).isFalse();

        keeper.start();
        try {
            long end = System.nanoTime() + 30_000_000_000L;
            while (!fresh.loaded() && System.nanoTime() < end) Thread.sleep(5);

            assertThat(fresh.all().keySet()).containsAll(node.lists.all().keySet());
            assertThat(fresh.all().get("reread").index().hash()).isEqualTo(node.hash("reread"));
        } finally {
            keeper.stop();
        }
    }

    /** Public data that is not in the repository: skipped, visibly, where it is absent. */
    @Test
    void thePublishedListsStandInMemoryAsTheyWereRead() throws Exception {
        Path data =
                Path.of(System.getProperty("sharaka.data", "../../shared/data")).resolve("lists");
        assumeTrue(Files.isDirectory(data), "no published lists under " + data);
        try (ScreeningFixture own = new ScreeningFixture()) {
            Map<ListFormat, Path> files = Map.of(
                    ListFormat.UN_XML, data.resolve("UN_consolidated-2025-04-19.xml"),
                    ListFormat.OFAC_CSV, data.resolve("ofac_2021/sdn.csv"));
            for (Map.Entry<ListFormat, Path> each : files.entrySet()) {
                String list = each.getKey().list().orElseThrow();
                List<Entry> read = new ArrayList<>();
                new ListFile(each.getKey(), each.getValue(), list).read(read::add);

                ListImport done = own.put(each.getKey(), each.getValue(), list);

                assertThat(done.added()).isEqualTo(read.size()).isGreaterThan(700);
                assertThat(own.hash(list)).isEqualTo(ListIndex.of(read).hash());
            }
        }
    }

    /** A reporter with a name and contact data, who names a victim and a witness: none of them is ever on a list. */
    @Test
    void s11WhoReportsIsNeverSearched() {
        node.put(ListFormat.FTM_JSON, ftm(person("a", "1970", "Listed Somebodyson")), "others");
        int before = node.sql.queryForObject("select count(*) from screening.entity", Integer.class);
        Actor clerk = ScreeningFixture.officer(Set.of(Permission.values()), Optional.of(Purpose.INVESTIGATION));
        node.node
                .service(IntakeService.class)
                .submit(
                        clerk,
                        new ReportDraft(
                                Category.THREATS,
                                "Marwa Essaiyadh threatens nobody; she saw how Idrissou Temoinville was hurt. Passport QX4711007",
                                Optional.of("en"),
                                Optional.empty(),
                                Optional.of("MA"),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Optional.of(new Contact(
                                        Optional.of("Ghita Signalementi"),
                                        Optional.empty(),
                                        Optional.of("+212600000000"),
                                        Optional.empty())),
                                ReporterRole.VICTIM));

        for (String name : List.of("Marwa Essaiyadh", "Idrissou Temoinville", "Ghita Signalementi", "QX4711007"))
            assertThat(node.found("default", name)).as(name).isEmpty();
        assertThat(node.sql.queryForObject("select count(*) from screening.entity", Integer.class))
                .isEqualTo(before);
    }
}
