package org.sharaka.node.access;

import static org.sharaka.node.access.Permission.AGREEMENT_ADMINISTER;
import static org.sharaka.node.access.Permission.AUDIT_READ;
import static org.sharaka.node.access.Permission.CAMPAIGN_DECIDE;
import static org.sharaka.node.access.Permission.CAMPAIGN_READ;
import static org.sharaka.node.access.Permission.CROSSCHECK_ASK;
import static org.sharaka.node.access.Permission.EVIDENCE_ADD;
import static org.sharaka.node.access.Permission.EVIDENCE_DESTROY;
import static org.sharaka.node.access.Permission.EVIDENCE_EXPORT;
import static org.sharaka.node.access.Permission.EVIDENCE_READ;
import static org.sharaka.node.access.Permission.EXCHANGE_APPROVE;
import static org.sharaka.node.access.Permission.EXCHANGE_READ;
import static org.sharaka.node.access.Permission.EXCHANGE_SEND;
import static org.sharaka.node.access.Permission.HIT_RELEASE;
import static org.sharaka.node.access.Permission.IMPORT;
import static org.sharaka.node.access.Permission.OFFICER_ADMINISTER;
import static org.sharaka.node.access.Permission.OUTCOME_RECORD;
import static org.sharaka.node.access.Permission.REGISTER_WRITE;
import static org.sharaka.node.access.Permission.REPORT_CONTACT_READ;
import static org.sharaka.node.access.Permission.REPORT_CORRESPOND;
import static org.sharaka.node.access.Permission.REPORT_READ;
import static org.sharaka.node.access.Permission.REPORT_SUBMIT;
import static org.sharaka.node.access.Permission.REPORT_TRIAGE;
import static org.sharaka.node.access.Permission.SCREENING_BULK;
import static org.sharaka.node.access.Permission.SCREENING_CONFIRM;
import static org.sharaka.node.access.Permission.SCREENING_QUERY;
import static org.sharaka.node.access.Permission.TRIAGE_ADMINISTER;

import java.util.EnumSet;
import java.util.Set;

/**
 * What an officer does in the service, and so may do here. Who administers officers reads no reports, and an auditor
 * changes nothing. The names are stored: never rename one.
 */
public enum Role {
    INTAKE_OFFICER(REPORT_SUBMIT, REPORT_READ, REPORT_CONTACT_READ, REPORT_CORRESPOND, REPORT_TRIAGE, CAMPAIGN_READ),
    /** Leads the intake officers. */
    INTAKE_SUPERVISOR(
            REPORT_SUBMIT,
            REPORT_READ,
            REPORT_CONTACT_READ,
            REPORT_CORRESPOND,
            REPORT_TRIAGE,
            TRIAGE_ADMINISTER,
            OUTCOME_RECORD,
            CAMPAIGN_READ),
    INVESTIGATOR(
            REPORT_READ,
            REPORT_CONTACT_READ,
            REPORT_CORRESPOND,
            REPORT_TRIAGE,
            OUTCOME_RECORD,
            CAMPAIGN_READ,
            SCREENING_QUERY,
            EVIDENCE_READ,
            EVIDENCE_ADD,
            EVIDENCE_EXPORT,
            SCREENING_CONFIRM,
            SCREENING_BULK),
    ANALYST(REPORT_READ, CAMPAIGN_READ, CAMPAIGN_DECIDE, CROSSCHECK_ASK),
    BUREAU_DUTY_OFFICER(
            REPORT_READ,
            CAMPAIGN_READ,
            SCREENING_QUERY,
            SCREENING_CONFIRM,
            SCREENING_BULK,
            HIT_RELEASE,
            REGISTER_WRITE,
            EXCHANGE_READ,
            EXCHANGE_SEND,
            EXCHANGE_APPROVE,
            CROSSCHECK_ASK,
            EVIDENCE_READ,
            EVIDENCE_ADD,
            EVIDENCE_EXPORT),
    /** At a border, a road or a counter: asks the lists, reads no reports. */
    FRONT_LINE_OFFICER(SCREENING_QUERY, SCREENING_CONFIRM),
    COMPLIANCE_OFFICER(
            CAMPAIGN_READ,
            EXCHANGE_READ,
            EXCHANGE_APPROVE,
            AGREEMENT_ADMINISTER,
            AUDIT_READ,
            EVIDENCE_READ,
            EVIDENCE_DESTROY),
    DATA_PROTECTION_OFFICER(AUDIT_READ),
    NODE_ADMINISTRATOR(OFFICER_ADMINISTER, IMPORT, REPORT_SUBMIT),
    AUDITOR(AUDIT_READ);

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    private final Set<Permission> permissions;

    Role(Permission... permissions) {
        this.permissions = Set.of(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** Everything that one of the roles permits. */
    public static Set<Permission> permissionsOf(Set<Role> roles) {
        EnumSet<Permission> all = EnumSet.noneOf(Permission.class);
        roles.forEach(role -> all.addAll(role.permissions));
        return all;
    }
}
