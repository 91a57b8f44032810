package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.WebServerFactory;

class CommandModeIT {
    @Test
    void everyServiceStartsWithoutAListener() {
        try (TestNode node = TestNode.withoutWeb()) {
            Vault vault = node.service(Vault.class);
            byte[] item = "item".getBytes(StandardCharsets.UTF_8);

            assertThat(vault.open("test/1", vault.seal("test/1", item))).isEqualTo(item);
            assertThatThrownBy(() -> node.service(WebServerFactory.class)).hasMessageContaining("No qualifying bean");
        }
    }
}
