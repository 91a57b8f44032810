package org.sharaka.node.bureau;

import java.time.Clock;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.springframework.jdbc.core.JdbcTemplate;

/** Alarms of the bureau's own messages. */
final class SqlAlarms extends AlarmTable {
    private static final Tables TABLES = new Tables(
            "bureau.alarm",
            "message",
            "bureau.message",
            "at",
            "m.read_at is null",
            "m.state = 'RECEIVED' and m.urgency = 'URGENT' and m.answered_at is null and m.acted_at is null",
            """
            exists (select from bureau.conversation c
                where c.peer = m.peer and c.id = m.conversation and c.closed_to in ('', :unit))\
            """);

    SqlAlarms(JdbcTemplate sql, Clock clock) {
        super(sql, clock, TABLES);
    }

    @Override
    protected String path(MemberId peer, ConversationId conversation) {
        return new ConversationKey(peer, conversation).path();
    }
}
