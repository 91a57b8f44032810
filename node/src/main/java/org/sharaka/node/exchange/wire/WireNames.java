package org.sharaka.node.exchange.wire;

/** Paths and headers of docs/protocol.md section 15. */
final class WireNames {
    static final String MESSAGES = "/v1/messages";
    static final String RECEIPTS = "/v1/receipts";
    static final String SEALED_RECEIPTS = "/v1/receipts/sealed";
    static final String COLLECT = "/v1/collect";
    static final String ROSTER = "/v1/roster";

    /** Followed by a file's id; chunks lie below it. */
    static final String FILES = "/v1/files/";

    static final String CHUNKS = "/chunks/";

    static final String ROSTER_VERSION = "Sharaka-Roster";
    static final String TIME = "Sharaka-Time";

    static final String JSON = "application/json";
    static final String BYTES = "application/octet-stream";
    static final String CMS = "application/cms";

    /** Asked with a roster's address: versions after this one. */
    static final String AFTER = "after=";

    private WireNames() {}
}
