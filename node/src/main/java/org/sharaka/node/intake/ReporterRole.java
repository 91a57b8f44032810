package org.sharaka.node.intake;

/** In what relation the reporter stands to what happened. The names are stored: never rename one. */
public enum ReporterRole {
    VICTIM,
    WITNESS,
    /** For a victim who cannot or does not want to write. */
    ON_BEHALF
}
