package org.sharaka.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.identifiers.IdentifierKind.*;
import static org.sharaka.identifiers.InvalidReason.*;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Single values of every kind: valid, invalid, hostile. Numbers are published examples or belong to no one. */
class IdentifiersTest {
    private static final Region MA = Region.of("MA");
    private static final Region FR = Region.of("FR");
    private static final Region ES = Region.of("ES");
    private static final Region GB = Region.of("GB");
    private static final CardHash HASH = CardHash.hmacSha256(new byte[32]);

    static Stream<Arguments> valid() {
        return Stream.of(
                v(URL, MA, "http://example.com", "http://example.com/"),
                v(URL, MA, "HTTPS://EXAMPLE.com:443/A/./b/../C?x=%7e&y=%2f#frag", "https://example.com/A/C?x=~&y=%2F"),
                v(URL, MA, "hxxps://pay[.]example[.]com/x", "https://pay.example.com/x"),
                v(URL, MA, "example.com/login", "https://example.com/login"),
                v(
                        URL,
                        MA,
                        "https://known.example%E2%88%95abc%E2%88%95def@real-host.example/",
                        "https://real-host.example/"),
                v(
                        URL,
                        MA,
                        "https://known.example:pass@word@real-host.example:8443/",
                        "https://real-host.example:8443/"),
                v(URL, MA, "http:\\\\example.com\\a", "http://example.com/a"),
                v(URL, MA, "http://0x7f.1/", "http://127.0.0.1/"),
                v(URL, MA, "http://3232235777/x", "http://192.168.1.1/x"),
                v(URL, MA, "http://[2001:DB8:0:0:0:0:0:1]:80/", "http://[2001:db8::1]/"),
                v(URL, MA, "http://bücher.example/ä", "http://xn--bcher-kva.example/%C3%A4"),
                v(URL, MA, "http://ｅｘａｍｐｌｅ。com/", "http://example.com/"),
                v(
                        URL,
                        MA,
                        "https://pay.example/?pan=4111111111111111&x=1",
                        "https://pay.example/?pan=411111******1111&x=1"),
                v(HOST, MA, "WWW.Example.COM.", "www.example.com"),
                v(HOST, MA, "faß.example", "xn--fa-hia.example"),
                v(HOST, MA, "exa\u200Bmple.com", "example.com"),
                v(HOST, MA, "a_b.example", "a_b.example"),
                v(DOMAIN, MA, "example.co.uk", "example.co.uk"),
                v(DOMAIN, MA, "tenant.github.io", "tenant.github.io"),
                v(DOMAIN, MA, "tenant.onedumb.com", "tenant.onedumb.com"),
                v(EMAIL, MA, "Jean.Exemple+x@Example.COM", "jean.exemple+x@example.com"),
                v(EMAIL, MA, "j.o.h.n+spam@googlemail.com", "john@gmail.com"),
                v(EMAIL, MA, "mailto:a@example.com?subject=x", "a@example.com"),
                v(EMAIL, MA, "user[at]example(dot)org", "user@example.org"),
                v(PHONE, MA, "0522 12 34 56", "+212522123456"),
                v(PHONE, MA, "00212 522-123456", "+212522123456"),
                v(PHONE, MA, "+212 (0) 522 12.34.56", "+212522123456"),
                v(PHONE, MA, "٠٥٢٢١٢٣٤٥٦", "+212522123456"),
                v(PHONE, MA, "212522123456", "+212522123456"),
                v(PHONE, GB, "020 7946 0018", "+442079460018"),
                v(PHONE, GB, "07700 900123", "+447700900123"),
                v(PHONE, Region.UNKNOWN, "+33 6 39 98 12 34", "+33639981234"),
                v(PHONE, Region.UNKNOWN, "tel:+1-202-555-0143", "+12025550143"),
                v(IBAN, MA, "MA64 0115 1900 0001 2050 0053 4921", "MA64011519000001205000534921"),
                v(IBAN, MA, "iban: gb82-west-1234.5698 7654 32", "GB82WEST12345698765432"),
                v(IBAN, MA, "FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"),
                v(IBAN, MA, "ES91٢١٠٠ 0418 4502 0005 1332", "ES9121000418450200051332"),
                v(RIB_MA, MA, "011 519 0000012050005349 21", "011519000001205000534921"),
                v(BTC, MA, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),
                v(BTC, MA, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
                v(BTC, MA, "bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=1", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),
                v(ETH, MA, "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359"),
                v(TRX, MA, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
                v(TRX, MA, "41a614f803b6fd780986a42c78ec9c7f77e6ded13c", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
                v(LTC, MA, "3CDJNfdWX8m2NwuGUV3nhXHXEeLygMXoAj", "MJRSgZ3UUFcTBTBAaN38XAXvZLwRe8WVw7"),
                v(LTC, MA, "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1"),
                v(XMR, MA, MONERO, MONERO),
                v(TELEGRAM, MA, "@Example_Bot", "example_bot"),
                v(TELEGRAM, MA, "https://t.me/Example_Bot?start=1", "example_bot"),
                v(TELEGRAM, MA, "t.me/joinchat/AAAAAEXAMPLE-x", "invite:AAAAAEXAMPLE-x"),
                v(TELEGRAM, MA, "t.me/+AbCdEfGhIjK", "invite:AbCdEfGhIjK"),
                v(WHATSAPP, MA, "0522123456", "+212522123456"),
                v(WHATSAPP, MA, "https://api.whatsapp.com/send?phone=212522123456&text=x", "+212522123456"),
                v(WHATSAPP, MA, "wa.me/212522123456", "+212522123456"),
                v(WHATSAPP, MA, "https://chat.whatsapp.com/AbCdEfGhIjKlMnOp", "group:AbCdEfGhIjKlMnOp"),
                v(INSTAGRAM, MA, "https://www.instagram.com/Example.User/?hl=fr", "example.user"),
                v(FACEBOOK, MA, "https://m.facebook.com/Example.User", "exampleuser"),
                v(FACEBOOK, MA, "facebook.com/profile.php?id=100000000000001", "id:100000000000001"),
                v(TIKTOK, MA, "https://www.tiktok.com/@example.user", "example.user"),
                v(X, MA, "https://twitter.com/Example_User", "example_user"),
                v(IPV4, MA, "192.0.2.1", "192.0.2.1"),
                v(IPV4, MA, "192[.]0[.]2[.]1", "192.0.2.1"),
                v(IPV6, MA, "2001:0DB8::0:1", "2001:db8::1"),
                v(FILE_HASH, MA, "D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e"),
                v(VIN, MA, "1M8GDM9AXKP042788", "1M8GDM9AXKP042788"),
                v(VIN, MA, "wvwzzz1jzxw000001", "WVWZZZ1JZXW000001"),
                v(PLATE, MA, "12345-أ-6", "MA:12345-أ-6"),
                v(PLATE, MA, "12345 A 6", "MA:12345-أ-6"),
                v(PLATE, MA, "6 | ا | 12345", "MA:12345-أ-6"),
                v(PLATE, MA, "١٢٣٤٥ هـ ٦", "MA:12345-ه-6"),
                v(PLATE, ES, "1234-bcd", "ES:1234BCD"),
                v(PLATE, FR, "aa 123 aa", "FR:AA123AA"),
                v(PLATE, Region.of("DE"), "B-XY 1234", "DE:BXY1234"),
                v(PASSPORT, MA, "ab 1234567", "MA:AB1234567"),
                v(PASSPORT, MA, "FR:12AB34567", "FR:12AB34567"),
                v(IDENTITY_DOCUMENT, MA, "BE 123456", "MA:BE123456"),
                v(IDENTITY_DOCUMENT, ES, "12345678-z", "ES:12345678Z"),
                v(IDENTITY_DOCUMENT, ES, "X1234567L", "ES:X1234567L"),
                v(IDENTITY_DOCUMENT, FR, "880692310285", "FR:880692310285"),
                v(COMPANY_NUMBER, MA, "00 21 36 09 30 00 040", "MA:ICE:002136093000040"),
                v(COMPANY_NUMBER, FR, "732 829 320", "FR:SIREN:732829320"),
                v(COMPANY_NUMBER, FR, "73282932000074", "FR:SIRET:73282932000074"),
                v(COMPANY_NUMBER, FR, "35600000049837", "FR:SIRET:35600000049837"),
                v(COMPANY_NUMBER, ES, "A58818501", "ES:CIF:A58818501"),
                v(COMPANY_NUMBER, GB, "sc123456", "GB:CRN:SC123456"),
                v(COMPANY_NUMBER, GB, "1234567", "GB:CRN:01234567"),
                v(TRANSACTION, MA, "0x" + "Ab".repeat(32), "chain:" + "ab".repeat(32)),
                v(TRANSACTION, MA, "EB6305C9-1F7F-49DE-AED0-16487C27B42D", "uetr:eb6305c9-1f7f-49de-aed0-16487c27b42d"),
                v(TRANSACTION, MA, "vir-2024/000123", "ref:MA:VIR2024000123"));
    }

    /** The first address of Monero's own documentation of its format. */
    private static final String MONERO =
            "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";

    static Stream<Arguments> invalid() {
        return Stream.of(
                i(URL, MA, "   ", EMPTY),
                i(URL, MA, "javascript://example.com/%0aalert(1)", UNKNOWN_SCHEME),
                i(URL, MA, "http://localhost/", WRONG_HOST),
                i(URL, MA, "http:///x", WRONG_HOST),
                i(URL, MA, "http://exa mple.com/", WRONG_HOST),
                i(URL, MA, "http://example.com:99999/", WRONG_HOST),
                i(URL, MA, "http://1.2.3.4.5/", WRONG_HOST),
                i(URL, MA, "http://256.256.256.256/", WRONG_HOST),
                i(URL, MA, "http://[::1::2]/", WRONG_HOST),
                i(URL, MA, "http://a.example/" + "x".repeat(2100), TOO_LONG),
                i(HOST, MA, "-", WRONG_HOST),
                i(HOST, MA, "a..b", WRONG_HOST),
                i(HOST, MA, "a".repeat(64) + ".com", WRONG_HOST),
                i(HOST, MA, "xn--a.com", WRONG_HOST),
                i(HOST, MA, "1.2.3.4", WRONG_HOST),
                i(DOMAIN, MA, "co.uk", PUBLIC_SUFFIX),
                i(DOMAIN, MA, "github.io", PUBLIC_SUFFIX),
                i(DOMAIN, MA, "www.example.com", WRONG_STRUCTURE),
                i(EMAIL, MA, "example.com", WRONG_STRUCTURE),
                i(EMAIL, MA, ".a@example.com", WRONG_STRUCTURE),
                i(EMAIL, MA, "a b@example.com", WRONG_CHARACTER),
                i(EMAIL, MA, "a@b", WRONG_HOST),
                i(EMAIL, MA, "a".repeat(65) + "@example.com", InvalidReason.TOO_LONG),
                i(PHONE, MA, "0022", IMPOSSIBLE_NUMBER),
                i(PHONE, MA, "0312345678", IMPOSSIBLE_NUMBER),
                i(PHONE, Region.UNKNOWN, "+33 7 00 00 00 00", IMPOSSIBLE_NUMBER),
                i(PHONE, MA, "05221234567890123456789", InvalidReason.TOO_LONG),
                i(PHONE, MA, "1-800-FLOWERS", WRONG_CHARACTER),
                i(PHONE, Region.UNKNOWN, "0522123456", IMPOSSIBLE_NUMBER),
                i(IBAN, MA, "MA65 0115 1900 0001 2050 0053 4921", WRONG_CHECK_DIGITS),
                i(IBAN, MA, "MA64 0115 1900 0001 2050 0053 492", WRONG_LENGTH),
                i(IBAN, MA, "QQ64 0115 1900 0001 2050 0053 4921", UNKNOWN_COUNTRY),
                i(IBAN, MA, "GB82 1234 1234 5698 7654 32", WRONG_STRUCTURE),
                i(RIB_MA, MA, "011519000001205000534922", WRONG_CHECK_DIGITS),
                i(RIB_MA, MA, "000000000000000000000000", WRONG_CHECK_DIGITS),
                i(RIB_MA, MA, "01151900000120500053492", WRONG_LENGTH),
                i(RIB_MA, MA, "01151900000120500053492X", WRONG_CHARACTER),
                i(CARD, MA, "4111 1111 1111 1112", WRONG_CHECK_DIGITS),
                i(CARD, MA, "1111 1111 1111 1117", UNKNOWN_CARD_RANGE),
                i(CARD, MA, "4111", WRONG_LENGTH),
                i(CARD, MA, "4111 1111 1111 111X", WRONG_CHARACTER),
                i(BTC, MA, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3", WRONG_CHECK_DIGITS),
                i(BTC, MA, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN0", WRONG_CHECK_DIGITS),
                i(BTC, MA, "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", WRONG_STRUCTURE),
                i(BTC, MA, "1111", WRONG_LENGTH),
                i(ETH, MA, "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d35A", WRONG_CHECK_DIGITS),
                i(ETH, MA, "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d35", WRONG_LENGTH),
                i(ETH, MA, "0xgB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", WRONG_CHARACTER),
                i(TRX, MA, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u", WRONG_CHECK_DIGITS),
                i(TRX, MA, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", WRONG_STRUCTURE),
                i(LTC, MA, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", WRONG_STRUCTURE),
                i(XMR, MA, MONERO.substring(0, 94) + "B", WRONG_CHECK_DIGITS),
                i(TELEGRAM, MA, "@abc", WRONG_LENGTH),
                i(TELEGRAM, MA, "@1example", WRONG_STRUCTURE),
                i(TELEGRAM, MA, "https://t.me/", NOT_AN_ACCOUNT),
                i(TELEGRAM, MA, "https://example.com/name", NOT_AN_ACCOUNT),
                i(INSTAGRAM, MA, "https://instagram.com/p/Cabc", NOT_AN_ACCOUNT),
                i(INSTAGRAM, MA, "accounts", NOT_AN_ACCOUNT),
                i(FACEBOOK, MA, "https://facebook.com/sharer.php?u=x", NOT_AN_ACCOUNT),
                i(X, MA, "exa-mple", WRONG_CHARACTER),
                i(X, MA, "a".repeat(16), WRONG_LENGTH),
                i(WHATSAPP, MA, "https://wa.me/", NOT_AN_ACCOUNT),
                i(IPV4, MA, "192.0.2.256", WRONG_STRUCTURE),
                i(IPV4, MA, "192.0.02.1", WRONG_STRUCTURE),
                i(IPV6, MA, "2001:db8::1::2", WRONG_STRUCTURE),
                i(IPV6, MA, "fe80::1%eth0", WRONG_STRUCTURE),
                i(IPV6, MA, "::ffff:192.0.2.1", WRONG_STRUCTURE),
                i(FILE_HASH, MA, "d41d8cd98f00b204e9800998ecf8427", WRONG_LENGTH),
                i(FILE_HASH, MA, "g41d8cd98f00b204e9800998ecf8427e", WRONG_CHARACTER),
                i(VIN, MA, "1M8GDM9A1KP042788", WRONG_CHECK_DIGITS),
                i(VIN, MA, "WVWZZZ1JZXW00000I", WRONG_CHARACTER),
                i(VIN, MA, "WVWZZZ1JZXW00000", WRONG_LENGTH),
                i(PLATE, MA, "12345-أ-90", WRONG_STRUCTURE),
                i(PLATE, ES, "1234 AEI", WRONG_STRUCTURE),
                i(PLATE, MA, "QQ:ABC123", UNKNOWN_COUNTRY),
                i(PASSPORT, MA, "ABCDEFGH", WRONG_STRUCTURE),
                i(PASSPORT, MA, "AB1", WRONG_LENGTH),
                i(IDENTITY_DOCUMENT, ES, "12345678A", WRONG_CHECK_DIGITS),
                i(IDENTITY_DOCUMENT, ES, "X1234567A", WRONG_CHECK_DIGITS),
                i(IDENTITY_DOCUMENT, MA, "123456", WRONG_STRUCTURE),
                i(IDENTITY_DOCUMENT, GB, "4111111111111111", WRONG_STRUCTURE),
                i(COMPANY_NUMBER, MA, "001561191000067", WRONG_CHECK_DIGITS),
                i(COMPANY_NUMBER, FR, "732829321", WRONG_CHECK_DIGITS),
                i(COMPANY_NUMBER, FR, "73282932000075", WRONG_CHECK_DIGITS),
                i(COMPANY_NUMBER, ES, "A58818502", WRONG_CHECK_DIGITS),
                i(COMPANY_NUMBER, Region.of("DE"), "4111111111111111", WRONG_STRUCTURE),
                i(TRANSACTION, MA, "eb6305c9-1f7f-19de-aed0-16487c27b42d", WRONG_STRUCTURE),
                i(TRANSACTION, MA, "abc", WRONG_LENGTH),
                i(TRANSACTION, MA, "4111 1111 1111 1111", WRONG_STRUCTURE));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("valid")
    void aValidValueHasOneCanonicalForm(IdentifierKind kind, Region region, String raw, String canonical) {
        Parsed parsed = Identifiers.parse(kind, raw, region);

        assertThat(parsed.whyNot()).isEmpty();
        assertThat(parsed.asIdentifier()).hasValue(new Identifier(kind, canonical, ""));
        assertThat(Identifiers.parse(kind, canonical, Region.UNKNOWN).asIdentifier())
                .as("the canonical form reads as itself, wherever it is read")
                .hasValue(new Identifier(kind, canonical, ""));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("invalid")
    void anInvalidValueSaysWhy(IdentifierKind kind, Region region, String raw, InvalidReason reason) {
        assertThat(Identifiers.parse(kind, raw, region, HASH).whyNot()).hasValue(reason);
    }

    @Test
    void aCardIsNeverKeptWhole() {
        Identifier card = Identifiers.parse(CARD, "4111-1111 1111.1111", MA, HASH)
                .asIdentifier()
                .orElseThrow();

        assertThat(card.display()).isEqualTo("411111******1111");
        assertThat(card.canonical()).startsWith("411111******1111:").doesNotContain("4111111111111111");
        assertThat(Identifiers.parse(CARD, "٤١١١١١١١١١١١١١١١", MA, HASH).asIdentifier())
                .hasValue(card);
        assertThat(Identifiers.parse(CARD, card.canonical(), MA).asIdentifier()).hasValue(card);
        assertThat(Identifiers.parse(CARD, "4111111111111111", MA).whyNot()).hasValue(CARD_HASH_MISSING);
        assertThat(Identifiers.parse(CARD, "4111111111111111", MA, CardHash.hmacSha256(new byte[] {
                            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
                        }))
                        .asIdentifier())
                .as("another key, another hash")
                .isNotEqualTo(java.util.Optional.of(card));
    }

    @Test
    void testNumbersOfTheCardSchemesAreCards() {
        for (String number : List.of(
                "4111111111111111",
                "5555555555554444",
                "2223003122003222",
                "378282246310005",
                "6011111111111117",
                "3056930009020004",
                "30569309025904",
                "3566002020360505",
                "6200000000000005",
                "6759649826438453")) {
            assertThat(Cards.isCard(number)).as(number).isTrue();
        }
    }

    @Test
    void anAddressLeadsToItsHostAndDomain() {
        assertThat(expanded(URL, "https://login.pay.example.co.uk/x"))
                .containsExactly(
                        new Identifier(HOST, "login.pay.example.co.uk", ""),
                        new Identifier(DOMAIN, "example.co.uk", ""));
        assertThat(expanded(URL, "http://192.0.2.7:8080/x")).containsExactly(new Identifier(IPV4, "192.0.2.7", ""));
        assertThat(expanded(URL, "http://[2001:db8::7]/x")).containsExactly(new Identifier(IPV6, "2001:db8::7", ""));
        assertThat(expanded(URL, "https://x.com/example_user/status/1"))
                .contains(new Identifier(X, "example_user", ""));
        assertThat(expanded(HOST, "a.tenant.onedumb.com"))
                .containsExactly(new Identifier(DOMAIN, "tenant.onedumb.com", ""));
        assertThat(expanded(HOST, "tenant.weebly.com"))
                .containsExactly(new Identifier(DOMAIN, "tenant.weebly.com", ""));
    }

    @Test
    void aMailboxLeadsToItsDomainUnlessEveryoneHasOneThere() {
        assertThat(expanded(EMAIL, "a@example.com")).containsExactly(new Identifier(DOMAIN, "example.com", ""));
        assertThat(expanded(EMAIL, "a@gmail.com")).isEmpty();
        assertThat(expanded(EMAIL, "a@yopmail.com")).isEmpty();
    }

    @Test
    void oneAccountWrittenTwoWaysMeetsInOneIdentifier() {
        assertThat(expanded(IBAN, "MA64011519000001205000534921"))
                .containsExactly(new Identifier(RIB_MA, "011519000001205000534921", ""));
        assertThat(expanded(WHATSAPP, "+212522123456")).containsExactly(new Identifier(PHONE, "+212522123456", ""));
        assertThat(expanded(WHATSAPP, "group:AbCdEfGh")).isEmpty();
        assertThat(expanded(COMPANY_NUMBER, "FR:SIRET:73282932000074"))
                .containsExactly(new Identifier(COMPANY_NUMBER, "FR:SIREN:732829320", ""));
    }

    @Test
    void nothingThatIsShownCanBeClicked() {
        assertThat(Identifiers.parse(URL, "https://a.example.com/x", MA)
                        .asIdentifier()
                        .orElseThrow()
                        .display())
                .isEqualTo("hxxps://a.example[.]com/x");
        assertThat(Identifiers.parse(HOST, "a.example.com", MA)
                        .asIdentifier()
                        .orElseThrow()
                        .display())
                .isEqualTo("a.example[.]com");
        assertThat(Identifiers.parse(EMAIL, "b@example.com", MA)
                        .asIdentifier()
                        .orElseThrow()
                        .display())
                .isEqualTo("b@example[.]com");
    }

    /** Examples of the SWIFT IBAN registry. */
    @Test
    void theRegistrysExamplesAreValid() {
        for (String iban : List.of(
                "AD1200012030200359100100",
                "AE070331234567890123456",
                "AL47212110090000000235698741",
                "AT611904300234573201",
                "AZ21NABZ00000000137010001944",
                "BA391290079401028494",
                "BE68539007547034",
                "BG80BNBG96611020345678",
                "BH67BMAG00001299123456",
                "BR9700360305000010009795493P1",
                "BY13NBRB3600900000002Z00AB00",
                "CH9300762011623852957",
                "CR05015202001026284066",
                "CY17002001280000001200527600",
                "CZ6508000000192000145399",
                "DE89370400440532013000",
                "DK5000400440116243",
                "DO28BAGR00000001212453611324",
                "EE382200221020145685",
                "EG380019000500000000263180002",
                "ES9121000418450200051332",
                "FI2112345600000785",
                "FO6264600001631634",
                "FR1420041010050500013M02606",
                "GB29NWBK60161331926819",
                "GE29NB0000000101904917",
                "GI75NWBK000000007099453",
                "GL8964710001000206",
                "GR1601101250000000012300695",
                "GT82TRAJ01020000001210029690",
                "HR1210010051863000160",
                "HU42117730161111101800000000",
                "IE29AIBK93115212345678",
                "IL620108000000099999999",
                "IQ98NBIQ850123456789012",
                "IS140159260076545510730339",
                "IT60X0542811101000000123456",
                "JO94CBJO0010000000000131000302",
                "KW81CBKU0000000000001234560101",
                "KZ86125KZT5004100100",
                "LB62099900000001001901229114",
                "LC55HEMM000100010012001200023015",
                "LI21088100002324013AA",
                "LT121000011101001000",
                "LU280019400644750000",
                "LV80BANK0000435195001",
                "LY83002048000020100120361",
                "MC5811222000010123456789030",
                "MD24AG000225100013104168",
                "ME25505000012345678951",
                "MK07250120000058984",
                "MR1300020001010000123456753",
                "MT84MALT011000012345MTLCAST001S",
                "MU17BOMM0101101030300200000MUR",
                "NL91ABNA0417164300",
                "NO9386011117947",
                "PK36SCBL0000001123456702",
                "PL61109010140000071219812874",
                "PS92PALS000000000400123456702",
                "PT50000201231234567890154",
                "QA58DOHB00001234567890ABCDEFG",
                "RO49AAAA1B31007593840000",
                "RS35260005601001611379",
                "SA0380000000608010167519",
                "SC18SSCB11010000000000001497USD",
                "SE4550000000058398257466",
                "SI56263300012039086",
                "SK3112000000198742637541",
                "SM86U0322509800000000270100",
                "ST23000100010051845310146",
                "SV62CENR00000000000000700025",
                "TL380080012345678910157",
                "TN5910006035183598478831",
                "TR330006100519786457841326",
                "UA213223130000026007233566001",
                "VA59001123000012345678",
                "VG96VPVG0000012345678901",
                "XK051212012345678906")) {
            assertThat(Identifiers.parse(IBAN, iban, Region.UNKNOWN).whyNot())
                    .as(iban)
                    .isEmpty();
        }
    }

    /** BIP-173 and BIP-350, test vectors of segregated-witness addresses on the main network. */
    @Test
    void theVectorsOfSegregatedWitnessHold() {
        for (String address : List.of(
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
                "BC1SW50QGDZ25J",
                "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0")) {
            assertThat(Identifiers.parse(BTC, address, MA).whyNot()).as(address).isEmpty();
        }
        for (String address : List.of(
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
                "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
                "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
                "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
                "bc1pw5dgrnzv",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
                "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kV8f3t4",
                "bc1gmk9yu")) {
            assertThat(Identifiers.parse(BTC, address, MA).asIdentifier())
                    .as(address)
                    .isEmpty();
        }
    }

    /** EIP-55, "Test Cases". */
    @Test
    void theVectorsOfEip55Hold() {
        for (String address : List.of(
                "0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
                "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")) {
            assertThat(Identifiers.parse(ETH, address, MA)
                            .asIdentifier()
                            .orElseThrow()
                            .display())
                    .isEqualToIgnoringCase(address);
            if (!address.substring(2).equals(address.substring(2).toLowerCase(java.util.Locale.ROOT))) {
                assertThat(Identifiers.parse(ETH, address, MA)
                                .asIdentifier()
                                .orElseThrow()
                                .display())
                        .isEqualTo(address);
            }
        }
    }

    private static List<Identifier> expanded(IdentifierKind kind, String canonical) {
        return Identifiers.expand(new Identifier(kind, canonical, ""));
    }

    private static Arguments v(IdentifierKind kind, Region region, String raw, String canonical) {
        return Arguments.of(kind, region, raw, canonical);
    }

    private static Arguments i(IdentifierKind kind, Region region, String raw, InvalidReason reason) {
        return Arguments.of(kind, region, raw, reason);
    }
}
