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
    /** Asks other nodes whether they know a campaign; nothing in words leaves by it. */
    CROSSCHECK_ASK,
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
    /** Compares a possible match and confirms or dismisses it; what is confirmed goes to the own bureau. */
    SCREENING_CONFIRM,
    /** Screens whole lists of people, and asks for standing watches. */
    SCREENING_BULK,
    /** Works at the own bureau: checks what was confirmed and releases or withholds it, approves watches, makes distinguishing records. */
    HIT_RELEASE,
    /** Adds to the country's own registers of stolen and lost documents and of stolen vehicles, and takes out. */
    REGISTER_WRITE,
    IMPORT,
    OFFICER_ADMINISTER,
    AUDIT_READ
}
