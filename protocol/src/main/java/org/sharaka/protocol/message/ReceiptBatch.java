package org.sharaka.protocol.message;

import java.time.Instant;
import java.util.List;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;

/** Receipts under one signature. They name no content, so TLS protects them; with text in them they are sealed too. */
public record ReceiptBatch(MemberId from, MemberId to, Instant made, RosterReference roster, List<Receipt> receipts) {
    public static final String TYPE = "sharaka.receipts";
    private static final int FORMAT = 1;

    public ReceiptBatch {
        receipts = List.copyOf(receipts);
        made = Time.truncate(made);
        if (receipts.isEmpty()) throw Refusal.FIELD_MISSING.because("receipts");
        if (receipts.size() > Limits.RECEIPTS_PER_BATCH) throw Refusal.TOO_MANY.because("receipts");
    }

    static ReceiptBatch parse(byte[] canonical) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(canonical, Limits.DOCUMENT_BYTES), TYPE, FORMAT);
        ReceiptBatch batch = new ReceiptBatch(
                fields.parsed("from", 32, MemberId::new),
                fields.parsed("to", 32, MemberId::new),
                fields.parsed("made", 24, Time::parse),
                RosterReference.parse(fields.fields("roster")),
                fields.list("receipts", Limits.RECEIPTS_PER_BATCH).stream()
                        .map(Receipt::parse)
                        .toList());
        fields.end();
        return batch;
    }

    /** The SignedData that goes out, or is sealed first if {@link #carriesText}. */
    public byte[] sign(OwnKey signing, Profile1 profile) {
        return profile.sign(
                JsonBuilder.document(TYPE, FORMAT)
                        .withText("from", from)
                        .withText("to", to)
                        .with("made", made)
                        .with("roster", roster.toJson())
                        .withAll("receipts", receipts, Receipt::toJson)
                        .build()
                        .canonical(),
                signing);
    }

    /** Whether somebody's words are in it, so that it must be sealed. */
    public boolean carriesText() {
        return receipts.stream().anyMatch(receipt -> receipt.sentence().isPresent());
    }
}
