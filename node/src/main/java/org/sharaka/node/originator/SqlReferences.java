package org.sharaka.node.originator;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;

/** How this module's tables hold names of messages. */
final class SqlReferences {
    private SqlReferences() {}

    static MessageReference reference(ResultSet row, String name, String hash) throws SQLException {
        return new MessageReference(new MessageId(row.getString(name)), Hash.ofDigest(row.getBytes(hash)));
    }
}
