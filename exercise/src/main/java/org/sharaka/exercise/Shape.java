package org.sharaka.exercise;

import java.util.List;

/** What holds a planted campaign together. */
public enum Shape {
    /** One account, telephone numbers that change. */
    ACCOUNT,
    /** One wallet behind many sites. */
    WALLET,
    /** One telephone number in many spellings. */
    PHONE,
    /** Look-alike domains of one kit: the domains rotate, the shape of the path stays. */
    KIT,
    /** One text with small edits, a new link each time. */
    TEXT,
    /** A Telegram name or a WhatsApp number. */
    HANDLE,
    EMAIL,
    /** Two profiles that take turns, one wallet. */
    SEXTORTION,
    /** Passes from one identifier to the next in the course of time. */
    CHAIN,
    /** Two anchors across languages and countries. */
    CROSS_BORDER;

    /** What such gangs do. */
    List<Crime> crimes() {
        return switch (this) {
            case ACCOUNT -> List.of(Crime.SHOP, Crime.RENTAL, Crime.FAMILY, Crime.BANK);
            case WALLET -> List.of(Crime.INVEST, Crime.ROMANCE);
            case PHONE -> List.of(Crime.BANK, Crime.FAMILY, Crime.SHOP);
            case KIT -> List.of(Crime.PARCEL, Crime.BANK);
            case TEXT -> List.of(Crime.PARCEL, Crime.BANK, Crime.FAMILY, Crime.JOB, Crime.INVEST, Crime.SEXTORTION);
            case HANDLE -> List.of(Crime.JOB, Crime.INVEST, Crime.ROMANCE);
            case EMAIL -> List.of(Crime.ROMANCE, Crime.RENTAL, Crime.JOB);
            case SEXTORTION -> List.of(Crime.SEXTORTION);
            case CHAIN -> List.of(Crime.INVEST, Crime.SHOP, Crime.JOB);
            case CROSS_BORDER -> List.of(Crime.INVEST, Crime.PARCEL, Crime.JOB);
        };
    }
}
