package org.sharaka.node.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.intake.IntakeFixture.aReport;
import static org.sharaka.node.intake.IntakeFixture.officer;
import static org.sharaka.node.intake.IntakeFixture.system;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;

class IntakeServiceIT {
    private static final Currency MAD = Currency.getInstance("MAD");
    /** The number that card schemes publish for tests. */
    private static final String TEST_CARD = "4111 1111 1111 1111";

    private IntakeFixture fixture;
    private IntakeService service;

    @BeforeEach
    void openDatabase() {
        fixture = new IntakeFixture();
        service = fixture.service;
    }

    @AfterEach
    void dropDatabase() {
        fixture.close();
    }

    @Test
    void whatIsSubmittedIsStoredEnteredAndTold() {
        Receipt receipt = service.submit(system(), aReport("They wrote from https://login.bank-secure.example/a/b"));

        ReportEvidence evidence = service.evidence(List.of(receipt.id())).get(0);
        assertThat(evidence.narrative()).startsWith("They wrote");
        assertThat(evidence.identifiers()).extracting(Identifier::kind).contains(IdentifierKind.URL);
        assertThat(evidence.anonymous())
                .as("S16: nobody stands behind it by name")
                .isTrue();
        assertThat(fixture.events)
                .containsExactly(
                        new ReportTaken(receipt.id(), Channel.API, IntakeFixture.NOON),
                        new ReportsReceived(List.of(receipt.id()), IntakeFixture.NOON));
        assertThat(fixture.audit.entries).containsExactly("report.submit report/" + receipt.id() + " done");
        assertThat(service.idOf(receipt.reference())).contains(receipt.id());
        assertThat(service.referencesOf(List.of(receipt.id()))).containsEntry(receipt.id(), receipt.reference());
    }

    @Test
    void aListenerThatFailsTakesTheReportBack() {
        fixture.listener = event -> {
            throw new IllegalStateException("linking failed");
        };

        assertThatThrownBy(() -> service.submit(system(), aReport("x"))).isInstanceOf(IllegalStateException.class);
        assertThat(fixture.count("report")).isZero();
    }

    @Test
    void submittingNeedsThePermissionAndARefusalIsEntered() {
        refused(AccessProblem.FORBIDDEN, () -> service.submit(officer(Permission.REPORT_READ), aReport("x")));

        assertThat(fixture.count("report")).isZero();
        assertThat(fixture.audit.entries).singleElement().asString().endsWith("access.forbidden");
    }

    @Test
    void aReportThatSaysNothingIsRefused() {
        refused(IntakeProblem.SAYS_NOTHING, () -> service.submit(system(), ReportDraft.of(Category.OTHER)));
    }

    @Test
    void aWrongIdentifierIsKeptAsTextAndTheReportIsNotLost() {
        Receipt receipt = service.submit(
                system(),
                with(List.of(
                        new GivenIdentifier(IdentifierKind.IBAN, "MA00 nonsense"),
                        new GivenIdentifier(IdentifierKind.EMAIL, "someone@mail.example"))));

        assertThat(receipt.notRecognised()).singleElement().satisfies(not -> {
            assertThat(not.kind()).isEqualTo(IdentifierKind.IBAN);
            assertThat(not.value()).isEqualTo("MA00 nonsense");
            assertThat(not.reason()).matches("[a-z-]+");
        });
        assertThat(receipt.identifiers())
                .extracting(each -> each.identifier().kind())
                .containsExactly(IdentifierKind.EMAIL);
    }

    @Test
    void cardNumbersAreNowhereInTheDatabase() {
        String digits = TEST_CARD.replace(" ", "");
        Receipt receipt = service.submit(
                system(),
                new ReportDraft(
                        Category.CARD_FRAUD,
                        "My card " + TEST_CARD + " was used. Again: " + digits,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("Rabat " + TEST_CARD),
                        List.of(new ReportedMoney(
                                new Money(BigDecimal.TEN, MAD),
                                MoneyKind.LOST,
                                Optional.empty(),
                                Optional.of(new GivenIdentifier(IdentifierKind.CARD, TEST_CARD)),
                                Optional.of(new GivenIdentifier(IdentifierKind.IBAN, TEST_CARD)))),
                        List.of(
                                new GivenIdentifier(IdentifierKind.CARD, digits),
                                new GivenIdentifier(IdentifierKind.CARD, "4111 1111 1111 1112"),
                                new GivenIdentifier(IdentifierKind.PHONE, digits)),
                        List.of("tag " + TEST_CARD),
                        Optional.empty(),
                        ReporterRole.VICTIM));
        service.withdraw(system(), receipt.reference(), "I wrote my card " + TEST_CARD + " into it");

        for (String table : new String[] {"report", "identifier", "unrecognised", "money"}) {
            List<String> rows = fixture.sql.queryForList("select t::text from intake." + table + " t", String.class);
            assertThat(rows).as(table).noneMatch(row -> {
                String plain = row.replaceAll("[\\s-]", "");
                return plain.contains(digits) || plain.contains("4111111111111112");
            });
        }
    }

    @Test
    void theReportersOwnAccountsAndNumbersAreNoEvidence() {
        Receipt receipt = service.submit(
                system(),
                new ReportDraft(
                        Category.ONLINE_FRAUD,
                        "Call me at me@example.org, they are thief@example.com",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.of(contact()),
                        ReporterRole.VICTIM));

        assertThat(receipt.identifiers())
                .extracting(each -> each.identifier().canonical())
                .containsExactly("thief@example.com");
    }

    @Test
    void lossIsTheSumInTheCurrencyOfTheFirst() {
        ReportDraft draft = aReport("x");
        Receipt receipt = service.submit(
                system(),
                new ReportDraft(
                        draft.category(),
                        "x",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(
                                money("9999", "EUR", MoneyKind.DEMANDED),
                                money("100.50", "MAD", MoneyKind.LOST),
                                money("7", "EUR", MoneyKind.LOST),
                                money("20", "MAD", MoneyKind.LOST)),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        ReporterRole.VICTIM));

        assertThat(service.evidence(List.of(receipt.id())).get(0).loss()).hasValueSatisfying(loss -> {
            assertThat(loss.amount()).isEqualByComparingTo("120.50");
            assertThat(loss.currency()).isEqualTo(MAD);
        });
    }

    @Test
    void tenThousandIdentifiersAreTakenAndOneMoreIsNot() {
        List<GivenIdentifier> many = IntStream.range(0, 10_000)
                .mapToObj(i -> new GivenIdentifier(IdentifierKind.HOST, "h" + i + ".many.example"))
                .toList();

        Receipt receipt = service.submit(system(), with(many));

        assertThat(receipt.identifiers()).hasSize(10_000);
        assertThat(fixture.count("identifier")).isEqualTo(10_000);
        List<GivenIdentifier> more = new ArrayList<>(many);
        more.add(new GivenIdentifier(IdentifierKind.HOST, "one.more.example"));
        refused(IntakeProblem.TOO_MANY_IDENTIFIERS, () -> with(more));
    }

    @Test
    void hostileTextIsStoredAsItIs() {
        String hostile =
                "'; drop table intake.report; -- <script>alert(1)</script> ${jndi:ldap://x} \u202Egnp.exe \0 %s";

        Receipt receipt = service.submit(system(), aReport(hostile));

        assertThat(service.evidence(List.of(receipt.id())).get(0).narrative())
                .isEqualTo(hostile.replace('\0', '\uFFFD'));
    }

    @Test
    void theSameSubmissionIsStoredOnceAndAnsweredTheSame() {
        var key = new SubmissionKey("k-1", "{}".getBytes(UTF_8));
        fixture.clock.advance(Duration.ofNanos(123_456_789)); // Finer than the database keeps.

        Receipt first = service.submit(system(), aReport("see a.example"), key);
        Receipt second = service.submit(system(), aReport("see a.example"), key);

        assertThat(first.replayed()).isFalse();
        assertThat(second.replayed()).isTrue();
        assertThat(ReceiptJson.of(second)).isEqualTo(ReceiptJson.of(first));
        assertThat(fixture.count("report")).isEqualTo(1);
        assertThat(fixture.audit.entries).last().asString().startsWith("report.submit-again report/" + first.id());
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        service.submit(system(), aReport("a"), new SubmissionKey("k-1", "a".getBytes(UTF_8)));

        refused(
                IntakeProblem.IDEMPOTENCY_KEY_REUSED,
                () -> service.submit(system(), aReport("b"), new SubmissionKey("k-1", "b".getBytes(UTF_8))));
        assertThat(fixture.count("report")).isEqualTo(1);
    }

    @Test
    void theSameKeyOfAnotherSubmitterIsAnotherKey() {
        Actor other = new Actor(
                Actor.Kind.API_KEY,
                "key-2",
                "other",
                Optional.empty(),
                Set.of(Permission.REPORT_SUBMIT),
                Optional.empty());
        service.submit(system(), aReport("a"), new SubmissionKey("k-1", "a".getBytes(UTF_8)));

        assertThat(service.submit(other, aReport("b"), new SubmissionKey("k-1", "b".getBytes(UTF_8)))
                        .replayed())
                .isFalse();
    }

    @Test
    void simultaneousReplaysStoreOneReport() throws Exception {
        var key = new SubmissionKey("k-1", "{}".getBytes(UTF_8));
        var executor = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Receipt>> tries = IntStream.range(0, 24)
                    .<Callable<Receipt>>mapToObj(i -> () -> service.submit(system(), aReport("see a.example"), key))
                    .toList();
            Set<Reference> references = new HashSet<>();
            int stored = 0;
            for (Future<Receipt> receipt : executor.invokeAll(tries)) {
                references.add(receipt.get().reference());
                if (!receipt.get().replayed()) stored++;
            }

            assertThat(references).hasSize(1);
            assertThat(stored).isEqualTo(1);
            assertThat(fixture.count("report")).isEqualTo(1);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aSubmissionIsForgottenAfterTwoDaysAndNotBeforeOne() {
        var key = new SubmissionKey("k-1", "{}".getBytes(UTF_8));
        service.submit(system(), aReport("a"), key);

        fixture.clock.advance(Period.ofDays(1));
        service.purgeExpired();
        assertThat(service.submit(system(), aReport("a"), key).replayed()).isTrue();
        fixture.clock.advance(Period.ofDays(2));
        service.purgeExpired();
        assertThat(fixture.count("submission")).isZero();
    }

    @Test
    void contactDataLiesSealedAndApartAndIsOpenedOnlyWithPermissionPurposeAndEntry() {
        Receipt receipt = service.submit(system(), named());

        assertThat(fixture.sql.queryForList("select t::text from intake.report t", String.class))
                .noneMatch(row -> row.contains("Aïcha"));
        byte[] sealed = fixture.sql.queryForObject("select sealed from intake.contact", byte[].class);
        assertThat(new String(sealed, UTF_8)).doesNotContain("Aïcha").doesNotContain("me@example.org");
        refused(AccessProblem.FORBIDDEN, () -> service.contact(officer(Permission.REPORT_READ), receipt.reference()));
        Actor purposeless = new Actor(
                Actor.Kind.OFFICER,
                "officer-2",
                "x",
                Optional.empty(),
                Set.of(Permission.REPORT_CONTACT_READ),
                Optional.empty());
        refused(AccessProblem.PURPOSE_MISSING, () -> service.contact(purposeless, receipt.reference()));
        assertThat(service.contact(officer(Permission.REPORT_CONTACT_READ), receipt.reference())
                        .name())
                .contains("Aïcha Test");
        assertThat(fixture.audit.entries)
                .last()
                .asString()
                .isEqualTo("report.contact-read report/" + receipt.id() + " done");
    }

    @Test
    void aGuessedReferenceIsUnknownAndTheGuessIsEnteredWithoutIt() {
        Reference guessed = Reference.random(new java.security.SecureRandom());

        refused(IntakeProblem.NOT_FOUND, () -> service.view(officer(Permission.REPORT_READ), guessed));

        assertThat(fixture.audit.entries).singleElement().asString().satisfies(entry -> {
            assertThat(entry).startsWith("report.read report-reference/").endsWith("intake.not-found");
            assertThat(entry).doesNotContain(guessed.symbols()).doesNotContain(guessed.grouped());
        });
    }

    @Test
    void readingAReportNeedsPermissionAndPurpose() {
        Receipt receipt = service.submit(system(), named());

        refused(AccessProblem.FORBIDDEN, () -> service.view(system(), receipt.id()));
        ReportView view = service.view(officer(Permission.REPORT_READ), receipt.reference());
        assertThat(view.contactKept()).isTrue();
        assertThat(view.retention().expiresAt()).isEqualTo("2029-11-23T12:00:00Z");
    }

    @Test
    void aWithdrawnReportNoLongerCountsAndIsToldOnce() {
        Receipt receipt = service.submit(system(), aReport("see a.example"));

        service.withdraw(system(), receipt.reference(), "sent by mistake");

        assertThat(service.evidence(List.of(receipt.id())).get(0).withdrawn()).isTrue();
        assertThat(fixture.events).last().isEqualTo(new ReportWithdrawn(receipt.id(), IntakeFixture.NOON));
        refused(
                IntakeProblem.ALREADY_WITHDRAWN,
                () -> service.withdraw(system(), receipt.reference(), "sent by mistake"));
        refused(IntakeProblem.REASON_MISSING, () -> service.withdraw(system(), receipt.reference(), " x "));
    }

    @Test
    void aWithdrawnIdentifierIsNoLongerEvidence() {
        Receipt receipt = service.submit(
                system(),
                with(List.of(
                        new GivenIdentifier(IdentifierKind.HOST, "a.example"),
                        new GivenIdentifier(IdentifierKind.HOST, "b.example"))));

        service.withdrawIdentifier(system(), receipt.reference(), 0);

        assertThat(service.evidence(List.of(receipt.id())).get(0).identifiers())
                .extracting(Identifier::canonical)
                .containsExactly("b.example");
        assertThat(fixture.events).last().isEqualTo(new ReportWithdrawn(receipt.id(), IntakeFixture.NOON));
        refused(IntakeProblem.ALREADY_WITHDRAWN, () -> service.withdrawIdentifier(system(), receipt.reference(), 0));
        refused(IntakeProblem.NOT_FOUND, () -> service.withdrawIdentifier(system(), receipt.reference(), 7));
    }

    @Test
    void listsAreReadByPositionAndFiltered() {
        for (int i = 0; i < 120; i++) service.submit(system(), aReport("report " + i));
        service.submit(
                system(),
                new ReportDraft(
                        Category.SEXTORTION,
                        "y",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("ES"),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        ReporterRole.VICTIM));
        Actor reader = officer(Permission.REPORT_READ);

        Set<ReportId> seen = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<ReportSummary> page = service.latest(reader, ReportFilter.all(), cursor);
            page.items().forEach(each -> assertThat(seen.add(each.id())).isTrue());
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(seen).hasSize(121);
        assertThat(latest(
                        reader,
                        new ReportFilter(
                                Optional.of(Category.SEXTORTION),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))
                .hasSize(1);
        assertThat(latest(
                        reader,
                        new ReportFilter(Optional.empty(), Optional.of("ES"), Optional.empty(), Optional.empty())))
                .hasSize(1);
        assertThat(latest(
                        reader,
                        new ReportFilter(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(IntakeFixture.NOON.plusSeconds(1)),
                                Optional.empty())))
                .isEmpty();
        refused(
                IntakeProblem.BAD_CURSOR,
                () -> service.latest(reader, ReportFilter.all(), Optional.of("'; drop table")));
    }

    @Test
    void s20WhatHasReachedItsEndIsDeletedWithItsContactKeyAndTold() {
        Receipt old = service.submit(system(), named());
        fixture.clock.advance(Period.ofYears(1));
        service.purgeExpired();
        assertThat(fixture.count("contact")).as("contact data ends first").isZero();
        assertThat(fixture.count("report")).isEqualTo(1);
        fixture.clock.advance(Period.ofYears(2));
        Receipt young = service.submit(system(), aReport("x"));

        assertThat(service.purgeExpired()).isEqualTo(1);

        assertThat(service.evidence(List.of(old.id(), young.id())))
                .extracting(ReportEvidence::id)
                .containsExactly(young.id());
        assertThat(fixture.count("identifier")).isZero();
        assertThat(fixture.events).last().isInstanceOfSatisfying(ReportsPurged.class, purged -> assertThat(
                        purged.reports())
                .containsExactly(old.id()));
        assertThat(service.purgeExpired()).isZero();
    }

    @Test
    void s20EveryReportCarriesPurposeOriginatorHandlingAndEnd() {
        service.submit(system(), aReport("x"));

        assertThat(
                        fixture.sql.queryForList(
                                "select purpose, originator, handling, expires_at from intake.report where expires_at > received_at"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row).containsEntry("purpose", "INVESTIGATION");
                    assertThat(row).containsEntry("originator", "own");
                    assertThat(row).containsEntry("handling", "H0");
                });
    }

    private List<ReportSummary> latest(Actor reader, ReportFilter filter) {
        return service.latest(reader, filter, Optional.empty()).items();
    }

    private static ReportDraft named() {
        return new ReportDraft(
                Category.ONLINE_FRAUD,
                "see thief.example",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(contact()),
                ReporterRole.VICTIM);
    }

    private static Contact contact() {
        return new Contact(
                Optional.of("Aïcha Test"), Optional.of("me@example.org"), Optional.empty(), Optional.of("ar"));
    }

    private static ReportedMoney money(String amount, String currency, MoneyKind kind) {
        return new ReportedMoney(
                new Money(new BigDecimal(amount), Currency.getInstance(currency)),
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ReportDraft with(List<GivenIdentifier> identifiers) {
        return new ReportDraft(
                Category.PHISHING,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                identifiers,
                List.of(),
                Optional.empty(),
                ReporterRole.VICTIM);
    }

    private static void refused(ProblemType problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(problem));
    }
}
