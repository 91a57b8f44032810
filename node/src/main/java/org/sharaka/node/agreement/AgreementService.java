package org.sharaka.node.agreement;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;

/**
 * Keeps the agreements and the catalogue of offences. A compliance officer changes them by page or file; every change is
 * on record and works at once.
 */
public final class AgreementService {
    private final SqlAgreements sql;
    private final CurrentBook book;
    private final AuditTrail audit;
    private final Clock clock;

    AgreementService(SqlAgreements sql, CurrentBook book, AuditTrail audit, Clock clock) {
        this.sql = sql;
        this.book = book;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Agreement> list(Actor actor) {
        mayRead(actor);
        return book.now().agreements();
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link AgreementProblem#NOT_FOUND} */
    public Agreement open(Actor actor, AgreementCode code) {
        mayRead(actor);
        return known(code);
    }

    public List<Offence> offences(Actor actor) {
        mayRead(actor);
        return book.now().offences();
    }

    /** The agreement's text is no secret; whoever exchanges or keeps the list reads it. */
    private static void mayRead(Actor actor) {
        if (!actor.may(Permission.EXCHANGE_READ) && !actor.may(Permission.AGREEMENT_ADMINISTER))
            throw AccessProblem.FORBIDDEN.because("permission " + Permission.EXCHANGE_READ + " is missing");
    }

    private Agreement known(AgreementCode code) {
        return book.now().agreement(code).orElseThrow(() -> AgreementProblem.NOT_FOUND.because("agreement " + code));
    }

    private Offence known(OffenceCode code) {
        return book.now().offence(code).orElseThrow(() -> AgreementProblem.NOT_FOUND.because("offence " + code));
    }

    Map<String, SqlAgreements.Revision> latest(Actor actor, SqlAgreements.Subject subject) {
        mayRead(actor);
        return sql.latest(subject);
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link AgreementProblem#CODE_TAKEN} */
    public void add(Actor actor, Agreement agreement) {
        audit.act(actor, "agreement.add", subject(agreement.code()), entry -> {
            actor.require(Permission.AGREEMENT_ADMINISTER);
            sql.lock();
            if (book.now().agreement(agreement.code()).isPresent())
                throw AgreementProblem.CODE_TAKEN.because("agreement " + agreement.code());
            put(made(actor, entry, subject(agreement.code())), agreement);
            return agreement;
        });
    }

    /**
     * Changes an agreement.
     *
     * @param seen the serial that the officer's page was made from
     * @throws org.sharaka.node.platform.ProblemException {@link AgreementProblem#CHANGED_MEANWHILE}
     */
    void change(Actor actor, AgreementCode code, long seen, UnaryOperator<Agreement> change) {
        audit.act(actor, "agreement.change", subject(code), entry -> {
            actor.require(Permission.AGREEMENT_ADMINISTER);
            sql.lock();
            Agreement before = known(code);
            SqlAgreements.Revision latest =
                    sql.latest(SqlAgreements.Subject.AGREEMENT).get(code.value());
            if (latest == null || latest.serial() != seen)
                throw AgreementProblem.CHANGED_MEANWHILE.because("agreement " + code);
            Agreement after = change.apply(before);
            if (!after.equals(before)) put(made(actor, entry, subject(code)), after);
            return after;
        });
    }

    void putParty(Actor actor, AgreementCode code, long seen, Party party) {
        change(actor, code, seen, agreement -> agreement.with(party));
    }

    void removeParty(Actor actor, AgreementCode code, long seen, PartyCode party) {
        change(actor, code, seen, agreement -> agreement.without(party));
    }

    /** Says how a country punishes an offence, or that the catalogue no longer knows it. */
    void punish(Actor actor, OffenceCode code, String country, Optional<Punishment> punishment) {
        String subject = "offence/" + code;
        audit.act(actor, "agreement.punishment", subject, entry -> {
            actor.require(Permission.AGREEMENT_ADMINISTER);
            sql.lock();
            Offence before = known(code);
            Offence after = punishment.map(each -> before.with(country, each)).orElseGet(() -> before.without(country));
            if (!after.equals(before)) put(made(actor, entry, subject), after);
            return after;
        });
    }

    public byte[] export(Actor actor) {
        mayRead(actor);
        AgreementBook now = book.now();
        return AgreementJson.write(new AgreementJson.Contents(0, now.agreements(), now.offences()));
    }

    /**
     * Takes in a file: what it names is replaced or added, what it does not name stays. All of it or nothing.
     *
     * @return how many agreements and offences changed
     * @throws org.sharaka.node.platform.ProblemException {@link AgreementProblem#BAD_FILE} and whatever is wrong with a row
     */
    public int importFile(Actor actor, byte[] file) {
        String subject = fileSubject(file);
        return audit.act(actor, "agreement.import", subject, entry -> {
            actor.require(Permission.AGREEMENT_ADMINISTER);
            AgreementJson.Contents contents = AgreementJson.read(file);
            sql.lock();
            AgreementBook now = book.now();
            int changed = 0;
            for (Offence offence : contents.offences()) {
                if (now.offence(offence.code()).filter(offence::equals).isPresent()) continue;
                put(made(actor, entry, subject), offence);
                changed++;
            }
            for (Agreement agreement : contents.agreements()) {
                if (now.agreement(agreement.code()).filter(agreement::equals).isPresent()) continue;
                put(made(actor, entry, subject), agreement);
                changed++;
            }
            return changed;
        });
    }

    /** Brings in what the product ships, except where this node's people have changed a row: theirs stands. */
    void ship(byte[] file) {
        AgreementJson.Contents contents = AgreementJson.read(file);
        if (shipped(contents)) return;
        Actor product = Actor.system("agreement.reference");
        String subject = fileSubject(file);
        audit.act(product, "agreement.ship", subject, entry -> {
            sql.lock();
            var shipped = new SqlAgreements.Making(
                    now(), Optional.empty(), Optional.of(contents.version()), entry.value(), subject);
            AgreementBook now = book.now();
            Map<String, SqlAgreements.Revision> agreements = sql.latest(SqlAgreements.Subject.AGREEMENT);
            Map<String, SqlAgreements.Revision> offences = sql.latest(SqlAgreements.Subject.OFFENCE);
            for (Offence offence : contents.offences())
                if (isProducts(offences, offence.code().value())
                        && now.offence(offence.code()).filter(offence::equals).isEmpty()) put(shipped, offence);
            for (Agreement agreement : contents.agreements())
                if (isProducts(agreements, agreement.code().value())
                        && now.agreement(agreement.code())
                                .filter(agreement::equals)
                                .isEmpty()) put(shipped, agreement);
            return contents.version();
        });
    }

    /** Whether there is nothing to bring in, so that an ordinary start enters nothing into the record. */
    private boolean shipped(AgreementJson.Contents contents) {
        AgreementBook now = book.now();
        Map<String, SqlAgreements.Revision> agreements = sql.latest(SqlAgreements.Subject.AGREEMENT);
        Map<String, SqlAgreements.Revision> offences = sql.latest(SqlAgreements.Subject.OFFENCE);
        return contents.agreements().stream()
                        .allMatch(each -> !isProducts(agreements, each.code().value())
                                || now.agreement(each.code())
                                        .filter(each::equals)
                                        .isPresent())
                && contents.offences().stream()
                        .allMatch(each -> !isProducts(offences, each.code().value())
                                || now.offence(each.code()).filter(each::equals).isPresent());
    }

    private static boolean isProducts(Map<String, SqlAgreements.Revision> latest, String code) {
        SqlAgreements.Revision revision = latest.get(code);
        return revision == null || revision.madeBy().isEmpty();
    }

    private SqlAgreements.Making made(Actor actor, EntryId entry, String subject) {
        return new SqlAgreements.Making(now(), Optional.of(actor.id()), Optional.empty(), entry.value(), subject);
    }

    private void put(SqlAgreements.Making making, Agreement agreement) {
        sql.add(SqlAgreements.Subject.AGREEMENT, agreement.code().value(), AgreementJson.write(agreement), making);
    }

    private void put(SqlAgreements.Making making, Offence offence) {
        sql.add(SqlAgreements.Subject.OFFENCE, offence.code().value(), AgreementJson.write(offence), making);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String subject(AgreementCode code) {
        return "agreement/" + code;
    }

    /** Names the file by its hash, so that the record says which one it was. */
    private static String fileSubject(byte[] file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file);
            return "agreements/" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }
}
