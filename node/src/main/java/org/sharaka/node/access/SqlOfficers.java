package org.sharaka.node.access;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Officers and what they can prove. */
final class SqlOfficers {
    private static final String COLUMNS = "id, login, name, unit, roles, disabled, demo, ends_at, language";

    private final JdbcClient sql;

    SqlOfficers(JdbcClient sql) {
        this.sql = sql;
    }

    /** @return false if the login name is taken */
    boolean add(Officer officer, UUID entry, Instant now) {
        int added = sql.sql("""
                        insert into access.officer (id, login, name, unit, roles, roles_entry, demo, ends_at, language, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (login) do nothing
                        """)
                .params(Arrays.asList(
                        officer.id().value(),
                        officer.login().value(),
                        officer.name(),
                        officer.unit().orElse(null),
                        names(officer.roles()),
                        entry,
                        officer.demo(),
                        utc(officer.endsAt()),
                        officer.language().orElse(null),
                        utc(now)))
                .update();
        if (added == 1) {
            sql.sql("insert into access.credential (officer_id) values (?)")
                    .param(officer.id().value())
                    .update();
        }
        return added == 1;
    }

    List<Officer> all() {
        return sql.sql("select " + COLUMNS + " from access.officer order by disabled, login")
                .query(SqlOfficers::officer)
                .list();
    }

    boolean none() {
        return sql.sql("select not exists (select 1 from access.officer)")
                .query(Boolean.class)
                .single();
    }

    Optional<Officer> find(OfficerId id) {
        return sql.sql("select " + COLUMNS + " from access.officer where id = ?")
                .param(id.value())
                .query(SqlOfficers::officer)
                .optional();
    }

    Optional<Officer> find(Login login) {
        return sql.sql("select " + COLUMNS + " from access.officer where login = ?")
                .param(login.value())
                .query(SqlOfficers::officer)
                .optional();
    }

    /** Login names by the officers' ids, for screens that show who did something. */
    Map<String, String> logins(Collection<String> ids) {
        Map<String, String> logins = new HashMap<>();
        sql.sql("select id, login from access.officer where id::text = any (?)")
                .param(ids.toArray(String[]::new))
                .query(row -> {
                    logins.put(row.getString("id"), row.getString("login"));
                });
        return logins;
    }

    void changeRoles(OfficerId id, Set<Role> roles, UUID entry) {
        sql.sql("update access.officer set roles = ?, roles_entry = ? where id = ?")
                .params(names(roles), entry, id.value())
                .update();
    }

    void changeUnit(OfficerId id, Optional<String> unit) {
        sql.sql("update access.officer set unit = ? where id = ?")
                .params(Arrays.asList(unit.orElse(null), id.value()))
                .update();
    }

    void changeLanguage(OfficerId id, Optional<String> language) {
        sql.sql("update access.officer set language = ? where id = ?")
                .params(Arrays.asList(language.orElse(null), id.value()))
                .update();
    }

    void disable(OfficerId id, boolean disabled) {
        sql.sql("update access.officer set disabled = ? where id = ?")
                .params(disabled, id.value())
                .update();
    }

    Optional<Credential> credential(OfficerId id) {
        return sql.sql(
                        "select password, totp, totp_step, code, code_ends_at from access.credential where officer_id = ?")
                .param(id.value())
                .query((row, i) -> new Credential(
                        id,
                        Optional.ofNullable(row.getString("password")),
                        sealed(row.getBytes("totp")),
                        row.getLong("totp_step"),
                        sealed(row.getBytes("code")),
                        ifAny(row, "code_ends_at")))
                .optional();
    }

    /** A new code ends what the officer could prove until now. */
    void startEnrolment(OfficerId id, byte[] code, Instant endsAt) {
        sql.sql("""
                        update access.credential set password = null, totp = null, totp_step = 0, code = ?, code_ends_at = ?
                        where officer_id = ?
                        """).params(code, utc(endsAt), id.value()).update();
        sql.sql("delete from access.passkey where officer_id = ?")
                .param(id.value())
                .update();
    }

    /** @return false if the code was used in the meantime */
    boolean finishEnrolment(OfficerId id, byte[] code, String password, byte[] totp, long totpStep) {
        return sql.sql("""
                        update access.credential
                        set password = ?, totp = ?, totp_step = ?, code = null, code_ends_at = null
                        where officer_id = ? and code = ?
                        """).params(password, totp, totpStep, id.value(), code).update() == 1;
    }

    void changePassword(OfficerId id, String password) {
        sql.sql("update access.credential set password = ? where officer_id = ?")
                .params(password, id.value())
                .update();
    }

    /** @return false if this code or a later one was accepted in the meantime */
    boolean useStep(OfficerId id, long step) {
        return sql.sql("update access.credential set totp_step = ? where officer_id = ? and totp_step < ?")
                        .params(step, id.value(), step)
                        .update()
                == 1;
    }

    private static Officer officer(ResultSet row, int number) throws SQLException {
        return new Officer(
                new OfficerId(row.getObject("id", UUID.class)),
                new Login(row.getString("login")),
                row.getString("name"),
                Optional.ofNullable(row.getString("unit")),
                Arrays.stream((String[]) row.getArray("roles").getArray())
                        .map(Role::valueOf)
                        .collect(Collectors.toUnmodifiableSet()),
                row.getBoolean("disabled"),
                row.getBoolean("demo"),
                ifAny(row, "ends_at"),
                Optional.ofNullable(row.getString("language")));
    }

    /** In one order, so that one set has one text in the audit record. */
    static String[] names(Set<? extends Enum<?>> constants) {
        return constants.stream().map(Enum::name).sorted().toArray(String[]::new);
    }

    private static Optional<Credential.Sealed> sealed(byte @Nullable [] bytes) {
        return Optional.ofNullable(bytes).map(Credential.Sealed::new);
    }
}
