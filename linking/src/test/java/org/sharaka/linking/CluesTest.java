package org.sharaka.linking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CluesTest {
    @Test
    void thePayeesNameIsReadBehindWhatAnnouncesItInFourLanguages() {
        for (String told : List.of(
                "Le virement était au nom de Zorvan Keltimar.",
                "Bénéficiaire : M. KELTIMAR Zorvan",
                "The account holder is Zorvan Keltimar",
                "payable to Mr Zorvan Keltimar.",
                "La transferencia iba a nombre de Zorvan Keltimar.",
                "كان التحويل باسم Zorvan Keltimar.")) {
            assertThat(canonical(KeyKind.ACCOUNT_NAME, told))
                    .as(told)
                    .contains(hash(KeyKind.ACCOUNT_NAME, "keltimar zorvan"));
        }
        assertThat(Narratives.labels(KeyKind.ACCOUNT_NAME, "المستفيد : سلمان الكرتماري"))
                .isNotEmpty();
    }

    @Test
    void whatIsNoPersonsNameIsNone() {
        for (String told : List.of(
                "in the name of the bank",
                "au nom de PayPal",
                "beneficiary: DE89 3704 0044 0532 0130 00",
                "a nombre de una empresa",
                "My name is Zorvan Keltimar.",
                "payee: WhatsApp Google")) {
            assertThat(Narratives.labels(KeyKind.ACCOUNT_NAME, told)).as(told).isEmpty();
        }
    }

    @Test
    void aSitesNameIsTheSameWithAndWithoutABlank() {
        for (String told : List.of(
                "Tout se passait sur la plateforme Zenor Capital.",
                "the website is called ZenorCapital",
                "una aplicación llamada Zenor Capital",
                "استثمرت عبر منصة تسمى Zenor Capital.")) {
            assertThat(canonical(KeyKind.SITE_NAME, told)).as(told).contains(hash(KeyKind.SITE_NAME, "zenorcapital"));
        }
    }

    @Test
    void aPlatformThatEverybodyUsesOrThatIsNotNamedIsNoSitesName() {
        for (String told : List.of(
                "the app is called WhatsApp",
                "la plateforme est en panne",
                "a platform that I did not know",
                "el sitio se llama Google Play")) {
            assertThat(Narratives.labels(KeyKind.SITE_NAME, told)).as(told).isEmpty();
        }
    }

    @Test
    void theNumberOfACaseIsReadInFourLanguagesHoweverItIsWritten() {
        for (String told : List.of(
                "Ils citaient le dossier n° UN-409796.",
                "case number un409796",
                "número de pedido UN-409796",
                "رقم الملف UN-409796",
                "reference: UN/409796")) {
            assertThat(Narratives.labels(KeyKind.CODE, told)).as(told).containsExactly("UN409796");
        }
    }

    @Test
    void theReportersOwnOrderADateAndAShortNumberAreNoCodes() {
        for (String told : List.of(
                "my order UN-409796",
                "le numéro de mon colis UN-409796",
                "mi pedido UN-409796",
                "case 12/05/2026",
                "order 4411",
                "reference to the message")) {
            assertThat(Narratives.labels(KeyKind.CODE, told)).as(told).isEmpty();
        }
    }

    @Test
    void aNameJoinsThoseWhoNameNothingElse() {
        assertThat(Narratives.campaigns(List.of(
                        "The account holder is Zorvan Keltimar", "beneficiary: KELTIMAR Zorvan", "no name at all")))
                .containsExactly(Set.of(0, 1));
    }

    @Test
    void aNameThatTwoCampaignsShareJoinsThemNot() {
        List<String> narratives = new ArrayList<>();
        for (String account : List.of("DE89370400440532013000", "GB82WEST12345698765432")) {
            for (int i = 0; i < 4; i++) narratives.add("Viré vers " + account + " au nom de Zorvan Keltimar.");
        }

        assertThat(Narratives.campaigns(narratives)).containsExactlyInAnyOrder(Set.of(0, 1, 2, 3), Set.of(4, 5, 6, 7));
    }

    private static List<Long> canonical(KeyKind kind, String told) {
        return Narratives.keys(told).stream()
                .filter(key -> key.kind() == kind)
                .map(LinkKey::hash)
                .toList();
    }

    private static long hash(KeyKind kind, String canonical) {
        return LinkKey.hash(kind, canonical);
    }

    @Test
    void whomTheFraudstersPretendToBeIsNoPayee() {
        assertThat(Narratives.labels(KeyKind.ACCOUNT_NAME, "Objet : escroquerie au nom de Banque Horizon"))
                .isEmpty();
        assertThat(Narratives.labels(KeyKind.ACCOUNT_NAME, "Virement au nom de Jeanne Horizon"))
                .isNotEmpty();
    }
}
