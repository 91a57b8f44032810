package org.sharaka.exercise;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.sharaka.node.platform.CommandMessages;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PrintedMessages;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the exercise: {@code ./sharaka demo}. */
@Command(name = "sharaka", mixinStandardHelpOptions = true)
public final class Demo {
    private Demo() {}

    public static void main(String[] arguments) {
        PrintedMessages messages = PrintedMessages.here();
        PrintWriter out = utf8(FileDescriptor.out);
        PrintWriter err = utf8(FileDescriptor.err);
        int status = run(messages, out, err, arguments);
        out.flush();
        err.flush();
        System.exit(status);
    }

    static int run(PrintedMessages messages, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine root = new CommandLine(new Demo());
        root.addSubcommand(new DemoCommand(messages, out));
        root.getSubcommands()
                .values()
                .forEach(line -> line.setResourceBundle(new CommandMessages(DemoCommand.class, messages)));
        return root.setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((e, line, result) -> {
                    if (e instanceof OperatorException told) {
                        err.println("sharaka: " + told.messageIn(messages.locale()));
                    } else {
                        e.printStackTrace(err);
                    }
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(line(arguments));
    }

    /** The launcher has taken the command's name off; usage help names it in full. */
    private static String[] line(String... arguments) {
        return Stream.concat(Stream.of("demo"), Stream.of(arguments)).toArray(String[]::new);
    }

    /** In UTF-8 whatever the locale: Arabic is readable on every modern terminal, a question mark on none. */
    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
