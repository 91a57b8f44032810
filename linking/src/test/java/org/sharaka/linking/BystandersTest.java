package org.sharaka.linking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BystandersTest {
    @Test
    void theReportersOwnNumberAccountAndMailboxAreBystandersInFourLanguages() {
        for (String own : List.of(
                "Vous pouvez me joindre au 01 99 00 12 34.",
                "Mon adresse mail : jane.roe@mailbox.example",
                "You can reach me on 01 99 00 12 34.",
                "The money left my account DE89370400440532013000.",
                "Mi teléfono: 01 99 00 12 34",
                "Mi correo es jane.roe@mailbox.example",
                "يمكنكم الاتصال بي على 0199001234.",
                "بريدي الإلكتروني jane.roe@mailbox.example")) {
            assertThat(Narratives.labels(KeyKind.BYSTANDER, own)).as(own).isNotEmpty();
        }
    }

    @Test
    void theTrueBanksOrPolicesNumberAndSiteAreBystandersInFourLanguages() {
        for (String turned : List.of(
                "J'ai appelé ma banque au 01 99 00 12 34 pour faire opposition.",
                "Le site officiel est www.banque-horizon.example.",
                "I rang the fraud department of the bank on 01 99 00 12 34.",
                "The genuine helpline (01 99 00 12 34) said no.",
                "Llamé a mi banco al 01 99 00 12 34.",
                "La web auténtica es www.banco-horizonte.example.",
                "اتصلت ببنكي على الرقم 0199001234 فورا.",
                "الرقم الرسمي هو 0199001234 وليس غيره.")) {
            assertThat(Narratives.labels(KeyKind.BYSTANDER, turned)).as(turned).isNotEmpty();
        }
    }

    @Test
    void shorthandAndDarijaAreReadToo() {
        for (String turned : List.of(
                "chui ché Horizon jé apelé le 01 99 00 12 34 il mon bloké la carte",
                "banka dyali Horizon 3ayet l 01 99 00 12 34 ma jawboch",
                "البنكة ديالي عيطت ل 0199001234 والو")) {
            assertThat(Narratives.labels(KeyKind.BYSTANDER, turned)).as(turned).isNotEmpty();
        }
    }

    @Test
    void whereOneThingFollowsTheOtherWithoutAFullStopWordsBelongToWhatTheyStandBefore() {
        String told = "typed my card into https://pay.colis-horizon.example my own bank is Azur their fraud line"
                + " 01 99 00 12 34 was useless his number is 06 39 98 12 34 police said nothing";
        assertThat(Narratives.labels(KeyKind.BYSTANDER, told)).containsExactly("+33 1 99 00 12 34");
    }

    @Test
    void whatTheMessageTellsItsReaderToCallIsNotWhomTheReporterCalled() {
        assertThat(Narratives.labels(
                        KeyKind.BYSTANDER, "Acceso no autorizado, llame al servicio de atención al 01 99 00 12 34"))
                .isEmpty();
        assertThat(Narratives.labels(
                        KeyKind.BYSTANDER, "Llamé al servicio de atención al 01 99 00 12 34 y no contestan"))
                .isNotEmpty();
    }

    @Test
    void theFraudstersTracesAreNot() {
        for (String trace : List.of(
                "On m'a appelé depuis le 01 99 00 12 34.",
                "Un faux conseiller de ma banque m'a appelé du 01 99 00 12 34.",
                "They told me to call my bank on 01 99 00 12 34.",
                "I transferred the money from my savings to the account of a stranger, DE89370400440532013000.",
                "The fake official site is www.banque-horizon.example.",
                "\"Hi mum, my phone broke, my number is now 01 99 00 12 34\"",
                "Me dijeron que llamara a mi banco al 01 99 00 12 34.",
                "قالوا لي اتصل ببنكي على الرقم 0199001234.")) {
            assertThat(Narratives.labels(KeyKind.BYSTANDER, trace)).as(trace).isEmpty();
        }
    }

    @Test
    void aMailboxAtATrueSiteIsABystanderAndAFraudstersMailboxAtTheReportersProviderIsNot() {
        assertThat(Narratives.labels(
                        KeyKind.BYSTANDER,
                        "The genuine site is www.bank-horizon.example. Write to help@bank-horizon.example"))
                .anyMatch(label -> label.startsWith("help@"));
        assertThat(Narratives.labels(
                        KeyKind.BYSTANDER,
                        "My email is jane.roe@mailbox.example. They wrote from john.doe@mailbox.example"))
                .noneMatch(label -> label.startsWith("john.doe@"));
    }

    @Test
    void whatStandsBothAsTheBanksAndAsTheFraudstersIsTheFraudsters() {
        assertThat(Narratives.labels(
                        KeyKind.BYSTANDER,
                        "I called my bank on 01 99 00 12 34. Later they texted me from 01 99 00 12 34."))
                .isEmpty();
    }

    @Test
    void aHotlineThatMostHoldersCallTheirBanksJoinsNoTwoCampaignsNorDoesItWhereItIsNamedBarely() {
        List<String> narratives = new ArrayList<>();
        for (String account : List.of("DE89370400440532013000", "GB82WEST12345698765432")) {
            for (int i = 0; i < 4; i++) {
                narratives.add("Viré vers " + account + ". J'ai appelé ma banque au 01 99 00 12 34 le " + i + ".");
            }
            narratives.add("Viré vers " + account + " et 01 99 00 12 34.");
        }

        assertThat(Narratives.campaigns(narratives))
                .containsExactlyInAnyOrder(Set.of(0, 1, 2, 3, 4), Set.of(5, 6, 7, 8, 9));
    }

    @Test
    void oneVictimsCallToTheBankDoesNotFreeAFraudstersNumber() {
        List<String> narratives = new ArrayList<>();
        for (int i = 0; i < 5; i++) narratives.add("Appels répétés du 01 99 00 12 34 le " + i + ".");
        narratives.add("J'ai appelé ma banque au 01 99 00 12 34.");

        assertThat(Narratives.campaigns(narratives)).containsExactly(Set.of(0, 1, 2, 3, 4, 5));
    }
}
