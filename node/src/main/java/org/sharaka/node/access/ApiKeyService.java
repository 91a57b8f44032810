package org.sharaka.node.access;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes, lists, revokes and checks API keys. */
public final class ApiKeyService {
    /** A key that nobody renews for a year ends. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final Pattern TOKEN = Pattern.compile("shk_([0-9a-f-]{36})_([A-Za-z0-9_-]{43})");
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);
    private static final String COLUMNS =
            "id, label, secret, officer_id, unit, purpose, permissions, created_at, ends_at, revoked_at, last_used_at";

    private final JdbcClient sql;
    private final SqlOfficers officers;
    private final AccessLog log;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final SecureRandom random;
    private final Ids ids;
    private final boolean demoNode;

    ApiKeyService(
            JdbcClient sql,
            SqlOfficers officers,
            AccessLog log,
            TransactionTemplate transactions,
            Clock clock,
            SecureRandom random,
            Ids ids,
            boolean demoNode) {
        this.sql = sql;
        this.officers = officers;
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
        this.random = random;
        this.ids = ids;
        this.demoNode = demoNode;
    }

    /**
     * Makes a key that acts for the actor, or for the node if made at the command line.
     *
     * @throws ProblemException {@link AccessProblem#KEY_TOO_WIDE} for permissions that the actor lacks, none, or an end
     *     past a year
     */
    public MadeApiKey make(Actor actor, NewApiKey wanted) {
        try {
            return inTransaction(() -> insert(actor, wanted));
        } catch (ProblemException e) {
            log.refused(
                    actor,
                    "access.api-key-make",
                    "api-key",
                    new AccessLog.ProblemCode(e.type().code()));
            throw e;
        }
    }

    private MadeApiKey insert(Actor actor, NewApiKey wanted) {
        if (wanted.label().isBlank() || wanted.label().length() > 200) {
            throw AccessProblem.NAME_INVALID.because("1 to 200 characters");
        }
        boolean maker = actor.kind() == Actor.Kind.OFFICER || actor.kind() == Actor.Kind.COMMAND_LINE;
        boolean tooLong = wanted.lasts().isNegative()
                || wanted.lasts().isZero()
                || wanted.lasts().compareTo(LONGEST) > 0;
        if (!maker) throw AccessProblem.FORBIDDEN.because("officers make keys, keys do not");
        if (tooLong || wanted.permissions().isEmpty() || !actor.permissions().containsAll(wanted.permissions())) {
            throw AccessProblem.KEY_TOO_WIDE.because(
                    "within the maker's permissions, for at most " + LONGEST.toDays() + " days");
        }
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        UUID id = ids.random();
        Instant now = clock.instant();
        Optional<OfficerId> officer = actor.kind() == Actor.Kind.OFFICER
                ? Optional.of(new OfficerId(UUID.fromString(actor.id())))
                : Optional.empty();
        ApiKey key = new ApiKey(
                id,
                wanted.label().strip(),
                officer,
                actor.unit(),
                wanted.purpose(),
                wanted.permissions(),
                now,
                now.plus(wanted.lasts()),
                Optional.empty(),
                Optional.empty());
        String subject = "api-key/" + id + " " + String.join(",", SqlOfficers.names(wanted.permissions()));
        UUID entry = log.done(actor, "access.api-key-make", subject);
        sql.sql("""
                        insert into access.api_key (id, label, secret, officer_id, unit, purpose, permissions, made_entry,
                            created_at, ends_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(Arrays.asList(
                        id,
                        key.label(),
                        OneTimeCode.sha256(text(secret).getBytes(StandardCharsets.US_ASCII)),
                        officer.map(OfficerId::value).orElse(null),
                        actor.unit().orElse(null),
                        key.purpose().name(),
                        SqlOfficers.names(key.permissions()),
                        entry,
                        utc(now),
                        utc(key.endsAt())))
                .update();
        return new MadeApiKey(key, "shk_" + id + "_" + text(secret));
    }

    /** The actor's own keys; all keys for who administers officers. */
    public List<ApiKey> list(Actor actor) {
        boolean all = actor.may(Permission.OFFICER_ADMINISTER);
        return sql
                .sql("select " + COLUMNS + " from access.api_key order by created_at desc")
                .query(ApiKeyService::key)
                .list()
                .stream()
                .filter(key -> all || isOwn(actor, key))
                .toList();
    }

    /** @throws ProblemException {@link AccessProblem#NOT_FOUND} for a key that is not there or not the actor's */
    public void revoke(Actor actor, UUID id) {
        try {
            inTransaction(() -> {
                ApiKey key = find(id).filter(known -> actor.may(Permission.OFFICER_ADMINISTER) || isOwn(actor, known))
                        .orElseThrow(() -> AccessProblem.NOT_FOUND.because("api-key " + id));
                sql.sql("update access.api_key set revoked_at = ? where id = ? and revoked_at is null")
                        .params(utc(clock.instant()), id)
                        .update();
                log.done(actor, "access.api-key-revoke", "api-key/" + key.id());
                return key;
            });
        } catch (ProblemException e) {
            log.refused(
                    actor,
                    "access.api-key-revoke",
                    "api-key/" + id,
                    new AccessLog.ProblemCode(e.type().code()));
            throw e;
        }
    }

    /**
     * The actor behind a token, with what the key and its maker both may now.
     *
     * @throws ProblemException {@link AccessProblem#NOT_AUTHENTICATED} whatever is wrong with it
     */
    Actor authenticate(String token) {
        Matcher form = TOKEN.matcher(token);
        if (!form.matches()) throw AccessProblem.NOT_AUTHENTICATED.because("no valid API key");
        UUID id = parse(form.group(1));
        byte[] given = OneTimeCode.sha256(form.group(2).getBytes(StandardCharsets.US_ASCII));
        Optional<Known> found = sql.sql("select " + COLUMNS + " from access.api_key where id = ?")
                .param(id)
                .query((row, number) ->
                        new Known(key(row, number), HexFormat.of().formatHex(row.getBytes("secret"))))
                .optional();
        boolean equal = MessageDigest.isEqual(
                found.map(known -> HexFormat.of().parseHex(known.secret())).orElse(new byte[32]), given);
        Instant now = clock.instant();
        Optional<ApiKey> key = equal ? found.map(Known::key).filter(known -> known.inForceAt(now)) : Optional.empty();
        Optional<Actor> actor = key.flatMap(known -> actor(known, now));
        if (actor.isEmpty()) {
            Actor somebody =
                    new Actor(Actor.Kind.UNKNOWN, id.toString(), "", Optional.empty(), Set.of(), Optional.empty());
            log.refused(
                    somebody, "access.api-key-use", "api-key/" + id, SignIn.problem(AccessProblem.NOT_AUTHENTICATED));
            throw AccessProblem.NOT_AUTHENTICATED.because("no valid API key");
        }
        boolean noted = key.flatMap(ApiKey::lastUsedAt)
                .map(at -> at.isAfter(now.minus(USE_NOTED_EVERY)))
                .orElse(false);
        if (!noted) noteUse(id, now);
        return actor.get();
    }

    /** A key with the hash of its secret in hexadecimal. */
    private record Known(ApiKey key, String secret) {}

    private Optional<Actor> actor(ApiKey key, Instant now) {
        Set<Permission> permissions = new HashSet<>(key.permissions());
        if (key.officer().isPresent()) {
            Optional<Officer> maker = officers.find(key.officer().get()).filter(known -> known.mayWork(now, demoNode));
            if (maker.isEmpty()) return Optional.empty();
            permissions.retainAll(Role.permissionsOf(maker.get().roles()));
        }
        return Optional.of(new Actor(
                Actor.Kind.API_KEY,
                key.id().toString(),
                key.label(),
                key.unit(),
                permissions,
                Optional.of(key.purpose())));
    }

    /** The officer for whom somebody acts: the officer, or who made the key; empty for keys made at the command line. */
    public Optional<String> officerBehind(Actor actor) {
        return switch (actor.kind()) {
            case OFFICER -> Optional.of(actor.id());
            case API_KEY -> find(parse(actor.id())).flatMap(ApiKey::officer).map(OfficerId::toString);
            default -> Optional.empty();
        };
    }

    private void noteUse(UUID id, Instant now) {
        sql.sql(
                        "update access.api_key set last_used_at = ? where id = ? and (last_used_at is null or last_used_at < ?)")
                .params(utc(now), id, utc(now.minus(USE_NOTED_EVERY)))
                .update();
    }

    private Optional<ApiKey> find(UUID id) {
        return sql.sql("select " + COLUMNS + " from access.api_key where id = ?")
                .param(id)
                .query(ApiKeyService::key)
                .optional();
    }

    private static boolean isOwn(Actor actor, ApiKey key) {
        return key.officer()
                .map(officer -> officer.toString().equals(actor.id()))
                .orElse(false);
    }

    private static UUID parse(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw AccessProblem.NOT_AUTHENTICATED.because("no valid API key");
        }
    }

    private static String text(byte[] secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private <T> T inTransaction(java.util.function.Supplier<T> act) {
        T done = transactions.execute(status -> act.get());
        if (done == null) throw new IllegalStateException("an act gives back what it did");
        return done;
    }

    private static ApiKey key(ResultSet row, int number) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("label"),
                Optional.ofNullable(row.getObject("officer_id", UUID.class)).map(OfficerId::new),
                Optional.ofNullable(row.getString("unit")),
                Purpose.valueOf(row.getString("purpose")),
                Arrays.stream((String[]) row.getArray("permissions").getArray())
                        .map(Permission::valueOf)
                        .collect(Collectors.toUnmodifiableSet()),
                ifAny(row, "created_at").orElseThrow(),
                ifAny(row, "ends_at").orElseThrow(),
                ifAny(row, "revoked_at"),
                ifAny(row, "last_used_at"));
    }
}
