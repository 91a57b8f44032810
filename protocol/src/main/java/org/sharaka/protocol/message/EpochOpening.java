package org.sharaka.protocol.message;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonNumber;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;

/**
 * A member's signed word that it came back from a backup: its sequences begin anew in this epoch, its log goes on from an
 * older head, and what lies between that head and the last cosigned one is lost and says so.
 *
 * @param epoch one more than the last; a member is at epoch 1 without a declaration
 * @param restored the head of the log as it came out of the backup
 * @param backup when the backup was made: peers send again what they sent since
 * @param lastCosigned the newest checkpoint of its own that it found at its peers; none if no peer had one
 */
public record EpochOpening(
        MemberId member,
        long epoch,
        Instant opened,
        RosterReference roster,
        TreeHead restored,
        Instant backup,
        Optional<SignedNote> lastCosigned) {
    public static final String TYPE = "sharaka.epoch";
    private static final int FORMAT = 1;

    public EpochOpening {
        opened = Time.truncate(opened);
        backup = Time.truncate(backup);
        if (epoch < 2) throw Refusal.FIELD_WRONG.because("epoch: the first needs no declaration");
        if (backup.isAfter(opened)) throw Refusal.FIELD_WRONG.because("epoch.backup: later than its restore");
    }

    /** Of a declaration that was opened and verified before it was kept. */
    public static EpochOpening ofKept(byte[] signedData) {
        return parse(SignedData.parse(signedData).content());
    }

    static EpochOpening parse(byte[] canonical) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(canonical, Limits.DOCUMENT_BYTES), TYPE, FORMAT);
        Fields restored = fields.fields("restored");
        TreeHead head =
                new TreeHead(restored.number("size", 0, JsonNumber.MAX), restored.parsed("root", 44, TreeHash::parse));
        restored.end();
        EpochOpening opening = new EpochOpening(
                fields.parsed("member", 32, MemberId::new),
                fields.number("epoch", 2, JsonNumber.MAX),
                fields.parsed("opened", 24, Time::parse),
                RosterReference.parse(fields.fields("roster")),
                head,
                fields.parsed("backup", 24, Time::parse),
                fields.bytesIfAny("lastCosigned", Limits.NOTE_BYTES).map(SignedNote::parse));
        fields.end();
        return opening;
    }

    /**
     * Refuses a declaration that does not follow the newest that is known of this member. The same one again is for the caller to know
     * by its bytes.
     */
    public void requireAfter(EpochOpening known) {
        if (epoch == known.epoch) throw Refusal.EPOCH_FORKED.because("epoch " + epoch);
        if (epoch < known.epoch || !opened.isAfter(known.opened))
            throw Refusal.EPOCH_ROLLED_BACK.because("epoch " + epoch);
    }

    public byte[] sign(OwnKey signing, Profile1 profile) {
        JsonBuilder json = JsonBuilder.document(TYPE, FORMAT)
                .withText("member", member)
                .with("epoch", epoch)
                .with("opened", opened)
                .with("roster", roster.toJson())
                .with(
                        "restored",
                        JsonBuilder.object()
                                .with("size", restored.size())
                                .withText("root", restored.root())
                                .build())
                .with("backup", backup);
        lastCosigned.ifPresent(note -> json.with("lastCosigned", note.encoded()));
        return profile.sign(json.build().canonical(), signing);
    }
}
