package org.sharaka.node.platform;

/** Why a line of a CSV file is no record. */
public enum CsvFault {
    /** A quote opens a field and none closes it within the size of a record. */
    QUOTE_NOT_CLOSED,
    /** Something stands between a closing quote and the next separator. */
    TEXT_AFTER_QUOTE,
    /** The bytes are not of the stated encoding. */
    WRONG_ENCODING,
    TOO_LONG
}
