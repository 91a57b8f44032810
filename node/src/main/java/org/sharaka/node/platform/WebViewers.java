package org.sharaka.node.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Tells the web shell who looks at a page; the module that knows log-ins implements it. */
@FunctionalInterface
public interface WebViewers {
    /** @return empty before log-in */
    Optional<WebViewer> current(HttpServletRequest request);
}
