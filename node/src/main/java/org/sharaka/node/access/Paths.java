package org.sharaka.node.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ways back to a page of our own, never to another host. */
final class Paths {
    private Paths() {}

    /** The path if it leads back into this console, else the home page. */
    static String back(@Nullable String asked) {
        return Optional.ofNullable(asked)
                .filter(path -> path.startsWith("/") && path.length() < 2_000)
                .filter(path -> !path.startsWith("//") && path.indexOf('\\') < 0)
                .filter(path -> path.chars().noneMatch(Character::isISOControl))
                .orElse("/");
    }
}
