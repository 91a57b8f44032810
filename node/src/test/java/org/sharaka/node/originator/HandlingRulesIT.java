package org.sharaka.node.originator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.originator.OrdersFixture.LUCIA;
import static org.sharaka.node.originator.ThreeBureaux.officer;
import static org.sharaka.node.platform.Refusals.refused;

import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;

/** What a country makes of the handling codes. */
class HandlingRulesIT {
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aRuleIsMadeStricterAndNeverLooser() {
        HandlingRules rules = node.service(HandlingRules.class);
        Actor officer = officer("omar", Permission.AGREEMENT_ADMINISTER);

        refused(() -> rules.set(LUCIA, Act.PRINT, HandlingCode.H0, Act.Rule.ASK_ORIGINATOR), AccessProblem.FORBIDDEN);
        refused(
                () -> rules.set(officer, Act.COURT_BUNDLE, HandlingCode.H1, Act.Rule.ALLOWED),
                OriginatorProblem.RULE_LOOSER);
        rules.set(officer, Act.PRINT, HandlingCode.H1, Act.Rule.ASK_ORIGINATOR);
        assertThat(rules.under(Set.of(HandlingCode.H0, HandlingCode.H1)).get(Act.PRINT))
                .isEqualTo(Act.Rule.ASK_ORIGINATOR);
        assertThat(rules.under(Set.of(HandlingCode.H0)).get(Act.PRINT)).isEqualTo(Act.Rule.ALLOWED);
        rules.set(officer, Act.PRINT, HandlingCode.H1, Act.Rule.ALLOWED);
        assertThat(rules.under(Set.of(HandlingCode.H1)).get(Act.PRINT)).isEqualTo(Act.Rule.ALLOWED);
    }

    @Test
    void s18WhatGoesToACourtIsAskedForUnlessThisCountrySetsOtherwise() {
        HandlingRules rules = node.service(HandlingRules.class);
        Actor officer = officer("omar", Permission.AGREEMENT_ADMINISTER);

        for (HandlingCode code : HandlingCode.values())
            assertThat(rules.under(Set.of(code)).get(Act.COURT_BUNDLE)).isEqualTo(Act.Rule.ASK_ORIGINATOR);
        assertThat(rules.table().get(Act.COURT_BUNDLE).get(HandlingCode.H0).stricter())
                .isTrue();
        rules.set(officer, Act.COURT_BUNDLE, HandlingCode.H0, Act.Rule.ALLOWED);
        assertThat(rules.under(Set.of(HandlingCode.H0)).get(Act.COURT_BUNDLE)).isEqualTo(Act.Rule.ALLOWED);
        assertThat(rules.table().get(Act.COURT_BUNDLE).get(HandlingCode.H0).stricter())
                .isFalse();
        rules.set(officer, Act.COURT_BUNDLE, HandlingCode.H0, Act.Rule.ASK_ORIGINATOR);
        assertThat(rules.under(Set.of(HandlingCode.H0)).get(Act.COURT_BUNDLE)).isEqualTo(Act.Rule.ASK_ORIGINATOR);
    }
}
