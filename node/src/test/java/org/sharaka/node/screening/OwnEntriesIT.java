package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.screening.ScreeningFixture.BUREAU;
import static org.sharaka.node.screening.ScreeningFixture.CLERK;
import static org.sharaka.node.screening.ScreeningFixture.officer;
import static org.sharaka.node.screening.ScreeningFixture.person;
import static org.sharaka.node.screening.ScreeningFixture.write;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.matching.Entry;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.Schema;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.watch.Watch;
import org.sharaka.node.screening.watch.WatchId;
import org.sharaka.node.screening.watch.WatchService;

/** Entries that a module of the node keeps itself, as notices will be. All people are invented. */
class OwnEntriesIT {
    private static final String LIST = "own_red";
    /** On a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Actor KEEPER =
            officer("officer-7", Role.INVESTIGATOR.permissions(), Optional.of(Purpose.SEARCH_WANTED_PERSON));
    private static ScreeningFixture node;
    private static OwnEntries own;
    private static AuditTrail audit;
    private static WatchService watches;

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() {
        node = new ScreeningFixture();
        own = node.node.service(OwnEntries.class);
        audit = node.node.service(AuditTrail.class);
        watches = node.node.service(WatchService.class);
        node.put(
                ListFormat.FTM_JSON,
                write(directory.resolve("wanted.json"), person("kv", "1958", "Dmitri Volkodavovich")),
                "wanted");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void takeOut() {
        withdraw("own_red-7");
        awaitFound("Yasmin Tazarwalti", List.of());
        node.sql.update("delete from screening.watch");
    }

    private static Entry sought(String... names) {
        return new Entry(
                "own_red-7",
                new Particulars(
                        Schema.PERSON,
                        List.of(names),
                        PartialDate.parse("1970-05-03").stream().toList(),
                        Set.of("MA"),
                        Set.of()));
    }

    /** As a module would in an act of its own. */
    private static void publish(Entry entry) {
        var unused = audit.act(CLERK, "test.publish", "test/7", () -> {
            own.put(CLERK, LIST, Standing.RED, entry);
            return entry;
        });
    }

    private static boolean withdraw(String id) {
        return audit.act(CLERK, "test.withdraw", "test/7", () -> own.remove(CLERK, LIST, id));
    }

    /** @return how long it took */
    private static Duration awaitFound(String typed, List<String> ids) {
        long began = System.nanoTime();
        while (!node.found(ScreeningList.ALL, typed).equals(ids)) {
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("%s is found as %s", typed, ids)
                    .isLessThan(PATIENCE);
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void s4WhatAnActPutsIsFoundAtOnceAndGoneAtOnce() {
        publish(sought("Yasmine Tazerwalti"));
        awaitFound("Yasmin Tazarwalti", List.of("own_red-7"));
        assertThat(node.ask("Yasmin Tazarwalti").possible().get(0).entity().standing())
                .isEqualTo(Standing.RED);

        publish(sought("Samira Benallalova"));
        awaitFound("Samira Benallalova", List.of("own_red-7"));
        awaitFound("Yasmin Tazarwalti", List.of());

        assertThat(withdraw("own_red-7")).isTrue();
        awaitFound("Samira Benallalova", List.of());
        assertThat(node.rowsWith("Benallalova")).as("its content is nowhere").isZero();
        assertThat(withdraw("own_red-7")).isFalse();

        publish(sought("Yasmine Tazerwalti"));
        awaitFound("Yasmin Tazarwalti", List.of("own_red-7"));
    }

    /** A tenth of a second where nothing else runs; how it is when much does, the fastest of a few tells. */
    @Test
    void s4ItTakesLessThanASecond() {
        Duration come = PATIENCE;
        Duration go = PATIENCE;
        for (int i = 0; i < 5; i++) {
            publish(sought("Yasmine Tazerwalti"));
            Duration found = awaitFound("Yasmin Tazarwalti", List.of("own_red-7"));
            if (found.compareTo(come) < 0) come = found;
            withdraw("own_red-7");
            Duration gone = awaitFound("Yasmin Tazarwalti", List.of());
            if (gone.compareTo(go) < 0) go = gone;
        }

        assertThat(come).isLessThan(Duration.ofSeconds(1));
        assertThat(go).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void anActThatIsRolledBackPutsNothing() {
        assertThatThrownBy(() -> audit.act(CLERK, "test.publish", "test/7", () -> {
                    own.put(CLERK, LIST, Standing.RED, sought("Yasmine Tazerwalti"));
                    throw new IllegalStateException("refused after all");
                }))
                .hasMessage("refused after all");

        assertThat(node.sql.queryForObject(
                        "select count(*) from screening.entity where id = 'own_red-7' and gone_at is null", Long.class))
                .isZero();
        assertThatThrownBy(() -> own.put(CLERK, LIST, Standing.RED, sought("Yasmine Tazerwalti")))
                .hasMessageContaining("stands or falls");
    }

    @Test
    void aFileCannotTakeTheirPlaceNorTheyAFilesPlace() {
        publish(sought("Yasmine Tazerwalti"));

        Path file = write(directory.resolve(LIST + ".json"), person("kv", "1958", "Dmitri Volkodavovich"));
        assertThatThrownBy(() -> node.put(ListFormat.FTM_JSON, file, LIST))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ScreeningProblem.BAD_LIST_NAME));
        Entry elsewhere = new Entry("wanted-7", sought("Yasmine Tazerwalti").particulars());
        assertThatThrownBy(() -> audit.act(CLERK, "test.publish", "test/7", () -> {
                    own.put(CLERK, "wanted", Standing.RED, elsewhere);
                    return elsewhere;
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> audit.act(CLERK, "test.publish", "test/7", () -> {
                    own.put(CLERK, LIST, Standing.RED, elsewhere);
                    return elsewhere;
                }))
                .isInstanceOf(IllegalArgumentException.class);
        awaitFound("Yasmin Tazarwalti", List.of("own_red-7"));
    }

    @Test
    void standingWatchesHearOfThem() throws Exception {
        WatchId asked = running("Yasmin Tazarwalti 1970");
        publish(sought("Yasmine Tazerwalti"));
        awaitFound("Yasmin Tazarwalti", List.of("own_red-7"));
        awaitAlert(asked, Watch.AlertKind.FOUND);
        WatchId watched = running("own_red-7");

        withdraw("own_red-7");

        awaitAlert(watched, Watch.AlertKind.GONE);
    }

    private static WatchId running(String what) {
        Watch watch = watches.ask(KEEPER, what, "flight expected", 30);
        return watches.approve(BUREAU, watch.id()).id();
    }

    private static void awaitAlert(WatchId id, Watch.AlertKind kind) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (watches.open(KEEPER, id).alerts().stream().noneMatch(each -> each.kind() == kind)) {
            assertThat(System.nanoTime()).as(kind + " is told").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
