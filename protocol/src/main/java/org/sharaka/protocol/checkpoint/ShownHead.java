package org.sharaka.protocol.checkpoint;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonNumber;
import org.sharaka.protocol.transport.TransportLimits;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.TreeHash;

/**
 * What a member answers when it is asked for its log's head: the signed head, and for each smaller size that was asked for
 * the proof that the log grew out of it.
 *
 * @param proofs at most {@link #MAX_PROOFS}, in the order of their sizes; a size that the log never had has none
 * @param epoch the newest declaration that the member came back from a backup, signed; who asks may not have got it yet
 */
public record ShownHead(SignedNote checkpoint, List<ConsistencyProof> proofs, Optional<byte[]> epoch) {
    public static final String TYPE = "sharaka.checkpoint";
    public static final int MAX_PROOFS = 16;
    private static final int FORMAT = 1;
    private static final int MAX_EPOCH = TransportLimits.OPENING_BYTES;

    public ShownHead {
        proofs = List.copyOf(proofs);
    }

    public static ShownHead parse(byte[] canonical) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(canonical, Limits.DOCUMENT_BYTES), TYPE, FORMAT);
        SignedNote checkpoint = SignedNote.parse(fields.bytes("checkpoint", Limits.NOTE_BYTES));
        long size = Checkpoint.parse(checkpoint.text()).head().size();
        List<ConsistencyProof> proofs = fields.list("proofs", MAX_PROOFS).stream()
                .map(proof -> proof(proof, size))
                .toList();
        SortedSet<Long> unused = fields.ordered(
                "proofs", proofs.stream().map(ConsistencyProof::from).toList());
        Optional<byte[]> epoch = fields.bytesIfAny("epoch", MAX_EPOCH);
        fields.end();
        return new ShownHead(checkpoint, proofs, epoch);
    }

    private static ConsistencyProof proof(Fields fields, long size) {
        ConsistencyProof proof = new ConsistencyProof(
                fields.number("from", 1, JsonNumber.MAX),
                size,
                fields.bytesList("path", Limits.PROOF_HASHES, TreeHash.SIZE_BYTES).stream()
                        .map(bytes -> TreeHash.of(Hash.ofDigest(bytes).bytes()))
                        .toList());
        fields.end();
        return proof;
    }

    public byte[] encoded() {
        JsonBuilder json = JsonBuilder.document(TYPE, FORMAT)
                .with("checkpoint", checkpoint.encoded())
                .withAll("proofs", proofs, proof -> JsonBuilder.object()
                        .with("from", proof.from())
                        .withAll(
                                "path",
                                proof.path(),
                                hash -> JsonValue.of(Base64.getEncoder().encodeToString(hash.bytes())))
                        .build());
        epoch.ifPresent(signed -> json.with("epoch", signed));
        return json.build().canonical();
    }

    /** The proof from a size, if the answer has it. */
    public Optional<ConsistencyProof> from(long size) {
        return proofs.stream().filter(proof -> proof.from() == size).findFirst();
    }
}
