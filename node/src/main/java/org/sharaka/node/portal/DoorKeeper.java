package org.sharaka.node.portal;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;
import org.sharaka.node.platform.Home;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PrivateFiles;
import org.sharaka.node.platform.PublicSeal;
import org.sharaka.node.platform.Secret;
import org.sharaka.node.platform.Vault;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Opens the portal's door at the node's start: key pair, narrow role, and the file that tells the portal of both. */
final class DoorKeeper {
    private static final String PRIVATE_KEY = "portal.unit-key/1";

    /** What the role may do. Everything else is closed to it because nobody grants it. */
    private static final List<String> GRANTS = List.of(
            "grant usage on schema portal to %s",
            "grant insert (sealed) on portal.arrival to %s",
            "grant select, insert (lookup, public_key, body_mac) on portal.mailbox to %s",
            "grant select, insert (lookup, from_reporter, written_at, sealed, nonce) on portal.letter to %s");

    private final Home home;
    private final DataSource database;
    private final JdbcTemplate jdbc;
    private final Vault vault;
    private final PortalNodeSettings settings;
    private final SecureRandom random;
    private final Clock clock;

    DoorKeeper(
            Home home,
            DataSource database,
            Vault vault,
            PortalNodeSettings settings,
            SecureRandom random,
            Clock clock) {
        this.home = home;
        this.database = database;
        this.jdbc = new JdbcTemplate(database);
        this.vault = vault;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /** @throws OperatorException if the role cannot be made or the file not written, saying what to do */
    Door open() {
        Path directory = Door.directory(home.directory());
        try {
            PrivateFiles.directory(directory);
            boolean known = Door.isIn(directory);
            Secret<String> password = known ? Door.read(directory).password() : new Secret<>(text(24));
            byte[] key = known ? Door.read(directory).key() : bytes(32);
            Door door = new Door(url(), settings.databaseRole(), password, unitKey(), key);
            admit(door);
            door.write(directory);
            return door;
        } catch (IOException e) {
            throw new OperatorException("platform.home-unusable", e, directory, String.valueOf(e.getMessage()));
        }
    }

    /** The private half of the key pair that arrivals are sealed to. */
    byte[] privateKey() {
        byte[] sealed = jdbc.queryForObject("select sealed_private from portal.unit_key where id = 1", byte[].class);
        return vault.open(PRIVATE_KEY, sealed == null ? new byte[0] : sealed);
    }

    private byte[] unitKey() {
        byte[] fresh = PublicSeal.newPrivateKey();
        jdbc.update("""
                insert into portal.unit_key (id, public_key, sealed_private, created_at) values (1, ?, ?, ?)
                on conflict (id) do nothing
                """, PublicSeal.publicKeyOf(fresh), vault.seal(PRIVATE_KEY, fresh), utc(clock.instant()));
        byte[] key = jdbc.queryForObject("select public_key from portal.unit_key where id = 1", byte[].class);
        if (key == null) throw new IllegalStateException("the unit key is gone");
        return key;
    }

    /** Where an external database has the role already and lets the node not change it, the grants alone are renewed. */
    private void admit(Door door) {
        String role = door.role();
        try {
            Integer roles = jdbc.queryForObject("select count(*) from pg_roles where rolname = ?", Integer.class, role);
            // Statements about roles take no parameters; the name is checked by its settings and the password is
            // Base64.
            String options = role
                    + " login nosuperuser nocreatedb nocreaterole noinherit noreplication connection limit "
                    + settings.connections() + " password '" + door.password().reveal() + "'";
            jdbc.execute((roles == null || roles == 0 ? "create role " : "alter role ") + options);
            jdbc.execute("revoke temporary on database \"" + databaseName() + "\" from public");
            for (String grant : GRANTS) jdbc.execute(grant.formatted(role));
        } catch (DataAccessException e) {
            throw new OperatorException("portal.role-refused", e, role);
        }
    }

    private String databaseName() {
        String name = jdbc.queryForObject("select current_database()", String.class);
        return name == null ? "" : name.replace("\"", "\"\"");
    }

    private String url() {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getURL();
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not tell its address", e);
        }
    }

    private String text(int length) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(length));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
