package org.sharaka.node.crosscheck;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.agreement.LegalFindings;
import org.sharaka.node.agreement.OffenceCode;
import org.sharaka.node.agreement.PartyCode;
import org.sharaka.node.agreement.Passage;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Role;

/** Who can be asked and answered, and by which law (SAFEGUARDS S18). */
final class Partners {
    private final Rosters rosters;
    private final LegalBases laws;
    private final Clock clock;

    Partners(Rosters rosters, LegalBases laws, Clock clock) {
        this.rosters = rosters;
        this.laws = laws;
        this.clock = clock;
    }

    /** The members that can be asked today, without this node; none if it is not a member of a network. */
    List<Member> correspondents() {
        if (!rosters.joined()) return List.of();
        MemberId us = rosters.us();
        return rosters.current().members().stream()
                .filter(Partners::mayBeAsked)
                .filter(member -> !member.id().equals(us))
                .toList();
    }

    /**
     * Whether a member has reports of its own that could know a campaign: bureaux and partners. The roster lets an observer learn rosters and heads
     * of logs and no message at all; secretariat and commission decide about others' data and hold none that could be compared (SAFEGUARDS S5).
     */
    static boolean mayBeAsked(Member member) {
        return member.exchanges() && (member.role() == Role.BUREAU || member.role() == Role.PARTNER);
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#NO_RECIPIENT} */
    void requireAskable(MemberId recipient) {
        if (correspondents().stream().noneMatch(member -> member.id().equals(recipient)))
            throw CrossCheckProblem.NO_RECIPIENT.because("not a bureau or partner that is active");
    }

    /** All that the live roster lists, for their names. */
    List<Member> members() {
        return rosters.joined() ? rosters.current().members() : List.of();
    }

    /** Which agreements let it pass to a member now, and why the others do not (SAFEGUARDS S18). */
    LegalFindings findings(MemberId recipient, Purpose purpose, Optional<String> offence) {
        Member own = rosters.current().member(rosters.us()).orElseThrow();
        Member other = rosters.current()
                .member(recipient)
                .orElseThrow(() -> CrossCheckProblem.NO_RECIPIENT.because("not on the roster"));
        return laws.check(new Passage(
                PartyCode.of(own), PartyCode.of(other), offence.map(OffenceCode::new), purpose, clock.instant()));
    }

    /** An officer is told at once, not when a colleague has read it. */
    void requireLaw(Received received, String basis) {
        var unused = laws.require(
                new AgreementCode(basis),
                new Passage(
                        PartyCode.of(rosters.current().member(rosters.us()).orElseThrow()),
                        PartyCode.of(rosters.current()
                                .member(received.key().peer())
                                .orElseThrow(() -> CrossCheckProblem.NO_RECIPIENT.because("not on the roster"))),
                        received.offence().map(OffenceCode::new),
                        received.purpose(),
                        clock.instant()));
    }

    MemberId us() {
        return rosters.us();
    }
}
