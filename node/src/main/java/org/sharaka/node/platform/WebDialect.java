package org.sharaka.node.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.context.IWebContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;
import org.thymeleaf.web.servlet.IServletWebExchange;

/**
 * Gives every template {@code #shell} and {@code #show}. Not model attributes, because error pages are made where no
 * controller's model exists.
 */
final class WebDialect extends AbstractDialect implements IExpressionObjectDialect {
    private final ZoneId zone;
    private final Supplier<List<WebNavigation>> navigation;
    private final Supplier<List<WebAlarm>> alarms;
    private final Supplier<Optional<WebViewers>> viewers;

    WebDialect(
            ZoneId zone,
            Supplier<List<WebNavigation>> navigation,
            Supplier<List<WebAlarm>> alarms,
            Supplier<Optional<WebViewers>> viewers) {
        super("sharaka");
        this.zone = zone;
        this.navigation = navigation;
        this.alarms = alarms;
        this.viewers = viewers;
    }

    @Override
    public IExpressionObjectFactory getExpressionObjectFactory() {
        return new IExpressionObjectFactory() {
            @Override
            public Set<String> getAllExpressionObjectNames() {
                return Set.of("shell", "show");
            }

            @Override
            public @Nullable Object buildObject(IExpressionContext context, String name) {
                if (name.equals("show")) return new WebFormats(WebLanguage.of(context.getLocale()), zone);
                return context instanceof IWebContext web
                                && web.getExchange() instanceof IServletWebExchange exchange
                                && exchange.getNativeRequestObject() instanceof HttpServletRequest request
                        ? shell(request)
                        : null;
            }

            @Override
            public boolean isCacheable(String name) {
                return true;
            }
        };
    }

    private WebShell shell(HttpServletRequest request) {
        List<WebNavigation> sorted = navigation.get().stream()
                .sorted(Comparator.comparingInt(WebNavigation::order))
                .toList();
        return new WebShell(request, sorted, alarms.get(), viewers.get().flatMap(source -> source.current(request)));
    }
}
