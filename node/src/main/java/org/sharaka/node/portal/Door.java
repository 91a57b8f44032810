package org.sharaka.node.portal;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PrivateFiles;
import org.sharaka.node.platform.Secret;

/**
 * All that the portal's process knows of its node: {@code HOME/portal/door.properties}, written by the node at each start.
 *
 * @param url of the database
 * @param role the narrow role
 * @param unitKey public key that arrivals are sealed to
 * @param key the portal's own
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Door(String url, String role, Secret<String> password, byte[] unitKey, byte[] key) {
    static Path directory(Path home) {
        return home.resolve("portal");
    }

    private static Path file(Path directory) {
        return directory.resolve("door.properties");
    }

    void write(Path directory) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("url", url);
        properties.setProperty("role", role);
        properties.setProperty("password", password.reveal());
        properties.setProperty("unit-key", Base64.getEncoder().encodeToString(unitKey));
        properties.setProperty("key", Base64.getEncoder().encodeToString(key));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        PrivateFiles.write(file(directory), text.toString());
    }

    static boolean isIn(Path directory) {
        return Files.exists(file(directory));
    }

    /** @throws OperatorException if the node has not written it, or it is damaged */
    static Door read(Path directory) {
        Path file = file(directory);
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
            return new Door(
                    required(properties, "url"),
                    required(properties, "role"),
                    new Secret<>(required(properties, "password")),
                    Base64.getDecoder().decode(required(properties, "unit-key")),
                    Base64.getDecoder().decode(required(properties, "key")));
        } catch (IOException | IllegalArgumentException e) {
            throw new OperatorException("portal.door-missing", e, file);
        }
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) throw new IllegalArgumentException(key + " is missing");
        return value;
    }
}
