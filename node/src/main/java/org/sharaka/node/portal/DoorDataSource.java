package org.sharaka.node.portal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Connections by the door file as it stands when each is made: a node that restarted may listen elsewhere. */
final class DoorDataSource extends AbstractDataSource {
    private final Path directory;

    DoorDataSource(Path directory) {
        this.directory = directory;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Door door = Door.read(directory);
        return getConnection(door.role(), door.password().reveal());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "sharaka portal");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "20");
        properties.setProperty("logServerErrorDetail", "false");
        return DriverManager.getConnection(Door.read(directory).url(), properties);
    }
}
