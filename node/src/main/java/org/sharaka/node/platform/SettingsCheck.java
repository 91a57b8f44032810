package org.sharaka.node.platform;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Refuses settings that no module knows, before anything is started with them: a misspelt safeguard is one that is off.
 * A renamed setting is refused with its new name.
 */
final class SettingsCheck implements BeanFactoryPostProcessor {
    /** Flags of a run, which no file may hold: a node becomes a demo by being started as one. */
    private static final Set<String> FLAGS = Set.of("sharaka.home", "sharaka.command", "sharaka.demo");

    /** Of the web shell, which has one setting and so no record. */
    private static final Set<String> SINGLE = Set.of("sharaka.web.zone");

    private final ConfigurableEnvironment environment;
    private final Map<String, String> renamed;

    /** @param renamed old names with their new ones */
    SettingsCheck(ConfigurableEnvironment environment, Map<String, String> renamed) {
        this.environment = environment;
        this.renamed = Map.copyOf(renamed);
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Set<String> known = new TreeSet<>(SINGLE);
        for (String name : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            ConfigurationProperties settings = beans.findAnnotationOnBean(name, ConfigurationProperties.class, false);
            Class<?> type = beans.getType(name, false);
            if (settings != null
                    && type != null
                    && type.isRecord()
                    && settings.prefix().startsWith(HomeSettings.PREFIX)) known.addAll(keys(settings.prefix(), type));
        }
        for (PropertySource<?> source : environment.getPropertySources()) {
            boolean file = source.getName().equals(HomeSettings.SOURCE);
            if ((file || source.getName().equals("commandLineArgs"))
                    && source instanceof EnumerablePropertySource<?> own)
                for (String key : own.getPropertyNames()) check(key, known, file);
        }
    }

    private void check(String key, Set<String> known, boolean file) {
        if (!key.startsWith(HomeSettings.PREFIX) || known.contains(key) || (!file && FLAGS.contains(key))) return;
        String shown = key.substring(HomeSettings.PREFIX.length());
        String successor = renamed.get(shown);
        if (successor != null) throw new OperatorException("platform.setting-renamed", shown, successor);
        throw new OperatorException("platform.setting-unknown", shown, String.join(", ", similar(shown, known)));
    }

    /** Those of the same group, else the groups. */
    private static Set<String> similar(String shown, Set<String> known) {
        Set<String> all = new TreeSet<>();
        for (String key : known) all.add(key.substring(HomeSettings.PREFIX.length()));
        String group = shown.contains(".") ? shown.substring(0, shown.indexOf('.') + 1) : shown;
        Set<String> near = new TreeSet<>(all);
        near.removeIf(key -> !key.startsWith(group));
        return near.isEmpty() ? all : near;
    }

    private static List<String> keys(String prefix, Class<?> type) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = prefix + "." + kebab(component.getName());
            if (component.getType().isRecord()) keys.addAll(keys(key, component.getType()));
            else keys.add(key);
        }
        return keys;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
