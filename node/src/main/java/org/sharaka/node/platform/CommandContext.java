package org.sharaka.node.platform;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
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
        StaticListableBeanFactory services = new StaticListableBeanFactory();
        services.addBean("clock", Clock.systemUTC());
        services.addBean("random", new SecureRandom());
        return new CommandContext(services, out, err, messages);
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
