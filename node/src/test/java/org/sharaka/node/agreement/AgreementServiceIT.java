package org.sharaka.node.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;

/** Agreements in a whole node: shipped, changed by people, and obeyed at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgreementServiceIT {
    private static final AgreementCode BUDAPEST = new AgreementCode("coe.ets-185");
    private static final AgreementCode MALABO = new AgreementCode("au.malabo-2014");
    private static final OffenceCode FRAUD = new OffenceCode("fraud.online");
    private static final PartyCode MOROCCO = new PartyCode("MA");
    private static final PartyCode SPAIN = new PartyCode("ES");
    private static final PartyCode SENEGAL = new PartyCode("SN");

    private TestNode node;
    private AgreementService agreements;
    private LegalBases bases;
    private Actor keeper;
    private Clock clock;

    @BeforeAll
    void start() {
        node = TestNode.withoutWeb();
        agreements = node.service(AgreementService.class);
        bases = node.service(LegalBases.class);
        clock = node.service(Clock.class);
        keeper = actor("keeper", Role.COMPLIANCE_OFFICER);
    }

    private static Actor actor(String id, Role role) {
        return new Actor(
                Actor.Kind.OFFICER,
                id,
                id,
                Optional.empty(),
                Role.permissionsOf(Set.of(role)),
                Optional.of(Purpose.INVESTIGATION));
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
    }

    private Passage passage(PartyCode sender, PartyCode recipient) {
        return new Passage(sender, recipient, Optional.of(FRAUD), Purpose.INVESTIGATION, clock.instant());
    }

    private long seen(AgreementCode code) {
        return agreements
                .latest(keeper, SqlAgreements.Subject.AGREEMENT)
                .get(code.value())
                .serial();
    }

    @Test
    void whatThePeopleChangedIsObeyedAtOnceAndTheProductDoesNotOverwriteIt() {
        assertThat(bases.require(BUDAPEST, passage(MOROCCO, SPAIN)).code()).isEqualTo(BUDAPEST);
        LocalDate today = LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
        Party before = agreements.open(keeper, BUDAPEST).party(SPAIN).orElseThrow();

        agreements.putParty(
                keeper, BUDAPEST, seen(BUDAPEST), new Party(SPAIN, before.from(), Optional.of(today), true));

        refused(AgreementProblem.NO_LEGAL_BASIS, () -> bases.require(BUDAPEST, passage(MOROCCO, SPAIN)));
        agreements.ship(AgreementConfiguration.shipped());
        refused(AgreementProblem.NO_LEGAL_BASIS, () -> bases.require(BUDAPEST, passage(MOROCCO, SPAIN)));
        agreements.putParty(keeper, BUDAPEST, seen(BUDAPEST), before);
        assertThat(bases.require(BUDAPEST, passage(MOROCCO, SPAIN)).code()).isEqualTo(BUDAPEST);
    }

    @Test
    void aPartyCountsOnceSomebodyComparedItAndTheLawOfBothIsKnown() {
        PartyCode mauritius = new PartyCode("MU");
        assertThat(obstacle(MALABO, SENEGAL, mauritius)).isEqualTo(Obstacle.SENDER_UNVERIFIED);
        Optional<LocalDate> from = agreements.open(keeper, MALABO).inForceFrom();
        agreements.putParty(keeper, MALABO, seen(MALABO), new Party(SENEGAL, from, Optional.empty(), true));
        agreements.putParty(keeper, MALABO, seen(MALABO), new Party(mauritius, from, Optional.empty(), true));
        assertThat(obstacle(MALABO, SENEGAL, mauritius)).isEqualTo(Obstacle.DUAL_CRIMINALITY_NOT_KNOWN);
        Punishment some = new Punishment(true, Optional.of(60), Optional.of("an invented article"), true);

        agreements.punish(keeper, FRAUD, "SN", Optional.of(some));
        agreements.punish(keeper, FRAUD, "MU", Optional.of(some));

        assertThat(bases.require(MALABO, passage(SENEGAL, mauritius)).code()).isEqualTo(MALABO);
        agreements.punish(keeper, FRAUD, "MU", Optional.empty());
        assertThat(obstacle(MALABO, SENEGAL, mauritius)).isEqualTo(Obstacle.DUAL_CRIMINALITY_NOT_KNOWN);
    }

    private Obstacle obstacle(AgreementCode code, PartyCode sender, PartyCode recipient) {
        return bases.check(passage(sender, recipient)).refusals().stream()
                .filter(refusal -> refusal.agreement().code().equals(code))
                .findFirst()
                .orElseThrow()
                .obstacle();
    }

    @Test
    void twoWhoChangeTheSameAgreementDoNotLoseEachOthersWork() {
        AgreementCode arab = new AgreementCode("las.it-offences-2010");
        long seen = seen(arab);
        Party one = new Party(new PartyCode("JO"), Optional.empty(), Optional.empty(), true);
        agreements.putParty(keeper, arab, seen, one);

        refused(AgreementProblem.CHANGED_MEANWHILE, () -> agreements.removeParty(keeper, arab, seen, MOROCCO));

        assertThat(agreements.open(keeper, arab).party(new PartyCode("JO"))).contains(one);
        assertThat(agreements.open(keeper, arab).party(MOROCCO)).isPresent();
    }

    @Test
    void aFileIsTakenInAsAWholeOrNotAtAll() {
        String exported = new String(agreements.export(keeper), StandardCharsets.UTF_8);
        assertThat(agreements.importFile(keeper, exported.getBytes(StandardCharsets.UTF_8)))
                .isZero();
        String broken = exported.replaceFirst("\"Convention de Budapest[^\"]*\"", "\"\"");

        refused(
                AgreementProblem.NAMES_MISSING,
                () -> agreements.importFile(keeper, broken.getBytes(StandardCharsets.UTF_8)));

        String renamed = exported.replaceFirst("\"Convention de Budapest[^\"]*\"", "\"Convention, autrement\"");
        assertThat(agreements.importFile(keeper, renamed.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(1);
        assertThat(agreements.open(keeper, BUDAPEST).names().fr()).isEqualTo("Convention, autrement");
    }

    @Test
    void onlyTheComplianceOfficerChangesTheLawAndItIsOnRecord() {
        Actor duty = actor("duty", Role.BUREAU_DUTY_OFFICER);
        assertThat(agreements.list(duty)).isNotEmpty();
        refused(
                AccessProblem.FORBIDDEN,
                () -> agreements.putParty(
                        duty, BUDAPEST, seen(BUDAPEST), new Party(SENEGAL, Optional.empty(), Optional.empty(), true)));
        refused(AccessProblem.FORBIDDEN, () -> agreements.list(actor("analyst", Role.ANALYST)));
        JdbcTemplate sql = node.service(JdbcTemplate.class);

        assertThat(sql.queryForObject("""
            select count(*) from audit.entry
            where action = 'agreement.change' and outcome <> 'DONE' and actor_id = 'duty'
            """, Long.class)).isEqualTo(1);
        assertThat(sql.queryForObject("""
            select count(*) from agreement.revision r
            where not exists (select 1 from audit.entry e
                where e.id = r.entry and e.subject = r.entry_subject and e.outcome = 'DONE')
            """, Long.class)).isZero();
    }

    @Test
    void anAgreementOfOnesOwnIsAddedOnce() {
        AgreementCode own = new AgreementCode("xa-xb.2026");
        Agreement like = agreements.open(keeper, MALABO);
        Agreement added = new Agreement(
                own,
                AgreementKind.BILATERAL,
                like.names(),
                "",
                Optional.of(LocalDate.parse("2026-01-01")),
                Optional.empty(),
                like.parties(),
                like.coverage(),
                true,
                Set.of(Purpose.WARN),
                false,
                true,
                Names.NONE,
                Map.of());

        agreements.add(keeper, added);

        refused(AgreementProblem.CODE_TAKEN, () -> agreements.add(keeper, added));
        assertThat(bases.find(own)).contains(added);
    }

    private static void refused(ProblemType type, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }
}
