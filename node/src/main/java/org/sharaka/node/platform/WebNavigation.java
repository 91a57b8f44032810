package org.sharaka.node.platform;

import java.util.Optional;

/**
 * An entry of the console's navigation; every module contributes its own as beans.
 *
 * @param order smaller comes first
 * @param path where it leads, also to what lies below it
 * @param labelKey message key
 * @param permission who sees it; everybody who is logged in if empty
 */
public record WebNavigation(Place place, int order, String path, String labelKey, Optional<String> permission) {
    /** Where an entry stands. */
    public enum Place {
        /** The bar under the product's name. */
        MAIN,
        /** The menu of the person who is logged in. */
        ACCOUNT
    }

    boolean visibleTo(WebViewer viewer) {
        return permission.map(viewer.permissions()::contains).orElse(true);
    }

    boolean leadsTo(String asked) {
        return asked.equals(path) || (!path.equals("/") && asked.startsWith(path + "/"));
    }
}
