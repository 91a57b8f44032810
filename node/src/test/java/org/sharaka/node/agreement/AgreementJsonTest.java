package org.sharaka.node.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.ProblemException;

class AgreementJsonTest {
    private static final AgreementJson.Contents SHIPPED = AgreementJson.read(AgreementConfiguration.shipped());

    @Test
    void whatIsShippedSurvivesExportAndImport() {
        AgreementJson.Contents again = AgreementJson.read(AgreementJson.write(SHIPPED));

        assertThat(again).isEqualTo(SHIPPED);
    }

    @Test
    void everyOffenceThatAnAgreementCoversStandsInTheCatalogue() {
        var catalogue = SHIPPED.offences().stream().map(Offence::code).collect(Collectors.toSet());

        assertThat(SHIPPED.agreements())
                .flatExtracting(Agreement::coverage)
                .flatExtracting(coverage -> coverage.offences().stream().toList())
                .allSatisfy(offence ->
                        assertThat(catalogue.stream().anyMatch(offence::covers)).isTrue());
    }

    @Test
    void aTreatyIsInForceOnlyIfTheFileSaysSo() {
        Map<String, Agreement> byCode = SHIPPED.agreements().stream()
                .collect(Collectors.toMap(agreement -> agreement.code().value(), agreement -> agreement));
        LocalDate day = LocalDate.parse("2026-11-24");

        assertThat(byCode.get("un.cybercrime-2024").inForceOn(day)).isFalse();
        assertThat(byCode.get("coe.cets-224").inForceOn(day)).isFalse();
        assertThat(byCode.get("coe.ets-185").inForceOn(day)).isTrue();
        assertThat(byCode.get("coe.ets-185").inForceOn(LocalDate.parse("2004-06-30")))
                .isFalse();
    }

    @Test
    void moroccoAndSpainMayExchangeUnderTheBudapestConvention() {
        AgreementBook book = new AgreementBook(SHIPPED.agreements(), SHIPPED.offences(), Map.of());
        Passage passage = new Passage(
                new PartyCode("MA"),
                new PartyCode("ES"),
                Optional.of(new OffenceCode("fraud.online")),
                Purpose.INVESTIGATION,
                Instant.parse("2026-11-24T09:00:00Z"));

        assertThat(book.check(passage).valid())
                .extracting(basis -> basis.code().value())
                .containsExactly("coe.ets-185");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"type\":\"sharaka.agreements\",\"format\":2}",
                "{\"type\":\"sharaka.agreements\",\"format\":1,\"agreements\":[null]}",
                "{\"type\":\"sharaka.agreements\",\"format\":1,\"surprise\":true}",
                "{\"type\":\"sharaka.agreements\",\"format\":1,\"format\":1}",
                "{\"type\":\"sharaka.agreements\",\"format\":1} more",
                "{\"type\":\"sharaka.agreements\",\"format\":1,\"agreements\":[{\"code\":\"a\",\"kind\":\"pact\"}]}"
            })
    void whatIsNoFileOfAgreementsIsRefused(String file) {
        assertThatThrownBy(() -> AgreementJson.read(file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                        .isIn(AgreementProblem.BAD_FILE, AgreementProblem.NAMES_MISSING));
    }
}
