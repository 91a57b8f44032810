package org.sharaka.node.access;

/** What an officer or an API key may do; roles are sets of these. */
public enum Permission {
    REPORT_SUBMIT,
    REPORT_READ,
    /** Opens a named reporter's contact data, which is kept apart. */
    REPORT_CONTACT_READ,
    /** Writes to reporters. */
    REPORT_CORRESPOND,
    /** Works the queue: says how far a report is, takes up what was set aside. */
    REPORT_TRIAGE,
    /** Writes letters for reviewers, rules of assignment and the duty roster. */
    TRIAGE_ADMINISTER,
    /** Records what came of a campaign; its reporters are told that they helped. */
    OUTCOME_RECORD,
    CAMPAIGN_READ,
    /** Splits, joins, and marks identifiers as shared. */
    CAMPAIGN_DECIDE,
    /** Asks whether somebody or something is on a list. */
    SCREENING_QUERY,
    IMPORT,
    OFFICER_ADMINISTER,
    AUDIT_READ
}
