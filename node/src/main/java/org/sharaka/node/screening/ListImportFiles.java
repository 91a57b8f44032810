package org.sharaka.node.screening;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.FileImport;

/** {@code ./sharaka import un-xml|ofac-csv|ftm-json FILE}. */
final class ListImportFiles implements FileImport {
    /** Between two lines that tell how far a long file is read. */
    private static final long TOLD_EVERY = 100_000;

    private final ListImportService imports;

    ListImportFiles(ListImportService imports) {
        this.imports = imports;
    }

    @Override
    public Set<String> kinds() {
        return Arrays.stream(ListFormat.values())
                .filter(ListFormat::imported)
                .map(ListFormat::word)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Standing standing(String word) {
        return Standing.stated(word)
                .orElseThrow(() -> ScreeningProblem.BAD_STANDING.because("one of " + Standing.words()));
    }

    @Override
    public int run(CommandContext context, Order order) {
        ListFormat format = ListFormat.of(order.kind()).orElseThrow();
        ListImportService.Request request = new ListImportService.Request(
                format,
                order.file(),
                order.list(),
                order.sha256(),
                order.shrinks(),
                order.standing().map(ListImportFiles::standing));
        ListImport done = imports.run(Actor.commandLine("import"), request, read -> {
            if (read % TOLD_EVERY == 0) context.err().println(context.messages().text("screening.import.read", read));
        });
        context.out()
                .println(context.messages()
                        .text(
                                "screening.import.done",
                                done.list(),
                                done.entries(),
                                done.added(),
                                done.changed(),
                                done.removed(),
                                done.refused()));
        for (String refusal : done.refusals())
            context.out().println(context.messages().text("screening.import.refused", refusal));
        return 0;
    }
}
