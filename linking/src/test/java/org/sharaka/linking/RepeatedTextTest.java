package org.sharaka.linking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepeatedTextTest {
    private static final String MESSAGE =
            "\"Your parcel is held at the depot because a fee of 1.99 was not paid, settle it before tonight or it goes back\"";

    private static final List<String> ACCOUNTS = List.of("DE89370400440532013000", "GB82WEST12345698765432");

    @Test
    void aMessageJoinsThoseWhoNameNothingToTheOneCampaignThatSendsIt() {
        List<String> narratives = new ArrayList<>();
        for (int i = 0; i < 6; i++) narratives.add(MESSAGE + " I paid to " + ACCOUNTS.get(0));
        narratives.add("Yesterday I got this: " + MESSAGE);

        assertThat(Narratives.campaigns(narratives)).containsExactly(Set.of(0, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void aMessageThatTwoCampaignsSendJoinsNeitherEachOtherNorThoseWhoNameNothing() {
        List<String> narratives = new ArrayList<>();
        for (String account : ACCOUNTS) {
            for (int i = 0; i < 4; i++) narratives.add(MESSAGE + " I paid to " + account);
        }
        narratives.add("Yesterday I got this: " + MESSAGE);

        assertThat(Narratives.campaigns(narratives)).containsExactlyInAnyOrder(Set.of(0, 1, 2, 3), Set.of(4, 5, 6, 7));
    }

    @Test
    void aMessageWithALinkOfItsOwnForEveryVictimIsOneCampaign() {
        List<String> narratives = new ArrayList<>();
        for (int i = 0; i < 8; i++) narratives.add(MESSAGE + " https://depot-" + i + "kq.example/pay");

        assertThat(Narratives.campaigns(narratives)).hasSize(1);
    }

    @Test
    void aMessageIsFoundInsideWhatRunsOnWithoutAFullStop() {
        String message =
                "the village band voted you honorary patron and your bursary is waiting our treasurer only needs the fee";
        List<String> narratives = new ArrayList<>();
        for (String name : List.of("Roe", "Poe", "Loe", "Doe", "Moe", "Noe", "Zoe")) {
            narratives.add("hi got this today from nobody i know Dear " + name + " " + message + " number "
                    + name.hashCode() + " is it true asks " + name);
        }

        assertThat(Narratives.campaigns(narratives)).containsExactly(Set.of(0, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void aMessageThatFewSendEachWithAnotherAccountJoinsNobody() {
        List<String> narratives = new ArrayList<>();
        for (int i = 0; i < 4; i++) narratives.add(MESSAGE + " https://depot-" + i + "kq.example/pay");

        assertThat(Narratives.campaigns(narratives)).isEmpty();
    }

    @Test
    void whatVictimsTellOfThemselvesJoinsNobody() {
        for (String story : List.of(
                "I entered my card details and a few minutes later I saw several payments that I never authorised.",
                "J'ai saisi mes coordonnées bancaires et quelques minutes plus tard j'ai vu plusieurs débits inconnus.",
                "Yo tengo capturas de pantalla de todas mis conversaciones y se guardaron bien en mi ordenador de casa.",
                "أدخلت معطيات بطاقتي وبعد دقائق قليلة رأيت عدة عمليات سحب من حسابي لم أقم بها أبدا ولم أوافق عليها.")) {
            assertThat(Narratives.campaigns(List.of(story, story, story, story)))
                    .as(story)
                    .isEmpty();
        }
    }

    @Test
    void oneSentenceOfAFewLoneReportsIsTooLittle() {
        String sentence = "The parcel company wanted a small fee for another delivery on the next day.";

        assertThat(Narratives.campaigns(List.of(sentence, sentence, sentence))).isEmpty();
    }
}
