package org.sharaka.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as people paste them, in four languages; everything named belongs to no one. */
class ExtractorTest {
    private static final Extractor EXTRACTOR =
            Extractor.create(ExtractorSettings.with(CardHash.hmacSha256(new byte[32])));

    static Stream<Arguments> messages() {
        return Stream.of(
                m(
                        "MA",
                        "تواصل معي واتساب 0522123456 أو تلغرام @scam_user1 والموقع hxxps://login[.]example[.]com/pay?id=1.",
                        "WHATSAPP +212522123456",
                        "TELEGRAM scam_user1",
                        "URL https://login.example.com/pay?id=1"),
                m(
                        "MA",
                        "رقم البطاقة الوطنية : BK654321 وجواز السفر رقم XY7654321 لوحة الترقيم 5678-ه-7",
                        "IDENTITY_DOCUMENT MA:BK654321",
                        "PASSPORT MA:XY7654321",
                        "PLATE MA:5678-ه-7"),
                m(
                        "MA",
                        "حول المبلغ إلى MA64 ٠١١٥ ١٩٠٠ ٠٠٠١ ٢٠٥٠ ٠٠٥٣ ٤٩٢١ واتصل ب ٠٥٢٢١٢٣٤٥٦",
                        "IBAN MA64011519000001205000534921",
                        "PHONE +212522123456"),
                m(
                        "MA",
                        "حسابه في انستغرام: fake.shop99 وبالواتساب0522123456",
                        "INSTAGRAM fake.shop99",
                        "WHATSAPP +212522123456"),
                m(
                        "MA",
                        "Bonjour, virement sur MA64 0115 1900 0001 2050 0053 4921 svp, mon insta : fake.account99",
                        "IBAN MA64011519000001205000534921",
                        "INSTAGRAM fake.account99"),
                m(
                        "MA",
                        "RIB 011 519 0000012050005349 21, appelez le +212 (0) 5 22 12 34 56 !",
                        "RIB_MA 011519000001205000534921",
                        "PHONE +212522123456"),
                m(
                        "MA",
                        "Ma CIN est BE 123456, passeport n° AB1234567, voiture 12345-أ-6, plaque 4321 د 15",
                        "IDENTITY_DOCUMENT MA:BE123456",
                        "PASSPORT MA:AB1234567",
                        "PLATE MA:12345-أ-6",
                        "PLATE MA:4321-د-15"),
                m(
                        "FR",
                        "Société ICE 001561191000066, SIRET 732 829 320 00074, plaque AB-123-CD, VIN 1M8GDM9AXKP042788",
                        "COMPANY_NUMBER MA:ICE:001561191000066",
                        "COMPANY_NUMBER FR:SIRET:73282932000074",
                        "PLATE FR:AB123CD",
                        "VIN 1M8GDM9AXKP042788"),
                m(
                        "MA",
                        "virement UETR eb6305c9-1f7f-49de-aed0-16487c27b42d, réf virement : ABC-123456",
                        "TRANSACTION uetr:eb6305c9-1f7f-49de-aed0-16487c27b42d",
                        "TRANSACTION ref:MA:ABC123456"),
                m(
                        "MA",
                        "écrivez à contact arobase exemple.example.com ou nom(at)example(dot)org ou « point » : a « point » example.net",
                        "EMAIL contact@exemple.example.com",
                        "EMAIL nom@example.org",
                        "HOST a.example.net"),
                m(
                        "MA",
                        "fixe 05.22.12.34.56/0522123457, ou 00 33 1 99 00 12 34",
                        "PHONE +212522123456",
                        "PHONE +212522123457",
                        "PHONE +33199001234"),
                m(
                        "MA",
                        "le 05/12/2024 puis 05/22/12/34/56, site horizon . com",
                        "PHONE +212522123456",
                        "DOMAIN horizon.com"),
                m(
                        "ES",
                        "matrícula 1234 BCD, DNI 12345678-Z, NIE X1234567L, CIF A58818501",
                        "PLATE ES:1234BCD",
                        "IDENTITY_DOCUMENT ES:12345678Z",
                        "IDENTITY_DOCUMENT ES:X1234567L",
                        "COMPANY_NUMBER ES:CIF:A58818501"),
                m(
                        "ES",
                        "Ma hizo un bizum al 612 34 56 78; su telegram es example_bot; ES91-2100-0418-4502-0005-1332",
                        "PHONE +34612345678",
                        "TELEGRAM example_bot",
                        "IBAN ES9121000418450200051332"),
                m(
                        "GB",
                        "He is @example_user on Telegram, call 020 7946 0018, company number 01234567, passport 123456789",
                        "TELEGRAM example_user",
                        "PHONE +442079460018",
                        "COMPANY_NUMBER GB:CRN:01234567",
                        "PASSPORT GB:123456789"),
                m("US", "call (202) 555-0143 or 1-202-555-0199", "PHONE +12025550143", "PHONE +12025550199"),
                m(
                        "GB",
                        "send USDT to TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t or 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed,"
                                + " btc bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                        "TRX TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
                        "ETH 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                        "BTC bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
                m(
                        "GB",
                        "txid " + "ab12".repeat(16) + " then sha256 " + "cd34".repeat(16) + " and " + "ef56".repeat(16),
                        "TRANSACTION chain:" + "ab12".repeat(16),
                        "FILE_HASH " + "cd34".repeat(16),
                        "FILE_HASH " + "ef56".repeat(16)),
                m(
                        "GB",
                        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
                        "PASSPORT ZZ:L898902C3"),
                m(
                        "GB",
                        "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
                        "IDENTITY_DOCUMENT ZZ:D23145890"),
                m(
                        "GB",
                        "https://known.example%E2%88%95abc@real-host.example/ and \"g.example.net\" h.example.org… (https://d.example/a_(b))",
                        "URL https://real-host.example/",
                        "HOST g.example.net",
                        "HOST h.example.org",
                        "URL https://d.example/a_(b)"),
                m(
                        "GB",
                        "192.0.2.1:8080/admin 192.0.2.0/24 2001:db8::1 http[:]//b[.]example h**ps://c.example/x?y=1#f",
                        "URL https://192.0.2.1:8080/admin",
                        "IPV4 192.0.2.0",
                        "IPV6 2001:db8::1",
                        "URL http://b.example/",
                        "URL https://c.example/x?y=1"),
                m(
                        "MA",
                        "موقعexample.comهنا و https://example.com/pathمثال ثم http://مثال.إختبار/ كلمة",
                        "DOMAIN example.com",
                        "URL https://example.com/path",
                        "URL http://xn--mgbh0fb.xn--kgbechtv/"),
                m(
                        "MA",
                        "0️⃣5️⃣2️⃣2️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣ ou 05\u200b22\u202a123456 ou ⓪⑤②②①②③④⑤⑥ ou 𝟎𝟓𝟐𝟐𝟏𝟐𝟑𝟒𝟓𝟔 ou ０５２２１２３４５６",
                        "PHONE +212522123456",
                        "PHONE +212522123456",
                        "PHONE +212522123456",
                        "PHONE +212522123456",
                        "PHONE +212522123456"),
                m(
                        "GB",
                        "insta:@fake_shop, tiktok @shop.official, follow @example on instagram, https://m.facebook.com/some.page/posts/12",
                        "INSTAGRAM fake_shop",
                        "TIKTOK shop.official",
                        "INSTAGRAM example",
                        "URL https://m.facebook.com/some.page/posts/12"),
                m(
                        "GB",
                        "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1 litecoin 3CDJNfdWX8m2NwuGUV3nhXHXEeLygMXoAj",
                        "LTC LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1",
                        "LTC MJRSgZ3UUFcTBTBAaN38XAXvZLwRe8WVw7"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageNamesWhatAReaderSeesInIt(String region, String text, List<String> expected) {
        assertThat(EXTRACTOR.extract(text, Region.of(region)).stream()
                        .map(mention -> mention.identifier().kind() + " "
                                + mention.identifier().canonical()))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "J'ai payé 3 500,00 DH le 12/05/2024 à 14h30, commande 2024123456, code 123456, né le 01.02.1990.",
                "Il m'a dit : fin du paiement.Il est parti. Merci.Et alors ? p.ex. M.Alami, etc.",
                "fichier.pdf archive.zip readme.md v1.2.3 12.50 a.b node.js index.html U.S.A. e.g. i.e. test@localhost",
                "le 05-12-2024 10:30, le 2024-12-05 10:30:59, 12 345 678 DH, 1 500 000 dirhams",
                "تم خصم ١٥٠٠ درهم يوم ١٢/٠٥/٢٠٢٤ على الساعة ١٠:٣٠ من حسابي",
                "El 12.05.2024 pagué 1.500,00 euros por el pedido 998877",
                "@someone told me about it; the company paid 150000 pounds",
                "aa:bb:cc:dd:ee:ff 12:30:45 std::vector ::: a::b",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD GB83 WEST 1234 5698 7654 32 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3"
            })
    void ordinaryTextNamesNothing(String text) {
        assertThat(EXTRACTOR.extract(text, Region.of("MA"))).isEmpty();
    }

    @Test
    void aSpanIsWhereTheThingStandsInTheTextAsGiven() {
        String text = "voir hxxps://pay[.]example[.]com/x, tél. ٠٥٢٢ ١٢ ٣٤ ٥٦.";

        assertThat(EXTRACTOR.extract(text, Region.of("MA")).stream()
                        .map(mention -> text.substring(mention.start(), mention.end())))
                .containsExactly("hxxps://pay[.]example[.]com/x", "٠٥٢٢ ١٢ ٣٤ ٥٦");
    }

    @Test
    void aCardIsNeverFoundWhole() {
        List<Mention> mentions = EXTRACTOR.extract("carte 4111 1111 1111 1111 exp 12/27", Region.of("MA"));

        assertThat(mentions).hasSize(1);
        assertThat(mentions.get(0).identifier().kind()).isEqualTo(IdentifierKind.CARD);
        assertThat(mentions.get(0).identifier().display()).isEqualTo("411111******1111");
        assertThat(mentions.toString()).doesNotContain("4111111111111111");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "4111.1111.1111.1111",
                "٤١١١١١١١١١١١١١١١",
                "4111\n1111\n1111\n1111",
                "cb4111111111111111",
                "4111\u200b1111\u200b1111\u200b1111",
                "４１１１１１１１１１１１１１１１",
                "4111 1111 1111 1111 12/27 123",
                "https://x.example/?pan=4111111111111111&y"
            })
    void aNarrativeIsKeptWithoutWholeCardNumbers(String written) {
        String redacted = EXTRACTOR.redactCards("Ma carte : " + written + " voilà.");

        assertThat(redacted)
                .contains("411111******1111")
                .startsWith("Ma carte : ")
                .endsWith(" voilà.");
        assertThat(EXTRACTOR.extract(redacted, Region.of("MA")))
                .noneMatch(mention -> mention.identifier().kind() == IdentifierKind.CARD);
    }

    @Test
    void aBlobOfNumberExpiryAndCodeIsMaskedToo() {
        assertThat(EXTRACTOR.redactCards("41111111111111111227123")).isEqualTo("411111******11111227123");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RIB 011519000001205000534921",
                "MA64 0115 1900 0001 2050 0053 4921",
                "0522123456",
                "+212 522 12 34 56",
                "facture 4111111111111112",
                "DE89 3704 0044 0532 0130 00"
            })
    void whatIsNoCardIsLeftAlone(String text) {
        assertThat(EXTRACTOR.redactCards(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "://",
                "http://",
                "a@",
                "@a ",
                "1 ",
                "0 6",
                "0522 ",
                "((((",
                "MA64",
                "MA64 ",
                "[.]",
                "+1-",
                "@a telegram ",
                "f:",
                "a.",
                "a-",
                "1.",
                "<<<<",
                "passeport 1 ",
                "0x",
                "\uD83D",
                "\u064B",
                "http://a.example/(",
                "4111 ",
                "plaque A 1 "
            })
    void hostileTextOfAMegabyteTakesSecondsAtMost(String unit) {
        String text = unit.repeat((1 << 20) / unit.length());

        List<Mention> mentions =
                Assertions.assertTimeout(Duration.ofSeconds(30), () -> EXTRACTOR.extract(text, Region.of("MA")));

        assertThat(mentions.size()).isLessThanOrEqualTo(ExtractorSettings.MENTIONS_MAX_DEFAULT);
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> EXTRACTOR.redactCards(text));
    }

    @Test
    void aReportOfTenThousandIdentifiersIsCutAtTheCap() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10_000; i++) text.append("user").append(i).append("@example.com ");
        Extractor capped = Extractor.create(new ExtractorSettings(CardHash.hmacSha256(new byte[32]), 500));

        assertThat(EXTRACTOR.extract(text, Region.of("MA"))).hasSize(10_000);
        assertThat(capped.extract(text, Region.of("MA"))).hasSize(500);
        assertThatThrownBy(() -> new ExtractorSettings(CardHash.hmacSha256(new byte[32]), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> CardHash.hmacSha256(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    private static Arguments m(String region, String text, String... expected) {
        return Arguments.of(region, text, List.of(expected));
    }
}
