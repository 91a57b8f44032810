package org.sharaka.protocol.message;

import org.sharaka.protocol.Hash;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.cms.SignedData;

/**
 * A message and the SignedData that holds it, unchanged for ever: what is stored, re-sealed at each try, shared onward and
 * shown to a court.
 */
public record SignedMessage(Message message, SignedData signed) {
    /** Signs once; never sign the same message again, or it has two identities. */
    public static SignedMessage sign(Message message, OwnKey signing, Profile1 profile) {
        return new SignedMessage(message, profile.signed(message.canonical(), signing));
    }

    /** Reads one that we signed or verified ourselves and kept where nobody else writes; nothing is verified again. */
    public static SignedMessage ofKept(byte[] signedData) {
        return read(SignedData.parse(signedData));
    }

    /** Reads what stands inside; who signed it is not proved by that. */
    static SignedMessage read(SignedData signed) {
        return new SignedMessage(Message.parse(signed.content()), signed);
    }

    /** The message's identity: SHA-256 of the SignedData. */
    public Hash hash() {
        return signed.hash();
    }

    public MessageReference reference() {
        return new MessageReference(message.header().id(), hash());
    }
}
