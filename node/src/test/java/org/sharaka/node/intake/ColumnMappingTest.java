package org.sharaka.node.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.node.platform.ProblemException;

class ColumnMappingTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void publicFilesOfIndicatorsAreUnderstoodByTheirHeaders() throws Exception {
        ReportDraft tweet = read(
                ImportKind.CSV_INDICATORS,
                List.of("date", "type", "value", "tags"),
                List.of("2025-01-01 01:49:12", "domain", "login.example", "#phishing #scam"));

        assertThat(tweet.identifiers()).containsExactly(new GivenIdentifier(IdentifierKind.HOST, "login.example"));
        assertThat(tweet.labels()).containsExactly("#phishing", "#scam");
        assertThat(tweet.occurredAt()).contains(OccurredAt.exactly(Instant.parse("2025-01-01T01:49:12Z")));
        assertThat(tweet.category()).isEqualTo(Category.PHISHING);
    }

    @Test
    void aBlankDateIsNotSaid() throws Exception {
        ReportDraft row = read(
                ImportKind.CSV_INDICATORS,
                List.of("date", "URL", "description"),
                List.of(" ", "https://accout.example/", "カード"));

        assertThat(row.occurredAt()).isEmpty();
        assertThat(row.identifiers())
                .containsExactly(new GivenIdentifier(IdentifierKind.URL, "https://accout.example/"));
        assertThat(row.labels()).containsExactly("カード");
        assertThat(row.narrative()).isEmpty();
    }

    @Test
    void aNationalFileOfReportsIsUnderstoodByItsHeader() throws Exception {
        ReportDraft row = read(
                ImportKind.CSV_REPORTS,
                List.of("date", "country", "province", "category", "gender", "dollar_loss_cad"),
                List.of("2022-01-01", "Canada", "Ontario", "Service", "Male", "371000.00"));

        assertThat(row.country()).contains("CA");
        assertThat(row.locality()).contains("Ontario");
        assertThat(row.category()).isEqualTo(Category.ONLINE_FRAUD);
        assertThat(row.labels()).as("the source's own word is kept").containsExactly("Service");
        assertThat(row.money()).singleElement().satisfies(amount -> {
            assertThat(amount.money().amount()).isEqualByComparingTo("371000");
            assertThat(amount.money().currency().getCurrencyCode()).isEqualTo("CAD");
        });
    }

    @Test
    void nothingLostIsNoMoney() throws Exception {
        ReportDraft row = read(
                ImportKind.CSV_REPORTS,
                List.of("category", "dollar_loss_cad", "country"),
                List.of("PHISHING", "0.00", "Not Specified"));

        assertThat(row.money()).isEmpty();
        assertThat(row.country()).isEmpty();
    }

    @Test
    void whatIsStatedGoesBeforeWhatIsGuessed() throws Exception {
        ColumnMapping mapping = ColumnMapping.of(
                ImportKind.CSV_REPORTS,
                List.of("Quand", "Compte", "Récit", "Montant"),
                Map.of("Quand", "time", "Compte", "identifier:IBAN", "Montant", "amount:MAD"));
        ReportDraft row = reader(mapping, ImportKind.CSV_REPORTS)
                .read(List.of("2026-01-02", "MA64 0115", "J’ai payé", "1 200,50"), NOON);

        assertThat(row.identifiers()).containsExactly(new GivenIdentifier(IdentifierKind.IBAN, "MA64 0115"));
        assertThat(row.narrative()).isEqualTo("J’ai payé");
        assertThat(row.money().get(0).money().amount()).isEqualByComparingTo("1200.50");
    }

    @Test
    void aMappingOfAColumnThatIsNotThereIsRefused() {
        assertThatThrownBy(() ->
                        ColumnMapping.of(ImportKind.CSV_REPORTS, List.of("a", "category"), Map.of("b", "narrative")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(IntakeProblem.BAD_MAPPING))
                .hasMessageContaining("a, category");
    }

    @Test
    void aFileInWhichNothingIsUnderstoodIsRefused() {
        assertThatThrownBy(() -> ColumnMapping.of(ImportKind.CSV_INDICATORS, List.of("foo", "bar"), Map.of()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aWrongValueIsRefusedWithItsColumn() {
        assertThatThrownBy(() -> read(
                        ImportKind.CSV_INDICATORS,
                        List.of("date", "type", "value"),
                        List.of("soon", "domain", "a.example")))
                .isInstanceOfSatisfying(RowReader.ColumnProblem.class, e -> {
                    assertThat(e.column()).isEqualTo("date");
                    assertThat(e.code()).isEqualTo("intake.bad-time");
                });
    }

    @Test
    void aRowWithAnotherNumberOfColumnsIsRefused() {
        assertThatThrownBy(() -> read(ImportKind.CSV_REPORTS, List.of("category"), List.of("PHISHING", "x")))
                .isInstanceOfSatisfying(
                        RowReader.ColumnProblem.class, e -> assertThat(e.code()).isEqualTo("intake.columns-differ"));
    }

    @Test
    void countriesAreKnownByCodeAndNameInFourLanguages() {
        for (String name : new String[] {"MA", "mar", "Morocco", "Maroc", "المغرب", "Marruecos"}) {
            assertThat(CountryNames.codeOf(name)).as(name).contains("MA");
        }
        assertThat(CountryNames.codeOf("Korea, Republic of")).contains("KR");
        assertThat(CountryNames.codeOf("Iran, Islamic Republic of")).contains("IR");
        assertThatThrownBy(() -> CountryNames.codeOf("Borduria")).isInstanceOf(ProblemException.class);
    }

    private static ReportDraft read(ImportKind kind, List<String> header, List<String> fields)
            throws RowReader.ColumnProblem {
        return reader(ColumnMapping.of(kind, header, Map.of()), kind).read(fields, NOON);
    }

    private static RowReader reader(ColumnMapping mapping, ImportKind kind) {
        return new RowReader(mapping, kind, ZoneOffset.UTC, Optional.empty(), Optional.empty());
    }
}
