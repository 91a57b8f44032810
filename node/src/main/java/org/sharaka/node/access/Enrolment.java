package org.sharaka.node.access;

import java.time.Instant;

/**
 * What an administrator hands to an officer, in person or by telephone, so that the officer sets up a log-in at
 * {@code /enrol}. Shown once; it works once.
 *
 * @param code as it is to be typed
 */
public record Enrolment(Officer officer, String code, Instant endsAt) {
    /** Never by accident into a log. */
    @Override
    public String toString() {
        return "Enrolment[officer=" + officer.id() + "]";
    }
}
