package org.sharaka.node.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives page handlers that name a type as an argument what their path names. Stateless.
 *
 * @param <T> the type; no other resolver knows it
 */
public final class WebPathArgument<T> implements HandlerMethodArgumentResolver {
    private final Class<T> type;
    private final Function<UnaryOperator<String>, T> parse;

    /** @param parse asks for the path's variables by their names; throws {@link ProblemException} for what cannot be one */
    public WebPathArgument(Class<T> type, Function<UnaryOperator<String>, T> parse) {
        this.type = type;
        this.parse = parse;
    }

    /** For a bean of a module. */
    public WebMvcConfigurer configurer() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(WebPathArgument.this);
            }
        };
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(type);
    }

    @Override
    public T resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest asked = request.getNativeRequest(HttpServletRequest.class);
        if (asked == null
                || !(asked.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                        instanceof Map<?, ?> variables)) throw new IllegalStateException("no path");
        return parse.apply(name -> (String) Objects.requireNonNull(variables.get(name), name));
    }
}
