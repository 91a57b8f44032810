package org.sharaka.linking;

/** What sort of trace a {@link LinkKey} stands for. The names are stored: never rename one. */
public enum KeyKind {
    /** A bank account; a Moroccan RIB and the IBAN that contains it are one key. */
    IBAN(Role.PAYMENT),
    CARD(Role.PAYMENT),
    BTC(Role.PAYMENT),
    ETH(Role.PAYMENT),
    TRX(Role.PAYMENT),
    LTC(Role.PAYMENT),
    XMR(Role.PAYMENT),
    TRANSACTION(Role.PAYMENT),
    /** A telephone number; an account named by its number is that number. */
    PHONE(Role.CONTACT),
    /** A number of a range given to services (toll-free, shared cost, universal access): soon taken for a shared hotline. */
    HOTLINE(Role.CONTACT),
    EMAIL(Role.CONTACT),
    /** A WhatsApp channel or group; an account is its telephone. */
    WHATSAPP(Role.CONTACT),
    TELEGRAM(Role.CONTACT),
    INSTAGRAM(Role.CONTACT),
    FACEBOOK(Role.CONTACT),
    TIKTOK(Role.CONTACT),
    X(Role.CONTACT),
    /** A registrable domain; on a free host, the site below it. */
    DOMAIN(Role.SITE),
    /** One exact address on a site that many share: a shortened link, a form, a page of a popular service. */
    URL(Role.SITE),
    IP(Role.NETWORK),
    FILE_HASH(Role.FILE),
    VIN(Role.DOCUMENT),
    PLATE(Role.DOCUMENT),
    PASSPORT(Role.DOCUMENT),
    IDENTITY_DOCUMENT(Role.DOCUMENT),
    COMPANY_NUMBER(Role.DOCUMENT),
    /** The form of a path and its parameter names that copies of one phishing kit share. */
    PATH_SHAPE(Role.SHAPE),
    /** One distinctive sentence or line, identifiers and digits masked. */
    TEXT_LINE(Role.TEXT),
    /** The beginning or the end of such a sentence: equal in texts that run on in other words. */
    TEXT_BAND(Role.TEXT),
    /** A long sentence that speaks to its reader, or the beginning or the end of one: what a sender wrote, not a victim. */
    TEXT_MESSAGE(Role.TEXT),
    /** The name under which a payee, an account's holder, was given: two strangers may have one name. */
    ACCOUNT_NAME(Role.CLUE),
    /** The name of a site, an app or a firm, without its address; also the telling label of a registrable domain. */
    SITE_NAME(Role.CLUE),
    /** A number of a case, an order, a parcel or a ticket, named as such. */
    CODE(Role.CLUE),
    /**
     * Stands beside another key of the same report and says that the report names it as the reporter's own or as a true
     * service's: never links, but a key of which most holders say so does not link either.
     */
    BYSTANDER(Role.ASIDE),
    /** An officer's decision that two reports are one: held by these two reports and never shared. */
    JOIN(Role.DECISION);

    /** What a key says about those who hold it; the thresholds of {@link LinkPolicy} go by it. */
    public enum Role {
        PAYMENT,
        CONTACT,
        SITE,
        NETWORK,
        FILE,
        DOCUMENT,
        SHAPE,
        TEXT,
        /** Says little alone. */
        CLUE,
        /** Says something of another key, and nothing of those who hold it. */
        ASIDE,
        DECISION
    }

    private final Role role;

    KeyKind(Role role) {
        this.role = role;
    }

    public Role role() {
        return role;
    }
}
