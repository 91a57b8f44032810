package org.sharaka.node.screening.hit;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.AskedHash;
import org.sharaka.node.screening.ListedEntity;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningService;
import org.sharaka.node.screening.ScreeningSettings;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps distinguishing records of people who were wrongly stopped, so that the next post sees them first (S6). */
public final class DistinctionService implements Distinctions {
    private static final int SHOWN = 100;
    private static final int DOCUMENTS_MAX = 10;
    private static final int NAME_MAX = 200;

    private final JdbcTemplate sql;
    private final ScreeningService screening;
    private final AskedHash hash;
    private final Vault vault;
    private final DistinctionRows rows;
    private final AuditTrail audit;
    private final ScreeningSettings settings;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    /** Ten parts: from the entry to the code on the paper. */
    DistinctionService(
            JdbcTemplate sql,
            ScreeningService screening,
            AskedHash hash,
            Vault vault,
            DistinctionRows rows,
            AuditTrail audit,
            ScreeningSettings settings,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.sql = sql;
        this.screening = screening;
        this.hash = hash;
        this.vault = vault;
        this.rows = rows;
        this.audit = audit;
        this.settings = settings;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What an officer of the bureau enters.
     *
     * @param documents numbers, 1 to 10
     * @param agreed whether the person agreed
     * @param consent how and when
     */
    public record Request(
            String entity,
            String name,
            String birth,
            List<String> documents,
            boolean agreed,
            String consent,
            Duration lasts) {
        public Request {
            documents = List.copyOf(documents);
        }
    }

    /**
     * Needs {@link Permission#HIT_RELEASE}.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#DISTINCTION_INCOMPLETE} without name, document number or
     *     consent, or past the longest time; {@link ScreeningProblem#NOT_FOUND} for an unknown entry
     */
    public Distinction make(Actor actor, Request wanted) {
        return audit.act(actor, "screening.distinguish", "entity/" + wanted.entity(), entry -> {
            actor.require(Permission.HIT_RELEASE).requirePurpose();
            Set<String> documents = new LinkedHashSet<>();
            List<byte[]> numbers = new ArrayList<>();
            for (String typed : wanted.documents()) {
                Optional<ExactKey> key = ExactKey.document(typed, "");
                if (key.isEmpty()) throw ScreeningProblem.DISTINCTION_INCOMPLETE.because("a document number");
                if (documents.add(key.get().value())) numbers.add(hash.ofNumber(key.get()));
            }
            requireComplete(wanted, documents.size());
            ListedEntity entity = screening.entity(actor, wanted.entity());
            PaperCode code = PaperCode.fresh(random);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Distinction made = new Distinction(
                    ids.random(),
                    wanted.entity(),
                    entity.caption(),
                    plain(wanted.name()),
                    plain(wanted.birth()),
                    List.copyOf(documents),
                    code.grouped(),
                    plain(wanted.consent()),
                    actor.id(),
                    now,
                    now.plus(wanted.lasts()));
            sql.update(
                    """
                    insert into screening.distinction (id, entity, numbers, code, content, made_by, made_at, ends_at, entry)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    made.id(),
                    made.entity(),
                    numbers.toArray(byte[][]::new),
                    codeHash(code),
                    rows.sealed(made),
                    made.madeBy(),
                    utc(made.madeAt()),
                    utc(made.endsAt()),
                    entry.value());
            return made;
        });
    }

    private void requireComplete(Request wanted, int documents) {
        String name = plain(wanted.name());
        String consent = plain(wanted.consent());
        boolean complete = wanted.agreed()
                && !name.isEmpty()
                && name.length() <= NAME_MAX
                && documents >= 1
                && documents <= DOCUMENTS_MAX
                && (wanted.birth().isBlank()
                        || PartialDate.parse(wanted.birth().strip()).isPresent())
                && consent.length() >= Hit.REASON_MIN
                && consent.length() <= Hit.TEXT_MAX;
        boolean ends = !wanted.lasts().isNegative()
                && !wanted.lasts().isZero()
                && wanted.lasts().compareTo(settings.distinctionLongest()) <= 0;
        if (!complete || !ends)
            throw ScreeningProblem.DISTINCTION_INCOMPLETE.because("name, document, consent, and an end within "
                    + settings.distinctionLongest().toDays() + " days");
    }

    private static String plain(String text) {
        return text.replace('\u0000', ' ').strip();
    }

    private byte[] codeHash(PaperCode code) {
        return vault.mac("screening.paper-code", code.symbols().getBytes(StandardCharsets.US_ASCII));
    }

    /** Those in force, the latest first. Needs {@link Permission#HIT_RELEASE}. */
    public List<Distinction> all(Actor actor) {
        return audit.read(actor, "screening.distinctions", "distinctions", () -> {
            actor.require(Permission.HIT_RELEASE).requirePurpose();
            return sql.query(
                    "select * from screening.distinction where ends_at > ? order by made_at desc, id limit ?",
                    (row, i) -> rows.read(row),
                    utc(clock.instant()),
                    SHOWN);
        });
    }

    /**
     * One, to print its paper. Needs {@link Permission#HIT_RELEASE}.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND}
     */
    public Distinction find(Actor actor, UUID id) {
        return audit.read(actor, "screening.distinction", "distinction/" + id, () -> {
            actor.require(Permission.HIT_RELEASE).requirePurpose();
            return sql
                    .query(
                            "select * from screening.distinction where id = ? and ends_at > ?",
                            (row, i) -> rows.read(row),
                            id,
                            utc(clock.instant()))
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> ScreeningProblem.NOT_FOUND.because("no such record"));
        });
    }

    /** The person takes the consent back, or it was a mistake. Needs {@link Permission#HIT_RELEASE}. */
    public void end(Actor actor, UUID id) {
        var unused = audit.act(actor, "screening.distinction-end", "distinction/" + id, () -> {
            actor.require(Permission.HIT_RELEASE).requirePurpose();
            if (sql.update("delete from screening.distinction where id = ?", id) == 0)
                throw ScreeningProblem.NOT_FOUND.because("no such record");
            return id;
        });
    }

    @Override
    public Optional<Distinction> byCode(Actor actor, String typed) {
        Optional<PaperCode> code = PaperCode.parse(typed);
        if (code.isEmpty()) return Optional.empty();
        return audit.read(actor, "screening.paper", "paper", () -> {
            actor.require(Permission.SCREENING_QUERY).requirePurpose();
            return sql
                    .query(
                            "select * from screening.distinction where code = ? and ends_at > ?",
                            (row, i) -> rows.read(row),
                            codeHash(code.get()),
                            utc(clock.instant()))
                    .stream()
                    .findFirst();
        });
    }

    @Override
    public List<Distinction> matching(String entity, Collection<ExactKey> asked) {
        byte[][] numbers = asked.stream()
                .filter(key -> key.kind() == ExactKey.Kind.DOCUMENT)
                .map(hash::ofNumber)
                .toArray(byte[][]::new);
        if (numbers.length == 0) return List.of();
        return sql.query(
                "select * from screening.distinction where entity = ? and numbers && ? and ends_at > ? order by made_at",
                (row, i) -> rows.read(row),
                entity,
                numbers,
                utc(clock.instant()));
    }

    int purge(Instant now, int limit) {
        return sql.update(
                "delete from screening.distinction where id in (select id from screening.distinction where ends_at <= ? limit ?)",
                utc(now),
                limit);
    }
}
