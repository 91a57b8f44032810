package org.sharaka.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.IntSupplier;
import org.sharaka.identifiers.Brand;
import org.sharaka.identifiers.CardHash;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.ExtractorSettings;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Identifiers;
import org.sharaka.identifiers.Lookalikes;
import org.sharaka.identifiers.Region;
import picocli.CommandLine.Command;

/**
 * How fast the identifiers library reads: processor time of one thread in microseconds, since the machine is shared. Each figure is the best of five
 * rounds behind a second of warm-up; what disturbs only ever slows.
 */
@Command(
        name = "identifiers",
        mixinStandardHelpOptions = true,
        description = "Measures how fast identifiers are found and read.")
public final class IdentifiersBench extends BenchCommand {
    private static final List<String> MESSAGES = List.of(
            "Bonjour, j'ai reçu un SMS de la « poste » disant que mon colis est bloqué et qu'il faut payer 24,90 DH sur "
                    + "https://suivi-colis.example/ma/pay?id=88123. J'ai donné ma carte puis un homme m'a appelé du 06 12 34 56 78. Il m'a "
                    + "demandé un virement sur le RIB 011 519 0000012050005349 21. Son Telegram : @agent_exemple. Merci de m'aider.",
            "توصلت برسالة في الواتساب من الرقم 0612345678 يقول فيها إنه من البنك ويطلب الدخول إلى الموقع hxxps://banque-secure[.]example/login "
                    + "ثم طلب مني إرسال ٥٠٠ درهم إلى الحساب MA64 0115 1900 0001 2050 0053 4921 وبعد ذلك حظرني ولم يعد يجيب على "
                    + "الرسائل، وعندي صور المحادثة كلها، المرجو المساعدة في أقرب وقت ممكن وشكرا جزيلا لكم",
            "I met someone on Instagram (insta: example.trader99) who told me to invest in USDT. I sent it to "
                    + "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t and later 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, then the site "
                    + "www.invest-example.test/withdraw asked for a 20% tax. Support was help@invest-example.test and +44 20 7946 0018.",
            "Me llamaron diciendo que eran de mi banco y que había un cargo de 899,00 euros. Me hicieron entrar en la web "
                    + "banco-seguro.example.com y confirmar dos veces. Después vi un bizum a 612 345 678 y una transferencia a "
                    + "ES91 2100 0418 4502 0005 1332. El correo era avisos@banco-seguro.example.com. ¿Qué puedo hacer ahora?");

    private static final List<String> HOSTS = List.of(
            "secure-exemplebank-login.example",
            "www.wikipedia.org",
            "examp1ebank.test",
            "xn--exmple-4nf.com",
            "a.b.c.example.co.uk",
            "login.littoral.example.evil.test",
            "shop-12345.weebly.com",
            "news.example.org");

    /** What makes a naive reader slow: beginnings of identifiers, over and over. */
    private static final List<String> HOSTILE =
            List.of("://", "a@", "1 ", "0 6", "http://a.", "((((", "MA64", "[.]", "+1-", "@a telegram ", "f:");

    private static final long WARM_UP_NANOS = 1_000_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Figures figures = new Figures("identifiers");

    @Override
    public Integer call() throws IOException {
        measure();
        publish(figures);
        return 0;
    }

    private void measure() {
        Extractor extractor = Extractor.create(ExtractorSettings.with(CardHash.hmacSha256(new byte[32])));
        Region morocco = Region.of("MA");
        String[] names = {"fr", "ar", "en", "es"};
        // Once round first: whichever language came first would else pay for the compiler.
        for (String message : MESSAGES)
            micros(() -> extractor.extract(message, morocco).size());
        for (int i = 0; i < names.length; i++) {
            String message = MESSAGES.get(i);
            Region region = i == 3 ? Region.of("ES") : morocco;
            put(
                    "extract_message_" + names[i],
                    () -> extractor.extract(message, region).size());
        }
        String plain = "Nous avons longtemps parlé au téléphone et il semblait honnête, puis plus rien. ".repeat(4);
        put(
                "extract_320_characters_of_nothing",
                () -> extractor.extract(plain, morocco).size());
        String megabyte = String.join("\n", MESSAGES).repeat(1_000).substring(0, 1 << 20);
        put(
                "extract_mebi_of_messages",
                () -> extractor.extract(megabyte, morocco).size());
        for (int i = 0; i < HOSTILE.size(); i++) {
            String text = HOSTILE.get(i).repeat((1 << 20) / HOSTILE.get(i).length());
            put(
                    "extract_mebi_hostile_" + (i + 1),
                    () -> extractor.extract(text, morocco).size());
        }
        String narrative = MESSAGES.get(0) + " 4111 1111 1111 1111";
        put("redact_cards", () -> extractor.redactCards(narrative).length());
        put("parse_url", () -> size("https://user@login.example.com:443/a/../b%61?x=1#y", IdentifierKind.URL));
        put("parse_iban", () -> size("MA64 0115 1900 0001 2050 0053 4921", IdentifierKind.IBAN));
        put("parse_phone", () -> size("+212 6 12 34 56 78", IdentifierKind.PHONE));
        Lookalikes lookalikes = Lookalikes.of(List.of(
                Brand.of("Exemple Bank", "exemplebank.example"),
                Brand.of("Littoral", "littoral.example"),
                Brand.of("Postexample")));
        int[] turn = {0};
        put(
                "lookalike_of_a_host",
                () -> lookalikes.find(HOSTS.get(turn[0]++ % HOSTS.size())).hashCode());
    }

    private void put(String key, IntSupplier work) {
        figures.put(key, micros(work), "µs");
    }

    private static int size(String raw, IdentifierKind kind) {
        return Identifiers.parse(kind, raw, Region.UNKNOWN).hashCode();
    }

    private static double micros(IntSupplier work) {
        int sink = 0;
        int calls = 0;
        long warm = cpuNanos();
        while (cpuNanos() - warm < WARM_UP_NANOS) {
            sink += work.getAsInt();
            calls++;
        }
        int round = Math.max(1, calls / 6);
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = cpuNanos();
            for (int k = 0; k < round; k++) sink += work.getAsInt();
            best = Math.min(best, (cpuNanos() - start) / 1_000.0 / round);
        }
        // The sum is used, or the compiler may leave the work out.
        return sink == 42 ? Math.nextUp(best) : best;
    }

    private static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
