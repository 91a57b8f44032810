package org.sharaka.protocol.message;

import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.nio.charset.StandardCharsets;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.Twins;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;

/** The vectors of what a recipient says of a file. */
final class Reports extends Cases {
    private static final String FILE = "0123456789abcdef".repeat(2);

    private final RosterHistory rosters = Vectors.founded(network);
    private final Roster roster = rosters.current();

    byte[] file() {
        byte[] complete = report(FileReport.State.COMPLETE, 3, SYLDAVIA, BORDURIA);
        accepted("complete", complete);
        accepted("waiting", report(FileReport.State.WAITING, 0, SYLDAVIA, BORDURIA));
        accepted("arriving", report(FileReport.State.ARRIVING, 2, SYLDAVIA, BORDURIA));
        refused(
                "signed by another",
                report(FileReport.State.COMPLETE, 3, SYLDAVIA, KHEMED),
                Refusal.CERTIFICATE_NOT_LISTED);
        refused(
                "for another member",
                report(FileReport.State.COMPLETE, 3, KHEMED, BORDURIA),
                Refusal.NOT_ADDRESSED_TO_US);
        refused("n - s for s", Twins.highS(complete), Refusal.NOT_PROFILE);
        refused("signature that does not fit", Twins.wronglySigned(complete), Refusal.SIGNATURE_WRONG);
        refused("more than there are", forged(complete, "\"have\":3", "\"have\":4"), Refusal.FIELD_WRONG);
        refused("an unknown state", forged(complete, "\"complete\"", "\"perhaps\""), Refusal.FIELD_WRONG);
        return pretty(JsonBuilder.object()
                .with("about", "File reports as they arrive at xs-ncb, which sent the file.")
                .with("now", Time.format(NOON))
                .with("pin", roster.hash().toString())
                .with("roster", rosters.signed().get(0).encoded())
                .with("us", SYLDAVIA.value()));
    }

    private byte[] report(FileReport.State state, int have, MemberId to, MemberId signer) {
        return new FileReport(
                        BORDURIA, to, FILE, NOON, RosterReference.to(roster), new FileReport.Progress(state, have, 3))
                .sign(network.keys(signer).of(KeyUse.SIGNING), network.profile);
    }

    private byte[] forged(byte[] report, String from, String to) {
        String json = new String(SignedData.parse(report).content(), StandardCharsets.UTF_8);
        return network.profile.sign(
                bytes(json.replace(from, to)), network.keys(BORDURIA).of(KeyUse.SIGNING));
    }
}
