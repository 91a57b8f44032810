package org.sharaka.node.intake;

/** What a report is about. Gathered from E-Blagh, IC3 and NCRP (domain brief E.1). The names are stored: never rename one. */
public enum Category {
    ONLINE_FRAUD,
    INVESTMENT_FRAUD,
    ROMANCE_FRAUD,
    PHISHING,
    ACCOUNT_TAKEOVER,
    CARD_FRAUD,
    SEXTORTION,
    THREATS,
    HARASSMENT,
    HATE_OR_INCITEMENT,
    TERRORISM_CONTENT,
    CHILD_EXPLOITATION,
    INTRUSION,
    RANSOMWARE,
    FAKE_JOB,
    TRAFFICKING,
    OTHER
}
