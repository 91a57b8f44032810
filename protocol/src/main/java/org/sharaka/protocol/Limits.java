package org.sharaka.protocol;

/** What is refused before it is read: sizes in bytes, depths and counts. Part of the protocol, docs/protocol.md section 11. */
public final class Limits {
    /** A signed document: message, batch of receipts, declaration. Room for the chunk hashes of 300 GB. */
    public static final int SIGNED_BYTES = 6 << 20;
    /** What is signed, as JSON. */
    public static final int DOCUMENT_BYTES = 4 << 20;
    /** A sealed message: a signed document and what the seal adds. */
    public static final int SEALED_BYTES = SIGNED_BYTES + 4_096;
    /** The header in the clear. */
    public static final int CLEAR_HEADER_BYTES = 1_024;
    /** A roster with its signatures: some 300 members. */
    public static final int ROSTER_BYTES = 8 << 20;

    public static final int CERTIFICATE_BYTES = 4_096;
    public static final int JSON_DEPTH = 32;
    /** Values and names in one document. */
    public static final int JSON_TOKENS = 400_000;

    public static final int DER_DEPTH = 24;
    public static final int DER_ELEMENTS = 4_096;
    public static final int ROSTER_MEMBERS = 512;
    /** Certificates of one member for one use: the one in force and those that come and go. */
    public static final int CERTIFICATES_PER_USE = 4;

    public static final int RECEIPTS_PER_BATCH = 1_000;
    public static final int FILES_PER_MESSAGE = 64;
    /** Hands that data passes through after its originator's. */
    public static final int ONWARD_HOPS = 4;
    /** Clear bytes of a chunk; the last one of a file may be shorter. */
    public static final int CHUNK_BYTES = 4 << 20;

    public static final int SEALED_CHUNK_BYTES = CHUNK_BYTES + 1_024;
    public static final int NOTE_BYTES = 64 << 10;
    public static final int NOTE_SIGNATURES = 600;
    /** Hashes in a proof: a tree of 2^63 leaves needs no more. */
    public static final int PROOF_HASHES = 127;

    private Limits() {}
}
