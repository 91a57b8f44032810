package org.sharaka.node.campaign;

import java.util.Locale;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.springframework.ui.Model;

/** A part of a campaign's page that another module adds; offered as a bean. */
public interface CampaignSection {
    /**
     * Puts into the model what its template needs. The page was entered as read; what is more sensitive the section enters itself.
     *
     * @return the template, whose fragment {@code section} is shown; empty if there is nothing for this officer
     */
    Optional<String> show(Actor actor, CampaignView campaign, Locale locale, Model model);
}
