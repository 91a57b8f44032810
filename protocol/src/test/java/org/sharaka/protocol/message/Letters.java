package org.sharaka.protocol.message;

import static org.sharaka.protocol.Network.NOON;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.roster.Roster;

/** Messages for tests. */
public final class Letters {
    private Letters() {}

    public static Content text(String text) {
        return new FreeText(Optional.empty(), new Words("en", text, Set.of())).toContent();
    }

    public static Handling handling(MemberId originator, HandlingCode... codes) {
        return new Handling(
                originator,
                "investigation",
                "budapest-2001",
                Optional.of("fraud"),
                Set.of(codes),
                Set.of(codes).contains(HandlingCode.H3) ? Optional.of("Do not contact the victim.") : Optional.empty(),
                Set.of(),
                NOON.plus(Duration.ofDays(365)));
    }

    public static Header header(Network network, MemberId sender, MemberId recipient, Roster roster) {
        return new Header(
                MessageId.random(network.random),
                sender,
                recipient,
                NOON,
                NOON.plus(Duration.ofDays(30)),
                new Position(ConversationId.random(network.random), Lane.ORDINARY, 1, 1),
                RosterReference.to(roster));
    }

    public static Message letter(Network network, MemberId sender, MemberId recipient, Roster roster) {
        return Message.of(
                header(network, sender, recipient, roster), handling(sender), text("Please look at this account."));
    }

    public static Message share(
            Network network, MemberId sender, MemberId recipient, Roster roster, SignedMessage received) {
        return new Message(
                header(network, sender, recipient, roster),
                received.message().handling(),
                Optional.empty(),
                text("Shared onward."),
                List.of(),
                Optional.of(received.signed()));
    }

    static SignedMessage withFiles(
            Network network, MemberId sender, MemberId recipient, Roster roster, List<FileManifest> files) {
        return sign(
                network,
                new Message(
                        header(network, sender, recipient, roster),
                        handling(sender),
                        Optional.empty(),
                        text("See the files."),
                        files,
                        Optional.empty()));
    }

    static Message shareWith(
            Network network,
            MemberId sender,
            MemberId recipient,
            Roster roster,
            SignedMessage received,
            FileManifest... files) {
        return new Message(
                header(network, sender, recipient, roster),
                received.message().handling(),
                Optional.empty(),
                text("Shared onward."),
                List.of(files),
                Optional.of(received.signed()));
    }

    public static SignedMessage sign(Network network, Message message) {
        return SignedMessage.sign(
                message, network.keys(message.header().sender()).of(KeyUse.SIGNING), network.profile);
    }

    public static SealedMessage seal(Network network, SignedMessage signed) {
        return SealedMessage.seal(
                signed, sealing(network, signed.message().header().recipient()), network.profile);
    }

    public static Certificate sealing(Network network, MemberId recipient) {
        return network.keys(recipient).of(KeyUse.SEALING).certificate();
    }

    /** Signs bytes that no honest node would. */
    public static SignedMessage forged(Network network, byte[] document, MemberId by) {
        SignedData signed =
                SignedData.parse(network.profile.sign(document, network.keys(by).of(KeyUse.SIGNING)));
        return SignedMessage.read(signed);
    }
}
