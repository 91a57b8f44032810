package org.sharaka.protocol.message;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.tree.TreeHead;

/**
 * A holder's signed statement of what it did on an order, with the proof that its audit log says the same. It can be
 * handed to a judge: the signature, the log's checkpoint and its cosignatures stand for themselves.
 *
 * @param order the originator's own message that ordered it, also where another holder passed it on
 * @param target what it was about
 * @param passedTo whom the holder had shared it with and has now passed the order on to
 * @param sentence a person's words, where there was more to say
 * @param gone that the same log holds the entry of the act that had destroyed the content before; of what is not held alone
 */
public record OrderAnswer(
        MessageReference order,
        MessageReference target,
        MemberId holder,
        Outcome outcome,
        Instant done,
        Set<MemberId> passedTo,
        Optional<String> sentence,
        Optional<LogProof> proof,
        Optional<LogProof> gone) {
    public static final String TYPE = "order.answer";
    private static final int FORMAT = 1;
    private static final int MAX_SENTENCE = 4_000;

    public enum Outcome {
        OBEYED,
        /** It had been deleted before, or never came. */
        NOT_HELD,
        /** The law forbids it; the sentence says which. */
        REFUSED
    }

    public OrderAnswer {
        passedTo = java.util.Collections.unmodifiableSet(new TreeSet<>(passedTo));
        done = Time.truncate(done);
        if (outcome == Outcome.REFUSED && sentence.isEmpty())
            throw Refusal.FIELD_WRONG.because("order.answer: a refusal says why");
        if (gone.isPresent() && outcome != Outcome.NOT_HELD)
            throw Refusal.FIELD_WRONG.because("order.answer.gone: of what was held");
    }

    public OrderAnswer with(LogProof proved) {
        return with(proved, Optional.empty());
    }

    public OrderAnswer with(LogProof proved, Optional<LogProof> before) {
        return new OrderAnswer(order, target, holder, outcome, done, passedTo, sentence, Optional.of(proved), before);
    }

    /**
     * What the holder's audit entry must name: SHA-256 of this answer without its proofs, in canonical form. The entry is
     * made first, then the proof of it, then the message.
     */
    public Hash statement() {
        return Hash.of(body().build().canonical());
    }

    private JsonBuilder body() {
        return JsonBuilder.object()
                .with("order", order.toJson())
                .with("target", target.toJson())
                .withText("holder", holder)
                .with("outcome", outcome)
                .with("done", done)
                .withAll("passedTo", passedTo, member -> JsonValue.of(member.value()))
                .withText("sentence", sentence);
    }

    public Content toContent() {
        JsonBuilder body = body();
        proof.ifPresent(given -> body.with("proof", given.toJson()));
        gone.ifPresent(given -> body.with("gone", given.toJson()));
        return new Content(TYPE, FORMAT, body.build());
    }

    public static OrderAnswer parse(Content content) {
        Fields fields = content.bodyOf(TYPE, FORMAT);
        OrderAnswer answer = new OrderAnswer(
                MessageReference.parse(fields.fields("order")),
                MessageReference.parse(fields.fields("target")),
                fields.parsed("holder", 32, MemberId::new),
                fields.constant("outcome", Outcome.class),
                fields.parsed("done", 24, Time::parse),
                Handling.members(fields, "passedTo"),
                fields.textIfAny("sentence", MAX_SENTENCE),
                fields.fieldsIfAny("proof").map(LogProof::parse),
                fields.fieldsIfAny("gone").map(LogProof::parse));
        fields.end();
        return answer;
    }

    /**
     * Refuses what is about something else than was ordered, or was said for somebody else.
     *
     * @param ordered what the order is about
     * @param sender who signed the answer
     */
    public void requireOf(MessageReference ordered, MemberId sender) {
        if (!target.equals(ordered)) throw Refusal.FIELD_WRONG.because("order.answer.target: not what was ordered");
        if (!holder.equals(sender)) throw Refusal.FIELD_WRONG.because("order.answer.holder: not who says so");
    }

    /**
     * Refuses unless the holder's log, under a checkpoint that the holder signed, holds an entry that names this statement, and the entry of
     * the end if the answer gives one: then the first names it, and both stand under one head.
     *
     * @param logKeys the holder's, from the roster
     * @param cosigners keys of the other members, from the roster: one of them at least cosigned the head that others saw, if there is one
     * @return who had seen the log under which this stands, and when; empty if it stands on the holder's word alone
     */
    public List<NoteSigner.Cosignature> requireProved(Collection<NoteKey> logKeys, Collection<NoteKey> cosigners) {
        LogProof proved = proof.orElseThrow(() -> Refusal.PROOF_WRONG.because("there is none"));
        TreeHead head = proved.requireFor(statement(), logKeys);
        gone.ifPresent(end -> {
            if (!proved.names(end.entry().toString())
                    || !end.requireIncluded(logKeys).equals(head))
                throw Refusal.PROOF_WRONG.because("the entry of the end is another");
        });
        List<NoteSigner.Cosignature> witnesses = proved.witnesses(cosigners);
        if (proved.witness().isPresent() && witnesses.isEmpty())
            throw Refusal.PROOF_WRONG.because("no other member cosigned the head that others are said to have seen");
        return witnesses;
    }
}
