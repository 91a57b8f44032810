package org.sharaka.node.access;

/**
 * Says where a module's own rows prove that an act took place, so that {@code verify-audit} finds acts that nobody
 * entered. A module offers one bean for each table whose rows carry the id of an audit entry.
 *
 * <p>It stands here because this module acts too and may not know the audit module.
 *
 * @param act what the rows prove, for instance {@code campaign.decision}
 * @param sql a query of the module's own tables with the columns {@code entry} (uuid, the audit entry's id; null where an
 *     act has none, which is a finding) and {@code subject} (text, as it stands in the entry)
 */
public record ActWitness(String act, String sql) {}
