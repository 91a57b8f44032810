package org.sharaka.node.crosscheck;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.bureau.Correspondence;
import org.sharaka.node.bureau.ReferencePage;
import org.sharaka.node.campaign.CampaignSection;
import org.sharaka.node.campaign.CampaignView;
import org.springframework.ui.Model;

/** The part of a campaign's page with the conversations whose own reference names it, and the way back from such a reference. */
final class CorrespondenceSection implements CampaignSection, ReferencePage {
    /** As the audit names a campaign, and no case number looks. */
    private static final Pattern CAMPAIGN =
            Pattern.compile("\\s*campaign/([1-9][0-9]{0,17})\\s*", Pattern.CASE_INSENSITIVE);

    private final Correspondence correspondence;
    private final Reader reader;

    CorrespondenceSection(Correspondence correspondence, Reader reader) {
        this.correspondence = correspondence;
        this.reader = reader;
    }

    @Override
    public Optional<String> show(Actor actor, CampaignView campaign, Locale locale, Model model) {
        if (!actor.may(Permission.EXCHANGE_READ)) return Optional.empty();
        String reference = "campaign/" + campaign.summary().id();
        model.addAttribute("correspondence", correspondence.about(actor, reference))
                .addAttribute("correspondenceNames", reader.names(locale))
                .addAttribute("campaignReference", reference)
                .addAttribute("mayWriteAbroad", actor.may(Permission.EXCHANGE_SEND));
        return Optional.of("crosscheck/correspondence");
    }

    @Override
    public Optional<String> of(Actor actor, String reference) {
        Matcher campaign = CAMPAIGN.matcher(reference);
        return campaign.matches() && actor.may(Permission.CAMPAIGN_READ)
                ? Optional.of("/campaigns/" + campaign.group(1))
                : Optional.empty();
    }
}
