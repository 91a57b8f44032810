package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.Answer;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ListIndex;
import org.sharaka.matching.NameComparator;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.PossibleMatch;
import org.sharaka.matching.Schema;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * `./sharaka bench answers`: what the library answers, in full and one line a match, so that two versions are compared by diff. A change that
 * is to make it faster must not change a line. The file holds names of the lists: it is not for passing on.
 */
@Command(
        name = "answers",
        mixinStandardHelpOptions = true,
        description = "Writes the answers to some thousand queries in full, to compare two versions by diff.")
public final class AnswersBench implements Callable<Integer> {
    /** Far below what is shown to anybody, so that scores count that nobody sees. */
    private static final double LOW = 0.3;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "../shared/data",
            description = "the shared data (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("../shared/data");

    @Option(names = "--queries", defaultValue = "2500", description = "of each sort (default: ${DEFAULT-VALUE})")
    private int queries = 2_500;

    @Option(
            names = "--count",
            defaultValue = "250000",
            description = "generated entries; enough for a large index (default: ${DEFAULT-VALUE})")
    private int count = 250_000;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "where the answers are written")
    private @Nullable Path file;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    private long written;

    @Override
    public Integer call() throws IOException {
        if (file == null) throw new IllegalStateException("picocli fills it");
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
        try (Writer answers = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            if (Files.isReadable(data.resolve("names/negatives_us_25k.csv"))) lists(answers);
            else out.println("skipped: no shared data at " + data + "; generated entries only");
            generated(answers);
        }
        out.println(written + " matches written");
        out.flush();
        return 0;
    }

    private void lists(Writer answers) throws IOException {
        List<Entry> un = PublishedLists.un(data, true);
        List<Entry> ofac = PublishedLists.ofac(data);
        List<Particulars> asked = new ArrayList<>(strangers());
        asked.addAll(damaged());
        asked.addAll(listed(un));
        asked.addAll(listed(ofac));
        for (String name : MatchingBench.hostile()) {
            for (Schema schema : Schema.values()) asked.add(Particulars.named(schema, name));
        }
        ask("un", ListIndex.of(un), asked, answers);
        ask("ofac", changed(ofac), asked, answers);
    }

    /** With entries in the second segment, some of them instead of others. */
    private static ListIndex changed(List<Entry> entries) {
        ListIndex index = ListIndex.of(entries.subList(0, entries.size() - 100));
        for (Entry late : entries.subList(entries.size() - 100, entries.size())) index.put(late);
        for (int i = 0; i < 50; i++) index.put(entries.get(i * 7));
        for (int i = 0; i < 50; i++) index.remove(entries.get(i * 11 + 1).id());
        return index;
    }

    private List<Particulars> strangers() throws IOException {
        List<Particulars> asked = new ArrayList<>();
        try (CsvReader rows = new CsvReader(
                Files.newBufferedReader(data.resolve("names/negatives_us_25k.csv"), StandardCharsets.UTF_8),
                ',',
                true)) {
            List<String> header = rows.next();
            if (header == null) throw new IOException("the strangers' file is empty");
            int name = header.indexOf("full_name");
            int birth = header.indexOf("date_of_birth");
            for (List<String> row = rows.next(); row != null && asked.size() < queries; row = rows.next())
                asked.add(person(row.get(name), asked.size() % 2 == 0 ? row.get(birth) : ""));
        }
        return asked;
    }

    private List<Particulars> damaged() throws IOException {
        TsvTable table = TsvTable.read(data.resolve("names/un_treated_pairs.tsv"));
        List<Particulars> asked = new ArrayList<>();
        for (int row = 0; row < table.size(); row++)
            asked.add(person(table.get(row, "treated"), row % 2 == 0 ? table.get(row, "dob_treated") : ""));
        return asked;
    }

    private static Particulars person(String name, String born) {
        Particulars person = Particulars.named(Schema.PERSON, name);
        return PartialDate.parse(born).map(person::born).orElse(person);
    }

    /** Entries as they are, by one name, by several names, with all that is known of them, and as another kind of thing. */
    private List<Particulars> listed(List<Entry> entries) {
        Random random = new Random(1);
        List<Particulars> asked = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            Particulars whole = entries.get(random.nextInt(entries.size())).particulars();
            String last = whole.names().get(whole.names().size() - 1);
            asked.add(
                    switch (i % 4) {
                        case 0 -> Particulars.named(whole.schema(), last);
                        case 1 -> whole;
                        case 2 -> Particulars.named(Schema.LEGAL_ENTITY, last);
                        default ->
                            new Particulars(
                                    whole.schema(),
                                    List.of(slip(last, random)),
                                    whole.births(),
                                    whole.countries(),
                                    Set.of());
                    });
        }
        return asked;
    }

    private static String slip(String name, Random random) {
        int at = random.nextInt(name.length());
        return name.substring(0, at)
                + (char) ('a' + random.nextInt(26))
                + name.substring(Math.min(name.length(), at + 1));
    }

    private void generated(Writer answers) throws IOException {
        SyntheticNames names = new SyntheticNames(count, 1);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < queries; i++) entries.add(names.entry((int) ((long) i * count / queries)));
        ask("generated", ListIndex.of(names), listed(entries), answers);
    }

    private void ask(String list, ListIndex index, List<Particulars> asked, Writer answers) throws IOException {
        for (int i = 0; i < asked.size(); i++) {
            double least = i % 3 == 0 ? LOW : NameComparator.THRESHOLD;
            Answer answer = index.search(asked.get(i), least, i % 5 == 0 ? 5 : ListIndex.CANDIDATES_MAX);
            String head = list + ' ' + i + ' ' + answer.candidates();
            answers.write(
                    head + ' ' + answer.listHash() + ' ' + answer.problems().size() + '\n');
            for (PossibleMatch match : answer.matches()) {
                answers.write(head + ' ' + match.toString().replace('\n', ' ') + '\n');
                written++;
            }
        }
    }
}
