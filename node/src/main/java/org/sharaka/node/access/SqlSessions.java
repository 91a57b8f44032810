package org.sharaka.node.access;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sessions that officers have open, as Spring Session stores them. */
final class SqlSessions {
    private final JdbcClient sql;

    SqlSessions(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * A session as its officer may see it.
     *
     * @param handle names it on the page; the session's own id is a credential and stays out of pages
     */
    record Open(String handle, Instant beganAt, Instant lastUsedAt, boolean current) {}

    List<Open> of(Login login, String currentSessionId) {
        return sql.sql("""
                        select session_id, creation_time, last_access_time from access.session
                        where principal_name = ? order by last_access_time desc
                        """)
                .param(login.value())
                .query((row, i) -> {
                    String id = row.getString("session_id").strip();
                    return new Open(
                            handle(id),
                            Instant.ofEpochMilli(row.getLong("creation_time")),
                            Instant.ofEpochMilli(row.getLong("last_access_time")),
                            id.equals(currentSessionId));
                })
                .list();
    }

    /** @return false if the officer has no such session */
    boolean end(Login login, String handle) {
        List<String> ids = sql.sql("select session_id from access.session where principal_name = ?")
                .param(login.value())
                .query(String.class)
                .list();
        return ids.stream()
                .filter(id -> handle(id.strip()).equals(handle))
                .findFirst()
                .map(id -> sql.sql("delete from access.session where session_id = ? and principal_name = ?")
                                .params(id, login.value())
                                .update()
                        > 0)
                .orElse(false);
    }

    void endAll(Login login) {
        sql.sql("delete from access.session where principal_name = ?")
                .param(login.value())
                .update();
    }

    private static String handle(String sessionId) {
        byte[] hash = OneTimeCode.sha256(sessionId.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
    }
}
