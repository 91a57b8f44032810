package org.sharaka.node.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.Page;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an auditor may look at; each look is an entry itself. */
final class AuditReading {
    private static final int PAGE = 50;

    private final AuditTrail audit;
    private final JdbcTemplate sql;
    private final AuditProofs proofs;

    AuditReading(AuditTrail audit, JdbcTemplate sql, AuditProofs proofs) {
        this.audit = audit;
        this.sql = sql;
        this.proofs = proofs;
    }

    /** Newest first; {@code before} is {@link Page#next()} of the page before. */
    Page<Entry> list(Actor actor, AuditFilter filter, Optional<String> before) {
        return audit.read(actor, "audit.list", "audit", () -> {
            actor.require(Permission.AUDIT_READ);
            List<Entry> found = query(filter, before.flatMap(AuditReading::id));
            boolean more = found.size() > PAGE;
            List<Entry> page = more ? found.subList(0, PAGE) : found;
            return new Page<>(page, more ? Optional.of(page.get(PAGE - 1).id().toString()) : Optional.empty());
        });
    }

    /** Without an entry: a head tells how much is on record, and nothing of what. */
    TreeHead head(Actor actor) {
        actor.require(Permission.AUDIT_READ);
        return proofs.head();
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link AuditProblem#NOT_FOUND} for an entry not in the tree */
    Inclusion inclusion(Actor actor, UUID entry) {
        return audit.read(actor, "audit.prove", "entry/" + entry, () -> {
            TreeHead head = head(actor);
            long index = proofs.indexOf(new EntryId(entry))
                    .filter(known -> known < head.size())
                    .orElseThrow(() -> AuditProblem.NOT_FOUND.because("entry " + entry));
            return new Inclusion(proofs.leaf(index), head, proofs.inclusion(index, head));
        });
    }

    ConsistencyProof consistency(Actor actor, long from, long to) {
        actor.require(Permission.AUDIT_READ);
        return proofs.consistency(from, to);
    }

    /** An entry's leaf with the proof that it stands in the tree of a head. */
    record Inclusion(TreeHash leaf, TreeHead head, InclusionProof proof) {}

    private List<Entry> query(AuditFilter filter, Optional<UUID> before) {
        StringBuilder where = new StringBuilder("select " + SqlEntries.COLUMNS + " from audit.entry where true");
        List<Object> values = new ArrayList<>();
        filter.actor().ifPresent(actor -> add(where, values, " and actor_id = ?", actor));
        filter.action().ifPresent(action -> add(where, values, " and starts_with(action, ?)", action));
        filter.subject().ifPresent(subject -> add(where, values, " and starts_with(subject, ?)", subject));
        filter.from().ifPresent(from -> add(where, values, " and id >= ?::uuid", Retention.firstId(from)));
        filter.until().ifPresent(until -> add(where, values, " and id < ?::uuid", Retention.firstId(until)));
        before.ifPresent(id -> add(where, values, " and id < ?", id));
        where.append(" order by id desc limit ").append(PAGE + 1);
        return sql.query(where.toString(), (row, i) -> SqlEntries.read(row), values.toArray());
    }

    private static void add(StringBuilder where, List<Object> values, String condition, Object value) {
        where.append(condition);
        values.add(value);
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
