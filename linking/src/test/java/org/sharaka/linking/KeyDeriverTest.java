package org.sharaka.linking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.SharedInfrastructure;

class KeyDeriverTest {
    private final KeyDeriver deriver = new KeyDeriver(LinkPolicy.standard(), SharedInfrastructure.bundled());

    @Test
    void aMoroccanRibAndItsIbanAreOneKey() {
        List<LinkKey> rib = keys(IdentifierKind.RIB_MA, "011519000001205000534921");
        List<LinkKey> iban = keys(IdentifierKind.IBAN, "MA64011519000001205000534921");

        assertThat(rib).hasSize(1);
        assertThat(iban).extracting(LinkKey::hash).containsExactly(rib.get(0).hash());
    }

    @Test
    void aShortenedLinkLinksByItsWholeAddressAndNeverByTheShortener() {
        List<LinkKey> one = keys(IdentifierKind.URL, "https://bit.ly/3xAbCd9");
        List<LinkKey> other = keys(IdentifierKind.URL, "https://bit.ly/7yEfGh1");

        assertThat(one).anySatisfy(key -> assertThat(key.kind()).isEqualTo(KeyKind.URL));
        assertThat(one).filteredOn(key -> !key.listed()).doesNotContainAnyElementsOf(other);
        assertThat(one).filteredOn(key -> key.kind() == KeyKind.DOMAIN).allMatch(LinkKey::listed);
    }

    @Test
    void copiesOfOneKitOnTwoDomainsShareTheirPath() {
        List<LinkKey> one =
                keys(IdentifierKind.URL, "https://suivi-colis.example/reglement/livreur/etape2.php?ref=8812");
        List<LinkKey> other =
                keys(IdentifierKind.URL, "https://colis-info.example/reglement/livreur/etape2.php?ref=77");

        assertThat(one).filteredOn(key -> key.kind() == KeyKind.PATH_SHAPE).hasSize(1);
        assertThat(other)
                .containsAll(one.stream()
                        .filter(key -> key.kind() == KeyKind.PATH_SHAPE)
                        .toList());
    }

    @Test
    void whatEverySiteHasIsNoFingerprint() {
        for (String path : List.of(
                "/", "/login", "/index.php?id=7", "/wp-content/plugins/thing/kitname.php", "/fr/account/login")) {
            assertThat(keys(IdentifierKind.URL, "https://a-site.example" + path))
                    .noneMatch(key -> key.kind() == KeyKind.PATH_SHAPE);
        }
    }

    @Test
    void theSameMessageInsideTwoStoriesInFourLanguagesSharesAKey() {
        for (String message : List.of(
                "Votre colis est retenu en douane, veuillez régler les frais de livraison avant minuit. Passé ce délai il sera renvoyé à l’expéditeur et les frais resteront à votre charge",
                "Your parcel is being held at customs, please settle the delivery fee before midnight. After that it will be sent back to the sender and the costs will be charged to you",
                "Su paquete está retenido en la aduana, por favor pague los gastos de entrega antes de medianoche. Después será devuelto al remitente y los gastos correrán por cuenta de usted",
                "طردكم محتجز لدى الجمارك، المرجو أداء مصاريف التوصيل قبل منتصف الليل من هذا اليوم. بعد ذلك سيتم إرجاعه إلى المرسل مباشرة وستتحملون كل المصاريف المترتبة عن ذلك دون استثناء")) {
            List<LinkKey> one = deriver.derive(new Evidence(List.of(), "Hier. « " + message + " ». Que faire ?"));
            List<LinkKey> other = deriver.derive(
                    new Evidence(List.of(), message.toUpperCase(Locale.ROOT) + "\nI paid and lost 300."));

            assertThat(one).as(message).isNotEmpty();
            assertThat(other).containsAnyElementsOf(one);
        }
    }

    @Test
    void numbersAndLinksInAMessageMayChange() {
        List<LinkKey> one = deriver.derive(
                new Evidence(
                        List.of(),
                        "Dear customer your account 4471 will be closed tonight and your savings blocked unless you confirm who you are at https://a.example/x"));
        List<LinkKey> other = deriver.derive(
                new Evidence(
                        List.of(),
                        "Dear customer your account 9920 will be closed tonight and your savings blocked unless you confirm who you are at http://b.example/y"));

        assertThat(one).isNotEmpty().isEqualTo(other);
    }

    @Test
    void aSingleShortSentenceTiesNobody() {
        for (String sentence : List.of(
                "I kept screenshots of the whole chat if you need them",
                "Je garde toutes les captures d'écran si vous en avez besoin",
                "Guardo capturas de todo por si las necesitan",
                "احتفظت بصور من المحادثة كلها إن كنتم في حاجة إليها")) {
            assertThat(deriver.derive(new Evidence(List.of(), sentence + ".")))
                    .as(sentence)
                    .isEmpty();
        }
    }

    @Test
    void aGeneralPageOfAPopularSiteTiesNobodyButOneItemDoes() {
        assertThat(keys(IdentifierKind.URL, "https://play.google.com/store"))
                .noneMatch(key -> key.kind() == KeyKind.URL);
        assertThat(keys(IdentifierKind.URL, "https://play.google.com/store/apps/details?id=com.fakebank4u"))
                .anyMatch(key -> key.kind() == KeyKind.URL && !key.listed());
        assertThat(keys(IdentifierKind.URL, "https://bit.ly/abcXYZ"))
                .anyMatch(key -> key.kind() == KeyKind.URL && !key.listed());
    }

    private List<LinkKey> keys(IdentifierKind kind, String canonical) {
        return deriver.derive(new Evidence(List.of(new Identifier(kind, canonical, canonical)), ""));
    }
}
