package org.sharaka.node.platform;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What a command works with: the node's services and the administrator's terminal. */
public final class CommandContext {
    private final BeanFactory services;
    private final PrintWriter out;
    private final PrintWriter err;
    private final PrintedMessages messages;

    public CommandContext(BeanFactory services, PrintWriter out, PrintWriter err, PrintedMessages messages) {
        this.services = services;
        this.out = out;
        this.err = err;
        this.messages = messages;
    }

    /** What an {@link OfflineCommand} works with. */
    public static CommandContext offline(PrintWriter out, PrintWriter err, PrintedMessages messages) {
        return offline(out, err, messages, new Flags(Path.of(""), Map.of()));
    }

    /** @param flags for a command that makes a home, or looks into one, without running on it */
    public static CommandContext offline(PrintWriter out, PrintWriter err, PrintedMessages messages, Flags flags) {
        StaticListableBeanFactory services = new StaticListableBeanFactory();
        services.addBean("clock", Clock.systemUTC());
        services.addBean("random", new SecureRandom());
        services.addBean("flags", flags);
        return new CommandContext(services, out, err, messages);
    }

    /**
     * What an {@link OfflineCommand} was given for every command.
     *
     * @param home as {@code --home} says
     * @param settings as {@code --set} says
     */
    public record Flags(Path home, Map<String, String> settings) {
        public Flags {
            settings = Map.copyOf(settings);
        }
    }

    /** A service of the node. */
    public <T> T service(Class<T> type) {
        return services.getBean(type);
    }

    /** All services of a kind that modules offer. */
    public <T> List<T> services(Class<T> type) {
        return services.getBeanProvider(type).stream().toList();
    }

    /** Standard output in UTF-8: the answer, also for other programs. */
    public PrintWriter out() {
        return out;
    }

    /** Standard error in UTF-8: progress and complaints. */
    public PrintWriter err() {
        return err;
    }

    /** Texts in the administrator's language. */
    public PrintedMessages messages() {
        return messages;
    }
}
