package org.sharaka.node.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sharaka.identifiers.CardHash;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.node.platform.TestDatabase;
import org.sharaka.node.platform.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Intake on a real database, with a clock that stands, an audit that remembers and a vault with a key of its own. */
final class IntakeFixture implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    final TestDatabase database = TestDatabase.fresh();
    final JdbcTemplate sql = new JdbcTemplate(database.dataSource());
    final StandingClock clock = new StandingClock();
    final RememberingAudit audit = new RememberingAudit(database.transactions());
    final List<Object> events = Collections.synchronizedList(new ArrayList<>());
    final TestVault vault = new TestVault();
    final IntakeService service;
    final CorrespondenceService letters;
    final ImportService imports;

    /** What hears events, inside the transaction. */
    Consumer<Object> listener = event -> {};

    IntakeFixture() {
        var random = new SecureRandom();
        var ids = new Ids(clock, random);
        var settings = new IntakeSettings(
                "own", "MA", Period.ofYears(3), Period.ofYears(1), Duration.ofDays(2), Purpose.INVESTIGATION);
        var configuration = new IntakeConfiguration();
        CardHash cardHash = configuration.cardHash(vault);
        Reception reception = configuration.reception(
                configuration.extractor(cardHash), cardHash, configuration.homeRegion(settings), ids, random, settings);
        Reports reports = configuration.reports(sql);
        service = configuration.intakeService(sql, reports, reception, vault, audit, this::hear, clock);
        letters = configuration.correspondenceService(sql, service, reception, vault, audit, this::hear, ids, clock);
        imports = configuration.importService(sql, reports, reception, vault, audit, this::hear, ids, clock);
    }

    private void hear(Object event) {
        listener.accept(event);
        events.add(event);
    }

    long count(String table) {
        return sql.queryForObject("select count(*) from intake." + table, Long.class);
    }

    static Actor system() {
        return new Actor(
                Actor.Kind.API_KEY,
                "key-1",
                "bank",
                Optional.empty(),
                Set.of(Permission.REPORT_SUBMIT),
                Optional.of(Purpose.INVESTIGATION));
    }

    static Actor officer(Permission... permissions) {
        return new Actor(
                Actor.Kind.OFFICER,
                "officer-1",
                "r.officer",
                Optional.of("cyber"),
                Set.of(permissions),
                Optional.of(Purpose.INVESTIGATION));
    }

    static ReportDraft aReport(String narrative) {
        ReportDraft nothing = ReportDraft.of(Category.PHISHING);
        return new ReportDraft(
                nothing.category(),
                narrative,
                Optional.of("en"),
                Optional.empty(),
                Optional.of("MA"),
                Optional.of("Rabat"),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                ReporterRole.VICTIM);
    }

    @Override
    public void close() {
        database.close();
    }

    /** Time passes when the test says so. */
    static final class StandingClock extends Clock {
        private volatile Instant now = NOON;

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        void advance(Period period) {
            now = now.atOffset(ZoneOffset.UTC).plus(period).toInstant();
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
            throw new UnsupportedOperationException();
        }
    }

    /** Acts run in a transaction; refusals are remembered with their code. */
    static final class RememberingAudit implements AuditTrail {
        final List<String> entries = Collections.synchronizedList(new ArrayList<>());
        private final TransactionTemplate transactions;
        private final Ids ids = new Ids(Clock.systemUTC(), new SecureRandom());

        RememberingAudit(TransactionTemplate transactions) {
            this.transactions = transactions;
        }

        @Override
        public <T> T act(Actor actor, String action, String subject, Function<EntryId, T> act) {
            return entered(
                    action, subject, () -> transactions.execute(status -> act.apply(new EntryId(ids.timeOrdered()))));
        }

        @Override
        public <T> T readAll(Actor actor, String action, List<String> subjects, Supplier<T> read) {
            return entered(action, String.join(" ", subjects), read);
        }

        @Override
        public List<EntryId> enterAll(Actor actor, List<Deed> deeds) {
            return deeds.stream()
                    .map(deed -> {
                        entries.add(deed.action() + " " + deed.subject() + " "
                                + deed.refusal().map(ProblemType::code).orElse("done"));
                        return new EntryId(ids.timeOrdered());
                    })
                    .toList();
        }

        private <T> T entered(String action, String subject, Supplier<T> work) {
            try {
                T result = work.get();
                entries.add(action + " " + subject + " done");
                return result;
            } catch (ProblemException e) {
                entries.add(action + " " + subject + " " + e.type().code());
                throw e;
            }
        }
    }

    /** AES-GCM with the context as associated data. */
    static final class TestVault implements Vault {
        private final SecretKeySpec key = new SecretKeySpec("0123456789abcdef0123456789abcdef".getBytes(UTF_8), "AES");
        private final SecureRandom random = new SecureRandom();

        @Override
        public byte[] seal(String context, byte[] plain) {
            byte[] nonce = new byte[12];
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, context, nonce, plain);
            byte[] both = Arrays.copyOf(nonce, 12 + sealed.length);
            System.arraycopy(sealed, 0, both, 12, sealed.length);
            return both;
        }

        @Override
        public byte[] open(String context, byte[] sealed) {
            byte[] nonce = Arrays.copyOf(sealed, 12);
            return cipher(Cipher.DECRYPT_MODE, context, nonce, Arrays.copyOfRange(sealed, 12, sealed.length));
        }

        private byte[] cipher(int mode, String context, byte[] nonce, byte[] input) {
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(mode, key, new GCMParameterSpec(128, nonce));
                cipher.updateAAD(context.getBytes(UTF_8));
                return cipher.doFinal(input);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] mac(String purpose, byte[] data) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(purpose.getBytes(UTF_8), "HmacSHA256"));
                return mac.doFinal(data);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
