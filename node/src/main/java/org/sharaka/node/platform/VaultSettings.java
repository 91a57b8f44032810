package org.sharaka.node.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the node key is opened.
 *
 * @param passphraseFile file outside the home that holds the passphrase; blank to take it from the service manager's
 *     credentials, the environment or the terminal
 */
@ConfigurationProperties(prefix = "sharaka.vault", ignoreUnknownFields = false)
record VaultSettings(@DefaultValue("") String passphraseFile) {}
