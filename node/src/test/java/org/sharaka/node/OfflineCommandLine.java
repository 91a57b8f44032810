package org.sharaka.node;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.sharaka.node.platform.PrintedMessages;

/** The command line as a person types it, for commands that need no node. */
public final class OfflineCommandLine {
    private final PrintedMessages messages;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    public OfflineCommandLine(Locale locale) {
        this.messages = PrintedMessages.in(locale);
    }

    /** @return the exit status */
    public int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return new Main(messages, new PrintWriter(out, true), new PrintWriter(err, true)).run(arguments);
    }

    /** What the last run printed. */
    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
