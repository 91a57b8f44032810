package org.sharaka.node.intake;

import java.util.Optional;

/**
 * A report with all that came with it.
 *
 * @param reference what the reporter already holds; empty to have one made
 * @param setAside true if it comes from a flooding source: it is kept, but not linked before an officer takes it up
 */
public record Submission(
        ReportDraft draft,
        Circumstances circumstances,
        Channel channel,
        Optional<Reference> reference,
        boolean setAside) {}
