package org.sharaka.node.campaign;

/** The number by which officers name a campaign; positive, never used again. */
public record CampaignId(long number) {
    public CampaignId {
        if (number <= 0) throw new IllegalArgumentException("number is not positive");
    }

    /** @throws IllegalArgumentException if the text is no positive whole number */
    public static CampaignId parse(String text) {
        return new CampaignId(Long.parseLong(text));
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
