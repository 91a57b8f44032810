package org.sharaka.node.intake;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.FileImport;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PrintedMessages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sharaka import KIND FILE}. */
@Command(name = "import")
public final class ImportCommand implements NodeCommand {
    /** Those in which CSV files come; all hold ASCII unchanged, so that lines can be found before they are decoded. */
    private static final Set<String> ENCODINGS =
            Set.of("UTF-8", "WINDOWS-1252", "WINDOWS-1256", "ISO-8859-1", "ISO-8859-6", "ISO-8859-15", "US-ASCII");

    @Parameters(index = "0", paramLabel = "KIND", descriptionKey = "kind")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "file")
    private Path file = Path.of("");

    @Option(names = "--map", paramLabel = "COLUMN=FIELD", split = ",")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--source", paramLabel = "NAME")
    private @Nullable String source;

    @Option(names = "--encoding", paramLabel = "NAME")
    private String encoding = "UTF-8";

    @Option(names = "--separator", paramLabel = "CHARACTER")
    private @Nullable String separator;

    @Option(names = "--zone", paramLabel = "ZONE")
    private String zone = "UTC";

    @Option(names = "--currency", paramLabel = "CODE")
    private @Nullable String currency;

    @Option(names = "--country", paramLabel = "CODE")
    private @Nullable String country;

    @Option(names = "--refused", paramLabel = "FILE")
    private @Nullable Path refused;

    @Option(names = "--list", paramLabel = "NAME")
    private @Nullable String list;

    @Option(names = "--sha256", paramLabel = "HEX")
    private @Nullable String sha256;

    @Option(names = "--standing", paramLabel = "WORD")
    private @Nullable String standing;

    @Option(names = "--shrinks")
    private boolean shrinks;

    @Override
    public int run(CommandContext context) throws IOException {
        for (FileImport other : context.services(FileImport.class)) {
            if (other.kinds().contains(kind)) return other.run(context, order());
        }
        PrintedMessages messages = context.messages();
        ImportRequest request = request();
        var progress = new ProgressLine(context.err(), messages, ProgressLine.isTerminal());
        ImportService.Outcome outcome = context.service(ImportService.class)
                .run(Actor.commandLine("import"), request, progress, code -> explained(messages, code));
        progress.end();
        ImportSummary summary = outcome.summary();
        if (outcome.alreadyFinished()) context.out().println(messages.text("intake.import.repeated"));
        else if (outcome.resumedAt() > 0)
            context.out().println(messages.text("intake.import.resumed", outcome.resumedAt()));
        context.out()
                .println(messages.text(
                        "intake.import.done",
                        summary.rows(),
                        summary.stored(),
                        summary.known(),
                        summary.refused(),
                        progress.elapsed()));
        outcome.refused().ifPresent(rows -> context.out().println(messages.text("intake.import.refused", rows)));
        return 0;
    }

    private FileImport.Order order() {
        return new FileImport.Order(
                kind,
                file,
                Optional.ofNullable(list),
                Optional.ofNullable(sha256),
                shrinks,
                Optional.ofNullable(standing),
                columns);
    }

    private static String explained(PrintedMessages messages, String code) {
        return code.startsWith(RowRefused.NOT_RECOGNISED)
                ? messages.text("problem.intake.not-recognised", code.substring(RowRefused.NOT_RECOGNISED.length()))
                : messages.text("problem." + code);
    }

    private ImportRequest request() {
        ImportKind known = ImportKind.of(kind).orElseThrow(() -> badOption("KIND", kind));
        Path name = file.getFileName();
        if (name == null) throw badOption("FILE", file.toString());
        return new ImportRequest(
                known,
                file,
                Optional.ofNullable(source).filter(some -> !some.isBlank()).orElse(name.toString()),
                columns,
                charset(),
                Optional.ofNullable(separator).map(this::separator),
                zoneId(),
                Optional.ofNullable(currency).map(this::currency),
                Optional.ofNullable(country).map(this::country),
                refused == null ? Path.of(name + ".refused.csv").toAbsolutePath() : refused.toAbsolutePath());
    }

    private Charset charset() {
        if (!ENCODINGS.contains(encoding.toUpperCase(Locale.ROOT))) throw badOption("--encoding", encoding);
        try {
            return Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw badOption("--encoding", encoding);
        }
    }

    private char separator(String text) {
        if (text.equals("\\t") || text.equalsIgnoreCase("tab")) return '\t';
        if (text.length() != 1 || text.equals("\"")) throw badOption("--separator", text);
        return text.charAt(0);
    }

    private ZoneId zoneId() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw badOption("--zone", zone);
        }
    }

    private Currency currency(String code) {
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw badOption("--currency", code);
        }
    }

    private String country(String code) {
        if (!Set.of(Locale.getISOCountries()).contains(code.toUpperCase(Locale.ROOT)))
            throw badOption("--country", code);
        return code.toUpperCase(Locale.ROOT);
    }

    private static OperatorException badOption(String option, String value) {
        return new OperatorException("intake.import.bad-option", option, value);
    }
}
