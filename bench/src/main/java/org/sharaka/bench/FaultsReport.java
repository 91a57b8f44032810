package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditProofs;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.PrintedMessages;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** All that a node of the fault harness committed, for the harness to compare; and what it can prove by itself. */
final class FaultsReport {
    private final ConfigurableApplicationContext context;
    private final JdbcTemplate sql;
    private final ExchangeService exchange;
    private final Rosters rosters;

    FaultsReport(ConfigurableApplicationContext context) {
        this.context = context;
        this.sql = context.getBean(JdbcTemplate.class);
        this.exchange = context.getBean(ExchangeService.class);
        this.rosters = context.getBean(Rosters.class);
    }

    void write(Path file) throws IOException {
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
            sql.query(
                    "select id, recipient, state from exchange.sent where content_type = ? order by serial",
                    row -> {
                        lines.println("SENT\t" + row.getString(1) + "\t" + row.getString(2) + "\t" + row.getString(3)
                                + "\t" + (proved(new MessageId(row.getString(1))) ? "proved" : "unproved"));
                    },
                    FaultsNode.TYPE);
            sql.query("""
                    select g.target, coalesce(a.outcome, '') from originator.given g
                    left join originator.given_answer a on a.given = g.id and a.holder = g.recipient
                    """, row -> {
                lines.println("ORDERED\t" + row.getString(1) + "\t" + row.getString(2));
            });
            sql.query(
                    "select id, sender, conversation, epoch, sequence from public.bench_taken order by serial", row -> {
                        lines.println("TAKEN\t" + row.getString(1) + "\t" + row.getString(2) + "\t" + row.getString(3)
                                + "\t" + row.getLong(4) + "\t" + row.getLong(5));
                    });
            sql.query(
                    """
                    select r.id, r.state || case when r.refusal = '' then '' else ' ' || r.refusal end, c.id is not null
                    from exchange.received r left join exchange.received_content c on c.sender = r.sender and c.id = r.id
                    where r.content_type = ? or r.content_type = ''
                    """,
                    row -> {
                        lines.println("RECEIVED\t" + row.getString(1) + "\t" + row.getString(2) + "\t"
                                + (row.getBoolean(3) ? "kept" : "destroyed"));
                    },
                    FaultsNode.TYPE);
            lines.println("AUDIT\t" + (auditHolds() ? "sound" : "UNSOUND"));
            heads(lines);
            sql.query("select member, code, told_by, found_at from network.finding order by id", row -> {
                lines.println("FINDING\t" + row.getString(1) + ": " + row.getString(2) + ", as " + row.getString(3)
                        + " saw it, " + row.getString(4));
            });
        }
    }

    /** That it was accepted is proved by its recipient's signature, and so is all else that was said of it. */
    private boolean proved(MessageId id) {
        try {
            return exchange.proved(id).stream().map(Receipt::state).anyMatch(Receipt.State.ACCEPTED::equals);
        } catch (RefusedException e) {
            return false;
        }
    }

    private boolean auditHolds() {
        PrintWriter nobody = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return new VerifyAuditCommand().run(new CommandContext(context, nobody, nobody, PrintedMessages.here())) == 0;
    }

    /** Heads that others cosigned for us, and the newest of theirs that we saw: each signed as it must be, ours parts of today's record. */
    private void heads(PrintWriter lines) {
        AuditProofs proofs = context.getBean(AuditProofs.class);
        TreeHead now = proofs.head();
        sql.query("select cosigned_by, note from network.ours", row -> {
            Member by = member(row.getString(1));
            SignedNote note = SignedNote.parse(row.getBytes(2));
            TreeHead head = Checkpoint.verify(note, member(rosters.us().value()).logKeys())
                    .head();
            boolean holds = !NoteSigner.cosignatures(note, by.cosignerKeys()).isEmpty()
                    && (head.size() == 0
                            || proofs.consistency(head.size(), now.size()).proves(head, now));
            lines.println("COSIGNED\t" + by.id() + "\t" + (holds ? "sound" : "UNSOUND"));
        });
        sql.query("select member, note from network.seen", row -> {
            Member member = member(row.getString(1));
            TreeHead head = Checkpoint.verify(SignedNote.parse(row.getBytes(2)), member.logKeys())
                    .head();
            lines.println("SEEN\t" + member.id() + "\t" + head.size());
        });
    }

    private Member member(String id) {
        return rosters.current().member(new MemberId(id)).orElseThrow();
    }
}
