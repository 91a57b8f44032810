package org.sharaka.node.crosscheck;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.campaign.CampaignSection;
import org.sharaka.node.campaign.CampaignView;
import org.springframework.ui.Model;

/** The part of a campaign's page that tells which other countries know it. */
final class AbroadSection implements CampaignSection {
    private final Reading reading;
    private final Reader reader;
    private final Clock clock;

    AbroadSection(Reading reading, Reader reader, Clock clock) {
        this.reading = reading;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public Optional<String> show(Actor actor, CampaignView campaign, Locale locale, Model model) {
        boolean mayAsk = actor.may(Permission.CROSSCHECK_ASK);
        if (!mayAsk && !actor.may(Permission.EXCHANGE_READ)) return Optional.empty();
        // Before the rest, so that a page never misses what came while it was made.
        String mark = reading.news(actor, campaign.summary().id());
        model.addAttribute("abroad", reading.abroad(actor, campaign.summary().id()))
                .addAttribute("abroadMark", mark)
                .addAttribute("abroadNames", reader.names(locale))
                .addAttribute("mayAskAbroad", mayAsk)
                .addAttribute("mayOrderAbroad", mayAsk && actor.may(Permission.EXCHANGE_SEND))
                .addAttribute("ordersAbroad", CheckPages.ORDERS)
                .addAttribute("abroadNow", clock.instant())
                .addAttribute("abroadText", new Reader.Text());
        return Optional.of("crosscheck/section");
    }
}
