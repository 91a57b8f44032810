package org.sharaka.node.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that the node's administrator must know and can mend: the node does not start, or a command stops. Its
 * message is looked up in the administrator's language; in logs it stands in English.
 */
public final class OperatorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient Object[] arguments;

    /** @param key of messages/&lt;module&gt;_*.properties, where the module is what stands before the first dot */
    public OperatorException(String key, Object... arguments) {
        this(key, null, arguments);
    }

    public OperatorException(String key, @Nullable Throwable cause, Object... arguments) {
        super(PrintedMessages.in(Locale.ENGLISH).text(key, arguments), cause);
        this.key = key;
        this.arguments = arguments.clone();
    }

    public String key() {
        return key;
    }

    /** The message in a language that we have, else in English. */
    public String messageIn(Locale locale) {
        return PrintedMessages.in(locale).text(key, arguments);
    }

    /** Why a directory could not be written: a full disk is told as such. */
    public static OperatorException ofStorage(IOException e, Path directory) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left on device");
        return full
                ? new OperatorException("platform.disk-full", e, directory)
                : new OperatorException("platform.home-unusable", e, directory, reason(e));
    }

    /** What an operating-system error says, without the Java class name where it speaks for itself. */
    public static String reason(Exception e) {
        if (e instanceof AccessDeniedException denied) return denied.getFile() + ": permission denied";
        if (e instanceof FileSystemException file && file.getReason() != null)
            return file.getFile() + ": " + file.getReason();
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
