package org.sharaka.identifiers;

/** What sort of thing an {@link Identifier} names. The names are stored and travel between nodes: never rename one. */
public enum IdentifierKind {
    /** A web address, canonical after WHATWG parsing rules: scheme, host, port, path and query, without user-info. */
    URL,
    /** A full host name in lower-case ASCII (punycode) form. */
    HOST,
    /** The registrable domain of a host: public suffix plus one label, private suffixes (free hosts) included. */
    DOMAIN,
    EMAIL,
    /** A telephone number in E.164 form. */
    PHONE,
    IBAN,
    /** A Moroccan relevé d'identité bancaire: 24 digits with a mod-97 key. */
    RIB_MA,
    /** A payment card, never whole: first six digits, last four and a keyed hash. */
    CARD,
    BTC,
    /** An Ethereum-format address; tokens such as USDT (ERC-20) live at the same address. */
    ETH,
    /** A Tron address; USDT (TRC-20) lives at the same address. */
    TRX,
    LTC,
    XMR,
    TELEGRAM,
    WHATSAPP,
    INSTAGRAM,
    FACEBOOK,
    TIKTOK,
    X,
    IPV4,
    IPV6,
    /** MD5, SHA-1, SHA-256 or SHA-512 of a file, in lower-case hex. */
    FILE_HASH,
    /** A vehicle identification number (ISO 3779). */
    VIN,
    /** A registration plate with the country that issued it. */
    PLATE,
    /** A passport number with the issuing country. */
    PASSPORT,
    /** A national identity document number with the issuing country. */
    IDENTITY_DOCUMENT,
    /** A company registration number with the country and register. */
    COMPANY_NUMBER,
    /** A blockchain or payment transaction reference. */
    TRANSACTION
}
