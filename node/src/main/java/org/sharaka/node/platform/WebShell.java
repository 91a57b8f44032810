package org.sharaka.node.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** The frame around a page, for the template {@code platform/layout}: languages, navigation, who is logged in. */
public final class WebShell {
    private final HttpServletRequest request;
    private final List<WebNavigation> navigation;
    private final List<WebAlarm> alarms;
    private final Optional<WebViewer> viewer;

    WebShell(
            HttpServletRequest request,
            List<WebNavigation> navigation,
            List<WebAlarm> alarms,
            Optional<WebViewer> viewer) {
        this.request = request;
        this.navigation = navigation;
        this.alarms = alarms;
        this.viewer = viewer;
    }

    /**
     * A link of the navigation.
     *
     * @param current {@code page} if the reader is there, as {@code aria-current} wants it, else null
     */
    public record Link(
            String path, String labelKey, @Nullable String current) {}

    /** A language of the switch with the address of this same page in it. */
    public record LanguageLink(String code, String name, String href, boolean current) {}

    public @Nullable WebViewer viewer() {
        return viewer.orElse(null);
    }

    public WebLanguage language() {
        return WebLocales.language(request);
    }

    public String requestId() {
        return WebFilter.requestId(request);
    }

    /** Path and query of this page, for ways back to it. */
    public String here() {
        String path = WebQuery.path(request);
        return path.startsWith("//") ? "/" : path + WebQuery.asked(request).without("lang");
    }

    public List<Link> main() {
        return links(WebNavigation.Place.MAIN);
    }

    public List<Link> account() {
        return links(WebNavigation.Place.ACCOUNT);
    }

    /** What the reader must know of on every page, ringing or not. */
    public List<WebAlarm.Watch> alarms() {
        try {
            return viewer.stream()
                    .flatMap(reader -> alarms.stream().flatMap(alarm -> alarm.of(reader).stream()))
                    .toList();
        } catch (DataAccessException e) {
            // The page that says that the database is away must not fail for the same reason.
            return List.of();
        }
    }

    private List<Link> links(WebNavigation.Place place) {
        String path = WebQuery.path(request);
        return viewer.stream()
                .flatMap(reader -> navigation.stream()
                        .filter(entry -> entry.place() == place && entry.visibleTo(reader))
                        .map(entry -> new Link(entry.path(), entry.labelKey(), entry.leadsTo(path) ? "page" : null)))
                .toList();
    }

    public List<LanguageLink> languages() {
        WebQuery query = WebQuery.asked(request);
        String path = WebQuery.path(request).startsWith("//") ? "/" : WebQuery.path(request);
        return Arrays.stream(WebLanguage.values())
                .map(language -> new LanguageLink(
                        language.code(),
                        language.ownName(),
                        path + query.with("lang", language.code()),
                        language == language()))
                .toList();
    }
}
