package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsCheckTest {
    @Test
    void knownSettingsPass() {
        assertThatCode(() -> check(HomeSettings.SOURCE, "sharaka.vault.passphrase-file"))
                .doesNotThrowAnyException();
    }

    @Test
    void aMisspeltSettingIsRefusedAndItsNeighboursNamed() {
        assertRefused("platform.setting-unknown", "sharaka.vault.pasphrase-file")
                .hasMessageContaining("vault.passphrase-file");
    }

    @Test
    void aRenamedSettingIsRefusedWithItsNewName() {
        assertRefused("platform.setting-renamed", "sharaka.safe.passphrase-file")
                .hasMessageContaining("vault.passphrase-file");
    }

    @Test
    void noFileMakesANodeADemo() {
        assertRefused("platform.setting-unknown", "sharaka.demo");
        assertThatCode(() -> check("commandLineArgs", "sharaka.demo")).doesNotThrowAnyException();
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            String problem, String key) {
        return assertThatThrownBy(() -> check(HomeSettings.SOURCE, key))
                .isInstanceOfSatisfying(
                        OperatorException.class, e -> assertThat(e.key()).isEqualTo(problem));
    }

    private static void check(String source, String key) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource(source, Map.of(key, "value")));
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerBeanDefinition("vaultSettings", new RootBeanDefinition(VaultSettings.class));
        new SettingsCheck(environment, Map.of("safe.passphrase-file", "vault.passphrase-file"))
                .postProcessBeanFactory(beans);
    }
}
