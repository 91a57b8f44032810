package org.sharaka.protocol.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonNumber;

/**
 * The newest heads that a member saw of the others' logs, each with its own cosignature. Who compares what two members saw
 * of a third finds a log that shows each of them another past; who lost its end finds it here.
 */
public record SeenHeads(Map<MemberId, Head> heads) {
    public static final String TYPE = "sharaka.heads";
    private static final int FORMAT = 1;
    /** A head with two signatures. Notes that gathered more are shown without them. */
    private static final int MAX_NOTE = 4_096;

    /**
     * @param epoch in which the member was by its own declarations when it showed the head, 1 if it never made one: what was seen
     *     before a return from a backup is told from what was seen after it without trusting anybody's clock
     */
    public record Head(long epoch, SignedNote note) {
        public Head {
            if (epoch < 1) throw Refusal.FIELD_WRONG.because("epoch");
        }
    }

    public SeenHeads {
        heads = Map.copyOf(heads);
    }

    public static SeenHeads parse(byte[] canonical) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(canonical, Limits.DOCUMENT_BYTES), TYPE, FORMAT);
        List<Fields> list = fields.list("heads", Limits.ROSTER_MEMBERS);
        SortedMap<MemberId, Head> heads = new TreeMap<>();
        for (Fields head : list) {
            heads.put(
                    head.parsed("member", 32, MemberId::new),
                    new Head(
                            head.number("epoch", 1, JsonNumber.MAX),
                            SignedNote.parse(head.bytes("checkpoint", MAX_NOTE))));
            head.end();
        }
        fields.ordered(
                "heads", list.stream().map(head -> head.text("member", 32)).toList());
        fields.end();
        return new SeenHeads(heads);
    }

    public byte[] encoded() {
        return JsonBuilder.document(TYPE, FORMAT)
                .withAll("heads", new TreeMap<>(heads).entrySet(), head -> JsonBuilder.object()
                        .withText("member", head.getKey())
                        .with("epoch", head.getValue().epoch())
                        .with("checkpoint", head.getValue().note().encoded())
                        .build())
                .build()
                .canonical();
    }
}
