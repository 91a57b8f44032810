package org.sharaka.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** `./sharaka bench NAME`. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures what docs/benchmarks.md publishes.",
        subcommands = {
            AnswersBench.class,
            AuditBench.class,
            BackupBench.class,
            EvidenceBench.class,
            ExchangeBench.class,
            FaultsBench.class,
            IdentifiersBench.class,
            IntakeBench.class,
            LearnVariantsBench.class,
            LinkingBench.class,
            MatchingBench.class,
            NamesBench.class,
            PortalBench.class,
            ProtocolBench.class,
            RetrievalBench.class,
            ScreeningBench.class,
            TriageBench.class
        })
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}
