package org.sharaka.node.exchange;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every test node knows notes. */
@Configuration(proxyBeanMethods = false)
class NoteConfiguration {
    @Bean
    NoteListener noteListener() {
        return new NoteListener();
    }
}
