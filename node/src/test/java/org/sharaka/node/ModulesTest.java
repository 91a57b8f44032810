package org.sharaka.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;

/** The borders of the house, as docs/architecture.md draws them. */
class ModulesTest {
    private static final String NODE = "org.sharaka.node..";
    private static final List<String> ORDER = List.of(
            "platform",
            "access",
            "audit",
            "assembly",
            "agreement",
            "evidence",
            "backup",
            "exchange",
            "attachment",
            "bureau",
            "screening",
            "intake",
            "portal",
            "campaign",
            "triage");
    private static final Set<Class<?>> CLOCKS =
            Set.of(Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class);
    private static final List<Class<?>> TIME_AND_CHANCE = List.of(
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            ZonedDateTime.class,
            UUID.class,
            System.class,
            Clock.class,
            Math.class,
            ThreadLocalRandom.class,
            SecureRandom.class,
            Random.class);
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.sharaka");

    @Test
    void modulesUseEachOthersPublicServicesOnlyAndFormNoCycle() {
        ApplicationModules modules = ApplicationModules.of(SharakaApplication.class);

        modules.verify();
        assertThat(modules.stream().map(module -> module.getIdentifier().toString()))
                .containsExactlyInAnyOrderElementsOf(ORDER);
    }

    @Test
    void aModuleDependsOnThoseBeforeItOnly() {
        for (int i = 0; i < ORDER.size(); i++)
            for (String later : ORDER.subList(i + 1, ORDER.size()))
                check(noClasses()
                        .that()
                        .resideInAPackage("org.sharaka.node." + ORDER.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.sharaka.node." + later + ".."));
    }

    /** Nothing that a member of the public told can come into the lists: neither side can reach the other. */
    @Test
    void s11ScreeningAndWhatThePublicReportsCannotReachEachOther() {
        String[] ofThePublic = {
            "org.sharaka.node.intake..",
            "org.sharaka.node.portal..",
            "org.sharaka.node.campaign..",
            "org.sharaka.node.triage.."
        };
        check(noClasses()
                .that()
                .resideInAnyPackage(ofThePublic)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sharaka.node.screening..", "org.sharaka.matching.."));
        check(noClasses()
                .that()
                .resideInAPackage("org.sharaka.node.screening..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ofThePublic));
    }

    @Test
    void librariesKnowNoSpringNoSqlAndNoNode() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "org.sharaka.identifiers..",
                        "org.sharaka.linking..",
                        "org.sharaka.matching..",
                        "org.sharaka.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "java.sql..", "javax.sql..", "jakarta..", "org.postgresql..", NODE));
        check(noClasses()
                .that()
                .resideInAPackage("org.sharaka.identifiers..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.sharaka.linking.."));
    }

    @Test
    void timeAndChanceComeFromThePlatform() {
        DescribedPredicate<JavaAccess<?>> forbidden =
                DescribedPredicate.describe("a clock or a source of chance of its own", ModulesTest::isTimeOrChance);
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage(NODE)
                .and()
                .resideOutsideOfPackage("org.sharaka.node.platform..")
                .should()
                .accessTargetWhere(forbidden);
        check(rule);
    }

    private static boolean isTimeOrChance(JavaAccess<?> access) {
        Class<?> owner = Object.class;
        for (Class<?> known : TIME_AND_CHANCE) if (access.getTargetOwner().isEquivalentTo(known)) owner = known;
        String method = access.getTarget().getName();
        return (CLOCKS.contains(owner) && method.equals("now") && !takesAClock(access))
                || (owner == UUID.class && method.equals("randomUUID"))
                || (owner == System.class && method.equals("currentTimeMillis"))
                || (owner == Clock.class && method.startsWith("system"))
                || (owner == Math.class && method.equals("random"))
                || (owner == ThreadLocalRandom.class && method.equals("current"))
                || ((owner == SecureRandom.class || owner == Random.class) && method.equals("<init>"));
    }

    private static boolean takesAClock(JavaAccess<?> access) {
        return access instanceof JavaMethodCall call
                && call.getTarget().getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    @Test
    void frameworkStaysAtTheEdges() {
        check(classes()
                .that()
                .resideInAPackage(NODE)
                .and(annotatedWithAnyOf())
                .should()
                .notBePublic()
                .because("controllers and configurations are nobody else's business"));
        check(noClasses()
                .that()
                .resideInAPackage(NODE)
                .and()
                .areNotMetaAnnotatedWith(Controller.class)
                .and()
                .areNotMetaAnnotatedWith(Configuration.class)
                .and(DescribedPredicate.not(DescribedPredicate.describe(
                        "advice", (JavaClass type) -> type.getSimpleName().startsWith("Web"))))
                .should()
                .beMetaAnnotatedWith(Component.class)
                .because("a module's configuration says what is built"));
        check(noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(NODE)
                .should()
                .beAnnotatedWith(Autowired.class));
    }

    private static DescribedPredicate<JavaClass> annotatedWithAnyOf() {
        return DescribedPredicate.describe(
                "controllers or configurations",
                type -> (type.isMetaAnnotatedWith(Controller.class) || type.isMetaAnnotatedWith(Configuration.class))
                        && !type.isEquivalentTo(SharakaApplication.class));
    }

    @Test
    void twoNodesLiveInOneJvm() {
        check(fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage("org.sharaka..")
                .and()
                .haveModifier(JavaModifier.STATIC)
                .should()
                .beFinal());
    }

    @Test
    void logsGoThroughSlf4jAndNobodyPrints() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
        check(noClasses().that().resideInAPackage(NODE).should(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
        check(noClasses()
                .that()
                .resideInAPackage(NODE)
                .and()
                .areNotAssignableTo(Main.class)
                .should()
                .callMethod(System.class, "exit", int.class));
    }

    @Test
    void namesSayWhatThingsAre() {
        check(noClasses()
                .that()
                .resideInAPackage("org.sharaka..")
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Dto)$"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOUSE);
    }
}
