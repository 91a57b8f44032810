package org.sharaka.exercise;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.PrintedMessages;

/**
 * The process of the demo's second node, Spain. Told by lines on its standard input and ended when that ends, so it never outlives the
 * demo, however that dies.
 */
final class Neighbour {
    /** Begins each line that is meant for the demo. */
    static final String TO_DEMO = "neighbour ";

    private Neighbour() {}

    /** @param arguments directory of the network, port of the console, home or nothing for a temporary one */
    public static void main(String[] arguments) throws IOException {
        PrintWriter out = new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8), true);
        DemoNetwork network = DemoNetwork.in(Path.of(arguments[0]));
        Optional<Path> home = arguments.length > 2 ? Optional.of(Path.of(arguments[2])) : Optional.empty();
        try (DemoNode node = DemoNode.start(
                home,
                Integer.parseInt(arguments[1]),
                network.portSetting(DemoNetwork.SPAIN),
                "sharaka.intake.region=ES",
                "sharaka.campaign.currency=EUR",
                "logging.level.root=warn")) {
            node.addOfficers(DemoOfficer.SPANISH);
            network.join(node, DemoNetwork.SPAIN);
            say(out, "home " + node.home());
            say(
                    out,
                    "token "
                            + node.token(EnumSet.of(
                                    Permission.REPORT_SUBMIT, Permission.REPORT_READ, Permission.CAMPAIGN_READ)));
            say(out, "console " + node.console());
            serve(node, out);
        }
        System.exit(0);
    }

    private static void serve(DemoNode node, PrintWriter out) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine())
                if (line.equals("verify-audit"))
                    say(
                            out,
                            "verified "
                                    + node.command(line, new PrintWriter(new StringWriter()), PrintedMessages.here()));
        }
    }

    private static void say(PrintWriter out, String line) {
        out.println(TO_DEMO + line);
        out.flush();
    }
}
