package org.sharaka.node.platform;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.ConfigurableWebApplicationContext;

/** A command runs the node's services without listeners: its component scan passes over controllers. */
final class WithoutControllers implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!(context instanceof ConfigurableWebApplicationContext))
            context.getBeanFactory().registerSingleton("withoutControllers", new Filter());
    }

    private static final class Filter extends TypeExcludeFilter {
        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
            AnnotationMetadata annotations = type.getAnnotationMetadata();
            return annotations.isAnnotated(Controller.class.getName())
                    || annotations.isAnnotated(ControllerAdvice.class.getName());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Filter;
        }

        @Override
        public int hashCode() {
            return Filter.class.hashCode();
        }
    }
}
