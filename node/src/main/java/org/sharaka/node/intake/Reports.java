package org.sharaka.node.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.identifiers.Identifier;

/** The reports of this node. Methods that write need a transaction around them. */
interface Reports {
    /**
     * One statement for any number of reports.
     *
     * @param entry of the audit, which proves the act
     * @param imported the import that read them
     */
    void add(List<StoredReport> reports, UUID entry, Optional<UUID> imported);

    void addContact(ReportId report, byte[] sealed, Instant expiresAt);

    Optional<byte[]> contact(ReportId report);

    /** The sealed contact data of those of these reports that have any. */
    Map<ReportId, byte[]> contacts(Collection<ReportId> ids);

    /** What the latest reports that are closed to this unit name. */
    Map<ReportId, List<Identifier>> namedByClosed(String unit);

    /** In the order of ids; unknown ids are left out. */
    List<StoredReport> find(Collection<ReportId> ids);

    /** As {@link #find}, without what only an officer's page needs. */
    List<ReportEvidence> evidence(Collection<ReportId> ids);

    /** In the order of ids; unknown ids, and those of other compartments, are left out. */
    List<ReportSummary> summaries(Collection<ReportId> ids, Compartment compartment);

    /**
     * The last received first.
     *
     * @param before only reports received before this one
     */
    List<ReportSummary> latest(ReportFilter filter, Compartment compartment, Optional<ReportId> before, int limit);

    Optional<ReportId> idOf(Reference reference, Compartment compartment);

    /** Those of the ids that the compartment holds. */
    Set<ReportId> within(Collection<ReportId> ids, Compartment compartment);

    /** @param unit empty to open it to every officer; @return false if there is no such report */
    boolean close(ReportId report, Optional<String> unit);

    /** @param original empty if it counts by itself again; @return false if there is no such report */
    boolean duplicate(ReportId report, Optional<ReportId> original);

    /** In the order of ids; unknown ids are left out. */
    List<ReportFacts> facts(Collection<ReportId> ids);

    Map<ReportId, Reference> referencesOf(Collection<ReportId> ids);

    /** @return false if that was its status before */
    boolean status(ReportId report, ReportStatus status, Instant at);

    /** @return false if it is not set aside */
    boolean takeUp(ReportId report);

    /** @return false if it was withdrawn before */
    boolean withdraw(ReportId report, Withdrawal withdrawal);

    /**
     * Takes its account out of the report's money, too.
     *
     * @return false if it was withdrawn before or is unknown
     */
    boolean withdrawIdentifier(ReportId report, int position, Instant at);

    /**
     * Remembers a submission.
     *
     * @return empty if it is new, else what was remembered; waits for a simultaneous one to commit or roll back
     */
    Optional<Submitted> remember(byte[] keyMac, Submitted submission, Instant expiresAt);

    Optional<Submitted> submitted(byte[] keyMac);

    /** A submission by Idempotency-Key. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by value where it matters, in constant time.
    record Submitted(byte[] bodyMac, ReportId report) {}

    boolean anyExpired(Instant now);

    boolean anyContactExpired(Instant now);

    /** Deletes reports whose time is over. @return their ids */
    List<ReportId> purgeReports(Instant now, int limit);

    /** @return how many */
    int purgeContacts(Instant now);

    /** @return how many */
    int purgeSubmissions(Instant now);
}
