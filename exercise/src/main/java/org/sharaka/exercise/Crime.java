package org.sharaka.exercise;

import java.util.Locale;
import org.sharaka.node.intake.Category;

/** What is told in a report, with the category under which it is filed. */
public enum Crime {
    PARCEL(Category.PHISHING),
    BANK(Category.PHISHING),
    INVEST(Category.INVESTMENT_FRAUD),
    SHOP(Category.ONLINE_FRAUD),
    JOB(Category.FAKE_JOB),
    SEXTORTION(Category.SEXTORTION),
    FAMILY(Category.ONLINE_FRAUD),
    ROMANCE(Category.ROMANCE_FRAUD),
    RENTAL(Category.ONLINE_FRAUD),
    /** What has nothing to do with anything else. */
    MISC(Category.OTHER);

    final Category category;

    Crime(Category category) {
        this.category = category;
    }

    String section(String part) {
        return name().toLowerCase(Locale.ROOT) + "." + part;
    }
}
