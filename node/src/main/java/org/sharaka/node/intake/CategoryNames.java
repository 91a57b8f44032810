package org.sharaka.node.intake;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What other services call our categories. The list of the Canadian Anti-Fraud Centre stands here in English (Open
 * Government Licence Canada 2.0, published code lists); what it has no fraud of ours for is {@link Category#OTHER}.
 */
final class CategoryNames {
    private static final Map<String, Category> NAMES = names();

    private CategoryNames() {}

    /** @return empty for an unknown name */
    static Optional<Category> of(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_/-]+", " ");
        return Optional.ofNullable(NAMES.get(plain));
    }

    private static Map<String, Category> names() {
        var names = new HashMap<String, Category>();
        for (Category category : Category.values()) {
            names.put(category.name().toLowerCase(Locale.ROOT).replace('_', ' '), category);
        }
        put(names, Category.PHISHING, "spear phishing", "smishing", "vishing", "personal info");
        put(names, Category.INVESTMENT_FRAUD, "investment", "investments", "pyramid", "crypto investment");
        put(names, Category.ROMANCE_FRAUD, "romance");
        put(names, Category.FAKE_JOB, "job", "employment");
        put(names, Category.THREATS, "extortion");
        put(names, Category.CARD_FRAUD, "credit card");
        put(names, Category.ACCOUNT_TAKEOVER, "identity fraud", "identity theft");
        put(names, Category.SEXTORTION, "sextorsion");
        put(names, Category.ONLINE_FRAUD, "service", "merchandise", "counterfeit merchandise", "vendor fraud");
        put(names, Category.ONLINE_FRAUD, "bank investigator", "emergency (jail, accident, hospital, help)");
        put(names, Category.ONLINE_FRAUD, "prize", "grant", "loan", "collection agency", "foreign money offer");
        put(names, Category.ONLINE_FRAUD, "recovery pitch", "charity donation", "false billing", "telecom fraud");
        put(names, Category.ONLINE_FRAUD, "timeshare", "vacation", "psychics", "directory", "fraud", "scam");
        put(names, Category.OTHER, "unknown", "incomplete", "survey", "not available");
        return Map.copyOf(names);
    }

    private static void put(Map<String, Category> names, Category category, String... called) {
        for (String name : called) names.put(name, category);
    }
}
