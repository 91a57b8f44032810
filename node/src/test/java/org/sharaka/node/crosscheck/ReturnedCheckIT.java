package org.sharaka.node.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.crosscheck.CrossCheckFixture.all;
import static org.sharaka.node.crosscheck.CrossCheckFixture.asking;
import static org.sharaka.node.crosscheck.CrossCheckFixture.await;
import static org.sharaka.node.crosscheck.CrossCheckFixture.campaign;
import static org.sharaka.node.crosscheck.CrossCheckFixture.officer;
import static org.sharaka.node.crosscheck.CrossCheckFixture.question;
import static org.sharaka.node.crosscheck.CrossCheckFixture.reading;
import static org.sharaka.node.crosscheck.CrossCheckFixture.report;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.originator.ThreeBureaux;
import org.sharaka.node.platform.TestNode;

/** Spain came back from a backup, and does not know yet what Morocco ordered since. All cases are invented. */
class ReturnedCheckIT {
    private static final Actor AMINA =
            officer("amina", "Cybercrime", Permission.CAMPAIGN_READ, Permission.CROSSCHECK_ASK);
    private static final Actor LUCIA = officer(
            "lucia", "Oficina", Permission.CAMPAIGN_READ, Permission.EXCHANGE_READ, Permission.EXCHANGE_APPROVE);

    private static CampaignId parcels(TestNode node) {
        for (int i = 0; i < 4; i++) report(node, "Paid at https://colis-retour.example today");
        return campaign(node, "colis-retour.example", 4);
    }

    @Test
    void s20WhatIsAskedAboutACampaignWaitsUntilItIsKnownWhatItsSenderOrdered() {
        try (ThreeBureaux nodes = new ThreeBureaux()) {
            TestNode morocco = nodes.node(MA);
            TestNode spain = nodes.returned(ES);
            CampaignId there = parcels(spain);
            CampaignId here = parcels(morocco);
            CheckKey key = CrossCheckFixture.there(asking(morocco)
                    .ask(
                            AMINA,
                            here,
                            Map.of(ES, ThreeBureaux.TREATY),
                            question(all(asking(morocco).offered(AMINA, here))))
                    .get(0));
            await("it came", () -> reading(spain).list(LUCIA).stream()
                    .anyMatch(each -> each.received().key().equals(key)));

            Reading.Opened waiting = reading(spain).open(LUCIA, key);
            assertThat(waiting.compared()).isEmpty();
            assertThat(waiting.request().standing().unsettled()).isTrue();
            assertThat(reading(spain).abroad(LUCIA, there).theirs()).isEmpty();

            spain.service(ExchangeService.class).goOnWithout(LUCIA, MA, "Morocco is cut off.");
            assertThat(reading(spain)
                            .open(LUCIA, key)
                            .compared()
                            .orElseThrow()
                            .check()
                            .traces())
                    .isNotEmpty();
            assertThat(reading(spain).abroad(LUCIA, there).theirs())
                    .singleElement()
                    .satisfies(each -> assertThat(each.check()).isPresent());
        }
    }
}
