package org.sharaka.identifiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is pasted: no exception, spans in order and in bounds, canonical forms that read as themselves. {@code -Dseed=} repeats a run. */
class ExtractorPropertyTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final Extractor EXTRACTOR =
            Extractor.create(ExtractorSettings.with(CardHash.hmacSha256(new byte[32])));
    private static final List<IdentifierKind> KINDS = List.of(IdentifierKind.values());
    private static final Region[] REGIONS = {
        Region.of("MA"), Region.of("FR"), Region.of("ES"), Region.of("GB"), Region.of("US"), Region.UNKNOWN
    };
    private static final String[] PIECES = {
        "http://",
        "https://",
        "hxxp://",
        "www.",
        "example",
        ".com",
        "[.]",
        "(at)",
        "@",
        "/",
        "?",
        "#",
        ":",
        "//",
        "%40",
        "%E2%88%95",
        "telegram ",
        "whatsapp ",
        "insta: ",
        "واتساب ",
        "تلغرام @",
        "passeport ",
        "CIN ",
        "plaque ",
        "ICE ",
        "VIN ",
        "IBAN ",
        "RIB ",
        "MA64",
        "0115",
        "1900",
        "0001",
        "2050",
        "0053",
        "4921",
        "06",
        "12",
        "+212",
        "(0)",
        "00",
        "4111",
        "1111",
        "0x",
        "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "bc1q",
        "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        "t.me/",
        "wa.me/",
        "x.com/",
        " ",
        " ",
        " ",
        "-",
        ".",
        "\n",
        "أ",
        "ب",
        "\u200b",
        "\u202e",
        "٠",
        "٦",
        "é",
        "м",
        "日本",
        "\uD83D\uDE00",
        "\uD83D",
        "&",
        "=",
        "_",
        "«",
        "»",
        "<",
        ">",
        "[",
        "]",
        "ref ",
        "virement ",
        "P<",
        "<<<<<<",
        "localhost",
        "1.2.3.4",
        "::1",
        "2001:db8::",
        "xn--",
        "facebook.com/",
        "profile.php?id=",
        "DNI ",
        "12345678Z",
        "tx ",
        "ab12cd34",
        " dot com",
        " point ",
        "\uFF0E",
        "\u3002"
    };

    @Test
    void extractionNeverFailsAndKeepsItsPromises() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            Region region = REGIONS[random.nextInt(REGIONS.length)];
            check(text, region);
        }
    }

    private static void check(String text, Region region) {
        List<Mention> mentions = EXTRACTOR.extract(text, region);
        int end = 0;
        for (Mention mention : mentions) {
            assertThat(mention.start()).as("seed %d, text %s", SEED, text).isGreaterThanOrEqualTo(end);
            end = mention.end();
            assertThat(end).as("seed %d, text %s", SEED, text).isLessThanOrEqualTo(text.length());
            Identifier found = mention.identifier();
            assertThat(Identifiers.parse(found.kind(), found.canonical(), region)
                            .asIdentifier())
                    .as("seed %d, canonical %s %s of %s", SEED, found.kind(), found.canonical(), text)
                    .hasValue(found);
            for (Identifier implied : Identifiers.expand(found)) {
                assertThat(Identifiers.parse(implied.kind(), implied.canonical(), region)
                                .asIdentifier())
                        .as("seed %d, implied %s by %s", SEED, implied, found)
                        .hasValue(implied);
            }
            SharedInfrastructure.bundled().reason(found);
        }
        assertThat(EXTRACTOR.redactCards(EXTRACTOR.redactCards(text))).isEqualTo(EXTRACTOR.redactCards(text));
    }

    @Test
    void parsingNeverFailsAndIsIdempotent() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String raw = text(random);
            IdentifierKind kind = KINDS.get(random.nextInt(KINDS.size()));
            Region region = REGIONS[random.nextInt(REGIONS.length)];
            Identifiers.parse(kind, raw, region).asIdentifier().ifPresent(found -> assertThat(
                            Identifiers.parse(kind, found.canonical(), region).asIdentifier())
                    .as("seed %d, raw %s, canonical %s", SEED, raw, found.canonical())
                    .hasValue(found));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(14);
        for (int i = 0; i < pieces; i++) {
            if (random.nextInt(12) == 0) text.append((char) random.nextInt(0x10000));
            else text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
