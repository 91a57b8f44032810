package org.sharaka.node.platform;

import java.io.PrintWriter;
import org.springframework.beans.factory.BeanFactory;

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

    /** A service of the node. */
    public <T> T service(Class<T> type) {
        return services.getBean(type);
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
