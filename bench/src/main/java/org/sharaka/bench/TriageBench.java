package org.sharaka.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sharaka.exercise.DemoNode;
import org.sharaka.exercise.OfficerBrowser;
import org.sharaka.node.intake.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `./sharaka bench triage`: the officers' queue with a million open reports in it. */
@Command(
        name = "triage",
        mixinStandardHelpOptions = true,
        description = "Measures the pages of triage over HTTP with a million reports open.")
public final class TriageBench extends BenchCommand {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int SEEDED_AT_ONCE = 50_000;
    private static final Pattern NEXT = Pattern.compile("href=\"(/triage\\?[^\"]*cursor=[^\"]+)\"");

    private static final List<String> LISTS = List.of(
            "/triage",
            "/triage?view=MINE",
            "/triage?view=UNIT",
            "/triage?view=WAITING",
            "/triage?view=ASIDE",
            "/triage?view=DONE",
            "/triage?level=MONEY",
            "/triage?category=TRAFFICKING",
            "/triage?category=PHISHING&unread=true",
            "/triage?channel=CALL");

    @Option(names = "--reports", defaultValue = "1000000", description = "open (default: ${DEFAULT-VALUE})")
    private int reports;

    @Option(names = "--pages", defaultValue = "200", description = "of each kind (default: ${DEFAULT-VALUE})")
    private int pages;

    @Option(names = "--seed", defaultValue = "1", description = "of the reports (default: ${DEFAULT-VALUE})")
    private long seed;

    private final Figures figures = new Figures("triage");

    @Override
    public Integer call() throws Exception {
        try (TemporaryDirectory place = TemporaryDirectory.create()) {
            Path home = place.path().resolve("home");
            try (DemoNode first = DemoNode.start(Optional.of(home), 0, "logging.level.root=warn")) {
                first.addOfficers();
            }
            try (NodeProcess node = NodeProcess.start(home, DemoNode.passphraseFile(home))) {
                List<String> references = fill(node);
                measure(node, references);
            } finally {
                figures.print(out());
                out().flush();
            }
            write(figures);
            return 0;
        }
    }

    /** Straight into the tables: a million reports through the door are another benchmark. @return some references */
    private List<String> fill(NodeProcess node) throws IOException, SQLException {
        var random = new Random(seed);
        List<String> some = new ArrayList<>();
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temporary table seeded (n bigint, reference text)");
            for (int begun = 0; begun < reports; begun += SEEDED_AT_ONCE) {
                int size = Math.min(SEEDED_AT_ONCE, reports - begun);
                var numbers = new Long[size];
                var references = new String[size];
                for (int i = 0; i < size; i++) {
                    numbers[i] = (long) begun + i;
                    references[i] = reference(random);
                    if (numbers[i] % Math.max(1, reports / (2 * pages)) == 0) some.add(references[i]);
                }
                try (PreparedStatement seed = connection.prepareStatement(
                        "insert into seeded select * from unnest(?::bigint[], ?::text[])")) {
                    seed.setArray(1, connection.createArrayOf("bigint", numbers));
                    seed.setArray(2, connection.createArrayOf("text", references));
                    seed.executeUpdate();
                }
            }
            // Ids in the order of arrival over sixty days, as UUID version 7.
            statement.execute("""
                    create temporary table filled as
                    select n, reference, at, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7'
                            || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid as id,
                        (array['PHISHING', 'ONLINE_FRAUD', 'HARASSMENT', 'CARD_FRAUD', 'THREATS', 'OTHER'])[1 + n % 6] as category
                    from (select n, reference, now() - interval '60 days' * (n + 1) / REPORTS as at from seeded) as times
                    """.replace("REPORTS", Integer.toString(reports)));
            statement.execute("update filled set category = 'TRAFFICKING' where n % 2000 = 0");
            statement.execute("""
                    insert into intake.report (id, reference, received_at, category, narrative, language, occurred_at, country,
                        channel, labels, role, anonymous, purpose, originator, handling, expires_at, audit_entry, unit_only)
                    select id, reference, at, category,
                        repeat('Somebody wrote to me about a parcel and asked for a fee of ' || n || ' dirhams. ', 5), 'fr', at, 'MA',
                        case when n % 50 = 0 then 'CALL' else 'PORTAL' end, '{}', 'VICTIM', n % 2 = 0, 'INVESTIGATION', 'own', 'H0',
                        at + interval '3 years', gen_random_uuid(), case when n % 20 = 1 then 'Women and children' end
                    from filled
                    """);
            statement.execute("""
                    insert into triage.item (report_id, received_at, category, country, channel, rank, concerns, due_at, state,
                        closed_to, unit, wants_female, wants_news)
                    select id, at, category, 'MA', case when n % 50 = 0 then 'CALL' else 'PORTAL' end,
                        case when n % 500 = 0 then 1 when n % 100 = 1 then 2 when n % 100 = 2 then 3 when n % 10 = 3 then 4
                            when n % 1000 = 4 then 9 else 5 end,
                        '{}', at + interval '1 day', case when n % 40 = 5 then 'WAITING' when n % 3 = 0 then 'NEW' else 'OPEN' end,
                        case when n % 20 = 1 then 'women and children' else '' end,
                        case when n % 4 = 0 then 'Cybercrime' end, false, false
                    from filled
                    """);
            statement.execute(
                    "update triage.item set state = 'DONE', done_at = received_at where rank = 5 and random() < 0.05");
            statement.execute("analyze intake.report");
            statement.execute("analyze triage.item");
        }
        figures.put("reports", node.count("select count(*) from triage.item"), "reports");
        figures.put("open", node.count("select count(*) from triage.item where state in ('NEW', 'OPEN')"), "reports");
        return some;
    }

    /** Nineteen symbols of chance and the one that makes them a reference. */
    private static String reference(Random random) {
        var prefix = new StringBuilder(Reference.LENGTH);
        for (int i = 0; i < Reference.LENGTH - 1; i++)
            prefix.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return ALPHABET.chars()
                .mapToObj(check -> prefix.toString() + (char) check)
                .filter(symbols -> Reference.parse(symbols).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private void measure(NodeProcess node, List<String> references) {
        OfficerBrowser officer = OfficerBrowser.loggedIn(node.console(), "karim");
        for (String path : LISTS)
            timed(officer, path, new Latencies()); // the first look at each warms nothing that stays cold
        var lists = new Latencies();
        for (int i = 0; i < pages; i++) timed(officer, LISTS.get(i % LISTS.size()), lists);
        lists.putInto(figures, "lists");
        var deep = new Latencies();
        String next = "/triage";
        for (int i = 0; i < pages; i++) {
            Matcher link = NEXT.matcher(timed(officer, next, deep));
            next = link.find() ? link.group(1).replace("&amp;", "&") : "/triage";
        }
        deep.putInto(figures, "paging");
        var opened = new Latencies();
        references.stream().limit(pages).forEach(reference -> timed(officer, "/triage/reports/" + reference, opened));
        opened.putInto(figures, "report");
        var news = new Latencies();
        for (int i = 0; i < pages; i++) timed(officer, "/triage/news", news);
        news.putInto(figures, "news");
    }

    /** A report closed to another unit is 404, and takes its time too. */
    private static String timed(OfficerBrowser officer, String path, Latencies latencies) {
        long begun = System.nanoTime();
        HttpResponse<String> answer = officer.page(path);
        latencies.add(System.nanoTime() - begun);
        if (answer.statusCode() != 200 && answer.statusCode() != 404)
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        return answer.body();
    }
}
