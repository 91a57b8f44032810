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
    /** Reads what is exchanged with other nodes. */
    EXCHANGE_READ,
    /** Writes to other nodes and answers them. */
    EXCHANGE_SEND,
    /** Gives the second look before the words of a victim, witness or reporter travel (SAFEGUARDS S11). */
    EXCHANGE_APPROVE,
    /** Keeps the agreements under which data may leave. */
    AGREEMENT_ADMINISTER,
    /** Sees files under custody and their log. */
    EVIDENCE_READ,
    /** Takes files in. */
    EVIDENCE_ADD,
    /** Takes the content of files out of the node, in the clear. */
    EVIDENCE_EXPORT,
    /** Destroys files for good, before their time. */
    EVIDENCE_DESTROY,
    IMPORT,
    OFFICER_ADMINISTER,
    AUDIT_READ
}
