package org.sharaka.identifiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Public data that is not in the repository: skipped, visibly, where it is absent ({@code -Dsharaka.data=DIR} or {@code ../shared/data}). */
class RealDataTest {
    @Test
    void thePublicSuffixListsOwnVectorsHold() throws IOException {
        int checked = 0;
        for (String line : lines("reference/public-suffix-list/test_psl.txt")) {
            if (!line.startsWith("checkPublicSuffix('")) continue;
            String[] quoted = line.split("'", -1);
            String host = Hosts.canonical(quoted[1]);
            // A name with a leading dot or without any is none of ours; the list's vectors ask for null there too.
            if (host == null) continue;
            String expected = quoted.length > 3 ? Hosts.canonical(quoted[3]) : null;
            assertThat(PublicSuffixes.oneLabelMore(host, PublicSuffixes.suffixStart(host)))
                    .as(line)
                    .isEqualTo(expected);
            checked++;
        }
        assertThat(checked).isGreaterThan(40);
    }

    @Test
    void everyExampleOfTheIbanRegistryIsValid() throws IOException {
        int valid = 0;
        for (String line : lines("reference/reference-finance/iban-registry.txt")) {
            String[] fields = line.split("\\|", -1);
            if (fields[0].length() != 2) continue;
            // The file is older than the lengths of Burkina Faso, Burundi, Djibouti and Nicaragua in the registry; AA
            // is a test
            // entry.
            if (List.of("AA", "BF", "BI", "DJ", "NI").contains(fields[0])) continue;
            assertThat(Identifiers.parse(IdentifierKind.IBAN, fields[7], Region.UNKNOWN)
                            .whyNot())
                    .as(line)
                    .isEmpty();
            valid++;
        }
        assertThat(valid).isGreaterThan(100);
    }

    @Test
    void realPhishingAddressesAreReadAndNoSharedHostStandsForATenant() throws IOException {
        int urls = 0;
        int read = 0;
        Set<String> domains = new HashSet<>();
        for (String line : lines("reports/tweetfeed-phishing-2025.csv")) {
            String[] fields = line.split(",", 4);
            if (fields.length < 3 || !fields[1].equals("url")) continue;
            urls++;
            Optional<Identifier> url = Identifiers.parse(IdentifierKind.URL, fields[2], Region.UNKNOWN)
                    .asIdentifier();
            if (url.isEmpty()) continue;
            read++;
            for (Identifier implied : Identifiers.expand(url.get())) {
                if (implied.kind() == IdentifierKind.DOMAIN
                        && SharedInfrastructure.bundled().reason(implied).isEmpty()) {
                    domains.add(implied.canonical());
                }
            }
        }
        System.out.printf("read %d of %d addresses%n", read, urls);
        assertThat(read).isGreaterThan((int) (urls * 0.995));
        for (String shared : List.of(
                "duckdns.org",
                "workers.dev",
                "pages.dev",
                "webflow.io",
                "weebly.com",
                "vercel.app",
                "cutt.ly",
                "tinyurl.com",
                "rebrand.ly",
                "web.app",
                "github.io",
                "netlify.app",
                "t.co",
                "google.com",
                "wixsite.com",
                "blogspot.com")) {
            assertThat(domains).doesNotContain(shared);
        }
    }

    @Test
    void theHostBehindUserInfoIsTheOneThatIsFound() throws IOException {
        Extractor extractor = Extractor.create(ExtractorSettings.with(CardHash.hmacSha256(new byte[32])));
        int tricks = 0;
        for (String line : lines("reports/phishurl-2024.csv")) {
            int start = line.indexOf("https://");
            int at = line.indexOf("%E2%88%95");
            if (start < 0 || at < 0 || line.indexOf('@', at) < 0) continue;
            String real = line.substring(line.indexOf('@', at) + 1).split("[/,?]", 2)[0];
            List<Mention> mentions = extractor.extract(line.substring(start), Region.UNKNOWN);
            assertThat(mentions).as(line).isNotEmpty();
            assertThat(Identifiers.expand(mentions.get(0).identifier()))
                    .as(line)
                    .contains(new Identifier(IdentifierKind.HOST, Hosts.canonical(real), ""));
            tricks++;
        }
        assertThat(tricks).isPositive();
    }

    @Test
    void knownWalletsAreValidAndFoundInText() throws IOException {
        Extractor extractor = Extractor.create(ExtractorSettings.with(CardHash.hmacSha256(new byte[32])));
        int known = 0;
        int valid = 0;
        for (String line : lines("wallets/graphsense-tags.csv")) {
            String[] fields = line.split(",", 3);
            if (fields.length < 3 || !List.of("BTC", "ETH", "TRX", "LTC").contains(fields[1])) continue;
            known++;
            IdentifierKind kind = IdentifierKind.valueOf(fields[1]);
            Optional<Identifier> wallet =
                    Identifiers.parse(kind, fields[0], Region.UNKNOWN).asIdentifier();
            if (wallet.isEmpty()) continue;
            valid++;
            // Litecoin's old script addresses are Bitcoin's unless a word says otherwise.
            if (kind == IdentifierKind.LTC && fields[0].startsWith("3")) continue;
            assertThat(extractor.extract("j'ai payé à " + fields[0] + ".", Region.UNKNOWN))
                    .as(line)
                    .extracting(Mention::identifier)
                    .containsExactly(wallet.get());
        }
        System.out.printf("%d of %d wallets valid%n", valid, known);
        assertThat(valid).isGreaterThan((int) (known * 0.98));
    }

    private static List<String> lines(String file) throws IOException {
        Path data = Path.of(System.getProperty("sharaka.data", "../../shared/data"));
        Path path = data.resolve(file);
        Assumptions.assumeTrue(
                Files.isReadable(path),
                "skipped: no real data at " + path.toAbsolutePath().normalize());
        return Files.readAllLines(path, StandardCharsets.UTF_8);
    }
}
