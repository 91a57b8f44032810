package org.sharaka.node.assembly;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.SignedRoster;

/** Shows a roster to people: who, until when, who signed, and the hash as one reads it aloud. */
final class RosterPrinter {
    private RosterPrinter() {}

    static void print(CommandContext context, SignedRoster signed, Instant now) {
        Roster roster = signed.roster();
        RosterCommand.say(context, "assembly.roster.version", roster.version());
        RosterCommand.say(context, "assembly.roster.hash", grouped(roster.hash().toString()));
        RosterCommand.say(
                context,
                "assembly.roster.life",
                Time.format(roster.issued()),
                Time.format(roster.expires()),
                roster.graceDays());
        RosterCommand.say(
                context,
                "assembly.roster.threshold",
                roster.threshold(),
                roster.voters().size());
        String language = context.messages().locale().getLanguage();
        for (Member member : roster.members())
            context.out()
                    .println("  " + member.id() + "\t" + member.country().orElse("–") + "\t"
                            + context.messages().text("assembly.role." + member.role()) + "\t"
                            + context.messages().text("assembly.status." + member.status()) + "\t"
                            + Optional.ofNullable(member.names().get(language)).orElse(""));
        RosterCommand.say(
                context, "assembly.roster.signatures", signed.signatures().size());
        for (SignedRoster.Signature signature : signed.signatures())
            context.out().println("  " + signature.member() + (fits(signed, signature, roster) ? "" : " ?"));
        printState(context, roster, now);
    }

    /** By this roster's own list; a key that is going out of use is listed in the one before. */
    private static boolean fits(SignedRoster signed, SignedRoster.Signature signature, Roster roster) {
        return signed.signersFrom(roster).contains(signature.member())
                && roster.member(signature.member())
                        .filter(member ->
                                member.lists(KeyUse.ROSTER, signature.signed().certificate()))
                        .isPresent();
    }

    /** @return whether exchange may go on under it */
    static boolean printState(CommandContext context, Roster roster, Instant now) {
        Roster.Validity validity = roster.validityAt(now);
        RosterCommand.say(context, "assembly.roster.validity." + validity);
        for (Roster.Expiring expiring : roster.expiringWithin(Rosters.RENEWAL, now))
            RosterCommand.say(
                    context,
                    "assembly.roster.expiring",
                    expiring.member(),
                    context.messages().text("assembly.use." + expiring.use()),
                    Time.format(expiring.notAfter()));
        return validity != Roster.Validity.OVER;
    }

    private static String grouped(String hash) {
        return hash.replaceAll("(.{8})(?=.)", "$1 ");
    }
}
