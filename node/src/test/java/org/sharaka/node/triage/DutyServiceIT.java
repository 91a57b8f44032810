package org.sharaka.node.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.triage.TriageServiceIT.refused;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Role;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Circumstances;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.platform.Secret;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DutyServiceIT {
    private static final String SECRET = "an invented secret of a test, long enough";

    @TempDir
    Path directory;

    private record Received(String signature, String timestamp, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int answer = 204;
    private HttpServer pager;
    private TriageFixture node;
    private DutyService duty;
    private Instant now;

    @BeforeEach
    void start() throws IOException {
        pager = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pager.createContext("/pager", exchange -> {
            received.add(new Received(
                    exchange.getRequestHeaders().getFirst("Sharaka-Signature"),
                    exchange.getRequestHeaders().getFirst("Sharaka-Timestamp"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        pager.start();
        node = new TriageFixture(
                "sharaka.triage.read-immediate=1ms",
                "sharaka.triage.alarm-every=1ms",
                "sharaka.triage.money-fresh=500ms");
        duty = node.node.service(DutyService.class);
        now = node.node.service(Clock.class).instant();
    }

    @AfterEach
    void stop() {
        pager.stop(0);
        node.close();
    }

    @Test
    void anUrgentReportThatStaysUnreadAlarmsOneOfficerOnDutyAfterTheOther() throws InterruptedException {
        duty.plan(node.chief, "chief", now.minusSeconds(60), now.plusSeconds(3600), 2);
        duty.plan(node.chief, "karim", now.minusSeconds(60), now.plusSeconds(3600), 1);
        duty.plan(node.chief, "salma", now.plusSeconds(3600), now.plusSeconds(7200), 1);
        Reference danger = node.report(Category.OTHER, TriageFixture.told(true, false, Optional.empty()));
        node.report(Category.OTHER, Circumstances.none());
        Thread.sleep(5);

        List<Alarm> first = duty.ring(false);
        Thread.sleep(5);
        List<Alarm> second = duty.ring(false);
        Thread.sleep(5);
        List<Alarm> third = duty.ring(false);

        assertThat(first).extracting(alarm -> alarm.officer().orElse("")).containsExactly(node.karim.id());
        assertThat(second).extracting(alarm -> alarm.officer().orElse("")).containsExactly(node.chief.id());
        assertThat(third).extracting(alarm -> alarm.officer().orElse("")).containsExactly(node.karim.id());
        assertThat(duty.ringing(node.karim)).extracting(Alarm::step).containsExactly(3);
        node.triage.open(node.karim, danger);
        Thread.sleep(5);
        assertThat(duty.ring(false)).isEmpty();
        assertThat(duty.ringing(node.karim)).isEmpty();
    }

    @Test
    void anAlarmOfAClosedReportReachesItsUnitOnlyAndTellsNoReference() throws InterruptedException {
        duty.plan(node.chief, "karim", now.minusSeconds(60), now.plusSeconds(3600), 1);
        duty.plan(node.chief, "salma", now.minusSeconds(60), now.plusSeconds(3600), 2);
        Reference danger = node.report(Category.OTHER, TriageFixture.told(true, false, Optional.empty()));
        node.triage.close(node.karim, danger, TriageFixture.FAMILY);
        Thread.sleep(5);

        assertThat(duty.ring(true))
                .extracting(alarm -> alarm.officer().orElse(""))
                .containsExactly(node.salma.id());
        assertThat(duty.ringing(node.karim)).isEmpty();
        assertThat(duty.ringing(node.salma)).hasSize(1);
        assertThat(sender(new TestClock(now.plusSeconds(60))).sendNext()).isTrue();
        assertThat(json(received.get(0)).has("reference")).isFalse();
        assertThat(received.get(0).body()).doesNotContain(danger.symbols(), danger.grouped());
    }

    @Test
    void anAlarmLeavesTheNodeSignedAndSaysNothingOfTheReport() throws InterruptedException {
        Reference danger = node.report(Category.SEXTORTION, TriageFixture.told(true, true, Optional.empty()));
        Thread.sleep(5);
        duty.ring(true);
        AlarmSender sender = sender(new TestClock(now.plusSeconds(60)));

        assertThat(sender.sendNext()).isTrue();
        assertThat(sender.sendNext()).isFalse();

        Received one = received.get(0);
        assertThat(one.signature())
                .isEqualTo("v1=" + AlarmSender.signature(new Secret<>(SECRET), one.timestamp() + "." + one.body()));
        assertThat(json(one).path("reference").asString("")).isEqualTo(danger.grouped());
        assertThat(json(one).path("level").asString("")).isEqualTo("IMMEDIATE");
        assertThat(json(one).propertyNames())
                .containsExactlyInAnyOrder("event", "id", "rungAt", "level", "step", "overdueSeconds", "reference");
        assertThat(duty.ringing(node.karim)).extracting(Alarm::webhook).containsExactly(Alarm.Webhook.SENT);
    }

    @Test
    void aPagerThatIsDownIsTriedAgainAndInTheEndTheQueueSaysSo() throws InterruptedException {
        node.report(Category.OTHER, TriageFixture.told(true, false, Optional.empty()));
        Thread.sleep(5);
        duty.ring(true);
        answer = 503;
        var clock = new TestClock(now.plusSeconds(60));
        AlarmSender sender = sender(clock);

        assertThat(sender.sendNext()).isTrue();
        assertThat(sender.sendNext()).as("not again at once").isFalse();
        for (int i = 1; i < AlarmSender.ATTEMPTS_MAX; i++) {
            clock.now = clock.now.plus(Duration.ofMinutes(10));
            assertThat(sender.sendNext()).isTrue();
        }
        clock.now = clock.now.plus(Duration.ofMinutes(10));

        assertThat(sender.sendNext()).isFalse();
        assertThat(received).hasSize(AlarmSender.ATTEMPTS_MAX);
        assertThat(duty.ringing(node.karim)).extracting(Alarm::webhook).containsExactly(Alarm.Webhook.FAILED);
    }

    @Test
    void nobodyIsWokenForAReportThatWasReadMeanwhile() throws InterruptedException {
        Reference danger = node.report(Category.OTHER, TriageFixture.told(true, false, Optional.empty()));
        Thread.sleep(5);
        duty.ring(true);
        node.triage.open(node.karim, danger);

        assertThat(sender(new TestClock(now.plusSeconds(60))).sendNext()).isTrue();

        assertThat(received).isEmpty();
    }

    @Test
    void aWebhookGoesToAnAllowedHostOnlyAndNeverInTheClear() {
        for (TriageSettingsCase each : List.of(
                new TriageSettingsCase("https://pager.example/x", List.of("other.example")),
                new TriageSettingsCase("https://pager.example/x", List.of()),
                new TriageSettingsCase("http://pager.example/x", List.of("pager.example")),
                new TriageSettingsCase("ftp://127.0.0.1/x", List.of("127.0.0.1")),
                new TriageSettingsCase("https://user:word@pager.example/x", List.of("pager.example")))) {
            assertThatThrownBy(() -> new TriageSettings.Webhook(each.address(), "secret", each.allowed()))
                    .as(each.address())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new TriageSettings.Webhook("https://pager.example/x", "secret", List.of("pager.example")).address())
                .isNotEmpty();
    }

    private record TriageSettingsCase(String address, List<String> allowed) {}

    @Test
    void aShiftHandsOverWhatIsUrgentAndSomebodyElseTakesItOver() {
        Reference danger = node.report(Category.OTHER, TriageFixture.told(true, false, Optional.empty()));
        Reference asked = node.report(Category.OTHER, Circumstances.none());
        node.triage.write(node.karim, asked, "Which bank?", Optional.of("en"), true);

        DutyService.Sheet sheet = duty.sheet(node.karim);
        Handover handover = duty.handOver(node.karim, "The bank calls back at nine.\0");

        assertThat(sheet.unread()).extracting(Item::report).containsExactly(node.id(danger));
        assertThat(sheet.waiting()).extracting(Item::report).containsExactly(node.id(asked));
        assertThat(handover.reports()).containsExactlyInAnyOrder(node.id(danger), node.id(asked));
        refused(() -> duty.takeOver(node.karim, handover.id()), TriageProblem.HANDED_OVER);
        refused(() -> duty.takeOver(node.salma, handover.id()), TriageProblem.NO_SUCH_HANDOVER);
        duty.takeOver(node.chief, handover.id());
        refused(() -> duty.takeOver(node.chief, handover.id()), TriageProblem.HANDED_OVER);
        assertThat(duty.handovers(node.karim))
                .extracting(Handover::takenBy)
                .containsExactly(Optional.of(node.chief.id()));
        assertThat(duty.handovers(node.salma)).isEmpty();
    }

    @Test
    void moneyThatIsNoLongerFreshMovesDownByItself() throws InterruptedException {
        Reference paid = node.report(
                Category.OTHER,
                TriageFixture.told(
                        false, false, Optional.of(node.node.service(Clock.class).instant())));
        assertThat(node.triage.item(node.karim, paid).priority().level()).isEqualTo(Level.MONEY);
        Thread.sleep(600);

        assertThat(node.triage.anyChanging()).isTrue();
        assertThat(node.triage.follow()).isEqualTo(1);

        assertThat(node.triage.anyChanging()).isFalse();
        Priority later = node.triage.item(node.karim, paid).priority();
        assertThat(later.level()).isEqualTo(Level.SERIOUS);
        assertThat(later.concerns()).containsExactly(Concern.MONEY_LATE);
    }

    @Test
    void s20WhatEndsInIntakeEndsHereAndANoteEndsByItself() throws InterruptedException {
        JdbcTemplate sql = node.node.service(JdbcTemplate.class);
        node.report(Category.OTHER, TriageFixture.told(true, false, Optional.empty()));
        Thread.sleep(5);
        duty.ring(false);
        duty.handOver(node.karim, "The bank calls back at nine.");
        sql.update(
                "update intake.report set received_at = now() - interval '2 days', expires_at = now() - interval '1 day'");
        sql.update("update triage.handover set expires_at = now() - interval '1 second'");

        assertThat(node.intake.purgeExpired()).isEqualTo(1);
        duty.purge();

        for (String table : List.of("item", "alarm", "handover"))
            assertThat(sql.queryForObject("select count(*) from triage." + table, Long.class))
                    .as(table)
                    .isZero();
    }

    @Test
    void aClosedReportIsOnTheSheetOfItsUnitOnly() {
        Reference danger = node.report(Category.OTHER, TriageFixture.told(true, false, Optional.empty()));
        node.triage.close(node.karim, danger, TriageFixture.FAMILY);

        assertThat(duty.sheet(node.karim).reports()).isEmpty();
        assertThat(duty.sheet(node.salma).reports()).containsExactly(node.id(danger));
    }

    @Test
    void onlyASupervisorPlansAndOnlyWhoWorksTheQueueIsPlanned() {
        Actor analyst = node.officer("nora", TriageFixture.CYBER, Role.ANALYST);

        refused(() -> duty.plan(node.karim, "karim", now, now.plusSeconds(60), 1), AccessProblem.FORBIDDEN);
        refused(() -> duty.plan(node.chief, "nora", now, now.plusSeconds(60), 1), TriageProblem.NO_SUCH_OFFICER);
        refused(() -> duty.plan(node.chief, "karim", now, now, 1), TriageProblem.BAD_SHIFT);
        refused(() -> duty.plan(node.chief, "karim", now, now.plus(Duration.ofDays(32)), 1), TriageProblem.BAD_SHIFT);
        refused(() -> duty.roster(analyst), AccessProblem.FORBIDDEN);
        Shift shift = duty.plan(node.chief, "karim", now, now.plusSeconds(60), 1);
        duty.cancel(node.chief, shift.id());
        refused(() -> duty.cancel(node.chief, shift.id()), TriageProblem.NO_SUCH_SHIFT);
    }

    private AlarmSender sender(Clock clock) {
        try {
            Path secret = Files.writeString(directory.resolve("pager-secret"), SECRET);
            return new AlarmSender(
                    new SqlDuty(node.node.service(JdbcTemplate.class)),
                    node.node.service(SqlItems.class),
                    node.intake,
                    new TriageSettings.Webhook(
                            "http://127.0.0.1:" + pager.getAddress().getPort() + "/pager",
                            secret.toString(),
                            List.of("127.0.0.1")),
                    clock);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(Received received) {
        return new JsonMapper().readTree(received.body());
    }

    /** Time passes when the test says so. */
    private static final class TestClock extends Clock {
        private Instant now;

        TestClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
