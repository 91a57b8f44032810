package org.sharaka.node.campaign;

import java.util.Currency;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of this module.
 *
 * @param currency ISO 4217 code of the node's own currency, by which campaigns can be sorted by loss
 */
@ConfigurationProperties(prefix = "sharaka.campaign", ignoreUnknownFields = false)
record CampaignSettings(@DefaultValue("MAD") Currency currency) {}
