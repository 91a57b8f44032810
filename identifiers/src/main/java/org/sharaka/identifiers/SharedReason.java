package org.sharaka.identifiers;

/**
 * Why an identifier is in so many hands that sharing it says nothing about two reports. The names are stored: never rename one.
 */
public enum SharedReason {
    /** A link shortener: the host says nothing, the exact short link still does. */
    SHORTENER(true),
    /** Anyone gets a site below it, free: the subdomain is the thing, the host itself says nothing. */
    FREE_HOST(true),
    /** Anyone gets a name below it for a changing address: as with a free host. */
    DYNAMIC_DNS(true),
    /** One of the most visited sites, with much that its users wrote. */
    POPULAR_SITE(true),
    /** Millions have their mailbox there. */
    MAIL_PROVIDER(false),
    /** Mailboxes for ten minutes. */
    DISPOSABLE_MAIL(false),
    /** Pages of links: the exact page still says whose. */
    LINK_IN_BIO(true),
    /** A messenger or social platform: the account is the thing. */
    SOCIAL_PLATFORM(true),
    /** A public cloud's storage: the bucket or the exact address is the thing. */
    CLOUD_STORAGE(true),
    SEARCH_ENGINE(true),
    APP_STORE(true),
    /** A crypto-asset exchange's own site. */
    EXCHANGE(true),
    /** A bank's or payment service's own site, most often the victim's. */
    BANK(true),
    /** A token's contract or a burn address: everybody's transfers name it. */
    WELL_KNOWN_CONTRACT(false),
    /** A private, loopback or documentation address, or a public resolver. */
    PUBLIC_OR_LOCAL_ADDRESS(false),
    /** A hash that millions of machines hold, such as that of the empty file. */
    COMMON_FILE(false),
    /** Listed by this node's administrator. */
    LISTED_LOCALLY(true);

    private final boolean exactUrlIdentifies;

    SharedReason(boolean exactUrlIdentifies) {
        this.exactUrlIdentifies = exactUrlIdentifies;
    }

    /** Whether a web address with a path there still identifies, although its host does not. */
    public boolean exactUrlIdentifies() {
        return exactUrlIdentifies;
    }

    /** Whether anyone can have a name of their own below the host, so that this name, and not the host, is the thing. */
    public boolean subdomainIdentifies() {
        return this == FREE_HOST || this == DYNAMIC_DNS || this == CLOUD_STORAGE;
    }
}
