package org.sharaka.node.intake;

import org.sharaka.identifiers.IdentifierKind;

/**
 * What was given as an identifier and is none; the report keeps it as text.
 *
 * @param value as given, card numbers made unreadable
 * @param reason a stable word, for instance {@code bad-check-digits}
 */
public record NotRecognised(IdentifierKind kind, String value, String reason) {}
