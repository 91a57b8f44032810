package org.sharaka.node.platform;

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Usage texts for picocli, which asks for {@code sharaka.<command>.<what>} and, for what all commands share, for
 * {@code <what>}: the former stand in the module's own messages as {@code <module>.command.<command>.<what>}, the latter
 * in the platform's as {@code platform.command.<what>}.
 */
public final class CommandMessages extends ResourceBundle {
    private final Map<String, String> texts = new HashMap<>();

    /** @param owner the command's class; the last part of its package is the module */
    public CommandMessages(Class<?> owner, PrintedMessages messages) {
        String name = owner.getPackageName();
        add(messages, "platform", "");
        add(messages, name.substring(name.lastIndexOf('.') + 1), "sharaka.");
    }

    private void add(PrintedMessages messages, String module, String newPrefix) {
        String prefix = module + ".command.";
        messages.ofModule(module).forEach((key, text) -> {
            if (key.toString().startsWith(prefix))
                texts.put(newPrefix + key.toString().substring(prefix.length()), text.toString());
        });
    }

    @Override
    protected @Nullable Object handleGetObject(String key) {
        return texts.get(key);
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(texts.keySet());
    }
}
