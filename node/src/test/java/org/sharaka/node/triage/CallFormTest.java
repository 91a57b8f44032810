package org.sharaka.node.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.triage.TriageServiceIT.refused;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.ExtractorSettings;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Region;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Channel;
import org.sharaka.node.intake.IntakeProblem;
import org.sharaka.node.intake.ReportedMoney;
import org.sharaka.node.intake.Submission;

class CallFormTest {
    private static final ZoneId ZONE = ZoneId.of("Africa/Casablanca");
    /** 19 zeros and the check symbol. */
    private static final String REFERENCE = "0000-0000-0000-0000-0000";

    private final Extractor extractor = Extractor.create(ExtractorSettings.with(number -> "hash"));

    @Test
    void theSevenFieldsOfABankBecomeMoneyAndParticulars() {
        Submission told = submission(form(
                "Attijari",
                "MA64011519000001205000534921",
                "TX-4711",
                "2026-11-24T10:30",
                "1 250,50",
                "GB29 NWBK 6016 1331 9268 19",
                "4111 1111 1111 1111",
                "They phoned."));

        ReportedMoney money = told.draft().money().get(0);
        assertThat(told.channel()).isEqualTo(Channel.CALL);
        assertThat(told.draft().category()).isEqualTo(Category.ONLINE_FRAUD);
        assertThat(money.money().amount()).isEqualByComparingTo(new BigDecimal("1250.50"));
        assertThat(money.to()).hasValueSatisfying(to -> assertThat(to.kind()).isEqualTo(IdentifierKind.IBAN));
        assertThat(told.circumstances().moneySentAt()).contains(Instant.parse("2026-11-24T09:30:00Z"));
        assertThat(told.circumstances().particulars())
                .containsKeys(
                        "money.bank",
                        "money.account-debited",
                        "money.transaction-id",
                        "money.recipient-account",
                        "money.card");
    }

    @Test
    void aCallWithoutMoneyOrNameIsAnAnonymousReport() {
        Submission told = submission(form(null, " ", "", null, null, null, null, "Somebody threatens me."));

        assertThat(told.draft().money()).isEmpty();
        assertThat(told.draft().reporter()).isEmpty();
        assertThat(told.draft().category()).isEqualTo(Category.OTHER);
        assertThat(told.circumstances().particulars()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'1,250.5',1250.5", "'1.250,50',1250.50", "1250,1250", "'12 000',12000", "'12.000',12000", "'7,',7"})
    void amountsAreReadAsPeopleWriteThem(String typed, BigDecimal amount) {
        assertThat(submission(form(null, null, null, null, typed, null, null, "x"))
                        .draft()
                        .money()
                        .get(0)
                        .money()
                        .amount())
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a lot", "-5", "1e9", "<script>", "99999999999999999999"})
    void whatIsNoAmountIsRefused(String typed) {
        refused(() -> submission(form(null, null, null, null, typed, null, null, "x")), TriageProblem.BAD_FIELD);
    }

    @Test
    void timesAndReferencesAreChecked() {
        refused(() -> submission(form(null, null, null, "yesterday", null, null, null, "x")), TriageProblem.BAD_FIELD);
        refused(
                () -> new CallForm(
                                null, null, null, null, null, "MAD", null, null, "nothing", null, "x", null, null, null,
                                null, null, null, null, false, false, false, false, false, false)
                        .submission(extractor, Region.of("MA"), ZONE),
                TriageProblem.BAD_FIELD);
        refused(
                () -> new CallForm(
                                null,
                                null,
                                null,
                                null,
                                null,
                                "MAD",
                                null,
                                null,
                                REFERENCE,
                                null,
                                "x",
                                null,
                                null,
                                null,
                                null,
                                null,
                                "no number",
                                null,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false)
                        .submission(extractor, Region.of("MA"), ZONE),
                IntakeProblem.BAD_CONTACT);
    }

    private Submission submission(CallForm form) {
        return form.submission(extractor, Region.of("MA"), ZONE);
    }

    private static CallForm form(
            @Nullable String bank,
            @Nullable String account,
            @Nullable String transaction,
            @Nullable String sentAt,
            @Nullable String amount,
            @Nullable String recipient,
            @Nullable String card,
            String narrative) {
        return new CallForm(
                bank,
                account,
                transaction,
                sentAt,
                amount,
                "MAD",
                recipient,
                card,
                REFERENCE,
                null,
                narrative,
                "fr",
                "MA",
                null,
                null,
                null,
                null,
                null,
                false,
                false,
                false,
                false,
                false,
                false);
    }
}
