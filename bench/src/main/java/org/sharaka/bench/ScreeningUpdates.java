package org.sharaka.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * How long after the commit of an import that changed one entry that change is found. What the import would write is written here by
 * itself: the start of a process each time would hide the time that is looked for. Acts without an audit entry; the home is thrown away.
 */
final class ScreeningUpdates {
    private static final String PATH = "/api/v1/screening/match/default?limit=5";
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final String SYLLABLES = "bcdfghjklmnprstvz";

    private final NodeProcess node;
    private final String token;

    ScreeningUpdates(NodeProcess node, String token) {
        this.node = node;
        this.token = token;
    }

    void measure(int updates, Figures figures) throws IOException, SQLException, InterruptedException {
        Latencies found = new Latencies();
        try (Connection sql = node.connect();
                KeptConnection asking = new KeptConnection(node.console(), "ApiKey " + token)) {
            sql.setAutoCommit(false);
            String entity = anEntity(sql);
            for (int i = 0; i < updates; i++) {
                String name = name(i);
                write(sql, entity, name);
                // Changes come at any moment between two looks.
                Thread.sleep(60 + (i * 7L) % 50);
                sql.commit();
                long committed = System.nanoTime();
                byte[] question = ScreeningQueries.person(name, "");
                while (!asking.post(PATH, question).body().contains('"' + entity + '"')) {
                    if (System.nanoTime() - committed > PATIENCE_NANOS)
                        throw new IOException("a changed entry was not found");
                }
                found.add(System.nanoTime() - committed);
            }
        }
        found.putInto(figures, "one_entity_updated");
    }

    private static String anEntity(Connection sql) throws SQLException {
        try (Statement statement = sql.createStatement();
                ResultSet row = statement.executeQuery(
                        "select id from screening.entity where schema = 'Person' and gone_at is null order by id limit 1")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void write(Connection sql, String entity, String name) throws SQLException {
        long number;
        try (PreparedStatement made = sql.prepareStatement("""
                insert into screening.import (list, file_hash, added, changed, removed, refused, imported_at, entry)
                select list, sha256(?), 0, 1, 0, 0, now(), gen_random_uuid() from screening.entity where id = ?
                returning number
                """)) {
            made.setBytes(1, name.getBytes(StandardCharsets.UTF_8));
            made.setString(2, entity);
            try (ResultSet row = made.executeQuery()) {
                row.next();
                number = row.getLong(1);
            }
        }
        try (PreparedStatement changed = sql.prepareStatement(
                "update screening.entity set names = array[?], digest = ?, revision = ?, changed_at = now() where id = ?")) {
            changed.setString(1, name);
            changed.setBytes(2, sha256(name));
            changed.setLong(3, number);
            changed.setString(4, entity);
            changed.executeUpdate();
        }
    }

    /** Like no other name, and like none before it. */
    private static String name(int number) {
        StringBuilder name = new StringBuilder("Update");
        for (int word = 0; word < 2; word++) {
            name.append(' ');
            int rest = number + 17 * (word + 1) * (number + 3);
            for (int i = 0; i < 5; i++) {
                name.append(SYLLABLES.charAt(rest % SYLLABLES.length())).append("aeiou".charAt(rest % 5));
                rest = rest / 3 + 7 * i + number;
            }
        }
        return name.toString().toUpperCase(Locale.ROOT);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
