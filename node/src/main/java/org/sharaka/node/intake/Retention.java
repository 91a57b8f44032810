package org.sharaka.node.intake;

import java.time.Instant;
import org.sharaka.node.access.Purpose;

/**
 * Why a report is kept, whose it is, what may be done with it and until when (S20).
 *
 * @param originator the authority whose data it is
 * @param handling handling code; H0 means use for preventing and combating crime, no further restriction
 * @param expiresAt from then on the report is deleted
 */
public record Retention(Purpose purpose, String originator, String handling, Instant expiresAt) {}
