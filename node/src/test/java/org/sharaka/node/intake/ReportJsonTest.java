package org.sharaka.node.intake;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.node.platform.ProblemException;

class ReportJsonTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void aWholeReportIsRead() {
        ReportDraft draft = draft("""
                {"category":"PHISHING","narrative":"I paid \\ud83d\\ude00","language":"en","occurredAt":"2026-11-20",
                 "country":"ma","locality":"Rabat","role":"WITNESS",
                 "money":[{"amount":"1200.00","currency":"MAD","kind":"LOST","to":{"kind":"IBAN","value":"X"}}],
                 "identifiers":[{"kind":"URL","value":"http://a.example/"}],
                 "reporter":{"name":"Aïcha Test","email":"aicha@example.org","phone":"+212 600000000"}}
                """);

        assertThat(draft.country()).contains("MA");
        assertThat(draft.role()).isEqualTo(ReporterRole.WITNESS);
        assertThat(draft.money()).singleElement().satisfies(amount -> assertThat(amount.to())
                .contains(new GivenIdentifier(IdentifierKind.IBAN, "X")));
        assertThat(draft.reporter())
                .hasValueSatisfying(contact -> assertThat(contact.toString()).doesNotContain("Aïcha"));
    }

    @Test
    void loneSurrogatesAndNulAreRepairedNotLost() {
        assertThat(draft("{\"category\":\"OTHER\",\"narrative\":\"a\\u0000b\\ud800c\"}")
                        .narrative())
                .isEqualTo("a\uFFFDb\uFFFDc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | FIELD_MISSING | category is missing",
                "{\"category\":\"FRAUD\"} | UNKNOWN_VALUE | category is none of",
                "{\"category\":\"OTHER\",\"colour\":\"red\"} | BAD_JSON | a field of the body is unknown; known are",
                "{\"category\":\"OTHER\",\"money\":[{\"sum\":1}]} | BAD_JSON | a field of money[0] is unknown",
                "{\"category\":\"OTHER\",\"money\":{}} | BAD_JSON | money is of the wrong type",
                "{\"category\":\"OTHER\",\"category\":\"OTHER\"} | BAD_JSON | not well-formed JSON",
                "{\"category\":\"OTHER\" | BAD_JSON | not well-formed JSON at line 1",
                "{\"category\":\"OTHER\"} x | BAD_JSON | not well-formed JSON",
                "null | BAD_JSON | null",
                "[] | BAD_JSON | the body is of the wrong type",
                "{\"category\":\"OTHER\",\"country\":\"Borduria\"} | BAD_COUNTRY | country is not",
                "{\"category\":\"OTHER\",\"language\":\"<b>\"} | BAD_LANGUAGE | language is not",
                "{\"category\":\"OTHER\",\"occurredAt\":\"2030-01-01\"} | TIME_IN_FUTURE | future",
                "{\"category\":\"OTHER\",\"money\":[{\"amount\":\"-1\",\"currency\":\"MAD\",\"kind\":\"LOST\"}]} | BAD_MONEY | money.amount",
                "{\"category\":\"OTHER\",\"money\":[{\"amount\":\"1e99\",\"currency\":\"MAD\",\"kind\":\"LOST\"}]} | BAD_MONEY | money.amount",
                "{\"category\":\"OTHER\",\"money\":[{\"amount\":\"1\",\"currency\":\"XYZ9\",\"kind\":\"LOST\"}]} | UNKNOWN_VALUE | ISO 4217",
                "{\"category\":\"OTHER\",\"money\":[null]} | FIELD_MISSING | money holds null",
                "{\"category\":\"OTHER\",\"identifiers\":[{\"kind\":\"IBAN\"}]} | FIELD_MISSING | identifiers has no value",
                "{\"category\":\"OTHER\",\"identifiers\":[{\"kind\":\"SHOE\",\"value\":\"x\"}]} | UNKNOWN_VALUE | identifiers.kind",
                "{\"category\":\"OTHER\",\"reporter\":{}} | BAD_CONTACT | neither name nor e-mail nor phone",
                "{\"category\":\"OTHER\",\"reporter\":{\"email\":\"x\"}} | BAD_CONTACT | reporter.email",
                "{\"category\":\"OTHER\",\"role\":\"SPY\"} | UNKNOWN_VALUE | role is none of"
            })
    void badInputGetsAClearMessage(String json, IntakeProblem problem, String message) {
        assertThatThrownBy(() -> draft(json))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(problem))
                .hasMessageContaining(message);
    }

    @Test
    void messagesRepeatNothingOfWhatWasSent() {
        for (String json : new String[] {
            "{\"category\":\"OTHER\",\"Zineb Amrani\":1}",
            "{\"category\":\"Zineb Amrani\"}",
            "{\"category\":\"OTHER\",\"country\":\"Zineb Amrani\"}",
            "{\"category\":\"OTHER\",\"reporter\":{\"email\":\"Zineb Amrani\"}}",
            "{\"category\":\"OTHER\",\"money\":\"Zineb Amrani\"}",
            "{\"category\":Zineb Amrani}"
        }) {
            assertThatThrownBy(() -> draft(json))
                    .isInstanceOf(ProblemException.class)
                    .as(json)
                    .message()
                    .doesNotContain("Zineb");
        }
    }

    @Test
    void otherEncodingsAndBrokenBytesAreRefused() {
        assertThatThrownBy(() -> ReportJson.read("{\"category\":\"OTHER\"}".getBytes(UTF_16)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> ReportJson.read(new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}))
                .isInstanceOf(ProblemException.class)
                .hasMessage("the body is not UTF-8");
    }

    @Test
    void deepNestingIsRefusedBeforeItCosts() {
        assertThatThrownBy(() -> draft("{\"money\":" + "[".repeat(100_000))).isInstanceOf(ProblemException.class);
    }

    @Test
    void limitsAreStated() {
        assertThatThrownBy(() -> draft("{\"category\":\"OTHER\",\"narrative\":\"" + "x".repeat(100_001) + "\"}"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(IntakeProblem.NARRATIVE_TOO_LONG));
        String one = "{\"kind\":\"HOST\",\"value\":\"a.example\"}";
        assertThatThrownBy(() ->
                        draft("{\"category\":\"OTHER\",\"identifiers\":[" + (one + ",").repeat(10_000) + one + "]}"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(IntakeProblem.TOO_MANY_IDENTIFIERS))
                .hasMessageContaining("10000");
    }

    private static ReportDraft draft(String json) {
        return ReportJson.read(json.getBytes(UTF_8)).draft(NOON);
    }
}
