package org.sharaka.node.bureau;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.agreement.LegalBasis;
import org.sharaka.node.agreement.LegalFindings;
import org.sharaka.node.agreement.OffenceCode;
import org.sharaka.node.agreement.PartyCode;
import org.sharaka.node.agreement.Passage;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.roster.Member;

/** The members to whom officers write, and the law that lets them. */
final class Correspondents {
    private final Rosters rosters;
    private final LegalBases laws;
    private final Clock clock;

    Correspondents(Rosters rosters, LegalBases laws, Clock clock) {
        this.rosters = rosters;
        this.laws = laws;
        this.clock = clock;
    }

    /** The members to whom this node can write today, without itself; none if it is not a member of a network. */
    List<Member> correspondents() {
        if (!rosters.joined()) return List.of();
        MemberId us = rosters.us();
        return rosters.current().members().stream()
                .filter(Member::exchanges)
                .filter(member -> !member.id().equals(us))
                .toList();
    }

    /** All that the live roster lists, for their names. */
    List<Member> members() {
        return rosters.joined() ? rosters.current().members() : List.of();
    }

    /** Names of members as the live roster has them, by id. */
    Map<String, String> names(Locale locale) {
        Map<String, String> names = new LinkedHashMap<>();
        members()
                .forEach(member -> names.put(
                        member.id().value(),
                        member.names()
                                .getOrDefault(locale.getLanguage(), member.id().value())));
        return names;
    }

    /** A member as the live roster has it, whether or not it takes part today. */
    Optional<Member> member(MemberId id) {
        return rosters.joined() ? rosters.current().member(id) : Optional.empty();
    }

    /** Which agreements let data of our own pass to a member now, and why the others do not (SAFEGUARDS S18). */
    LegalFindings findings(Member recipient, Purpose purpose, Optional<String> offence) {
        return laws.check(passage(recipient, purpose, offence));
    }

    /** Whether words of ours about what a member sent may go back to it now: under the law by which that came (SAFEGUARDS S18). */
    boolean mayTell(MemberId sender, Handling of) {
        return member(sender).filter(Member::exchanges).stream()
                .flatMap(member -> Purpose.ofCode(of.purpose()).stream()
                        .flatMap(purpose -> findings(member, purpose, of.offence()).valid().stream()))
                .anyMatch(basis -> basis.code().value().equals(of.legalBasis()));
    }

    private Passage passage(Member recipient, Purpose purpose, Optional<String> offence) {
        Member own = rosters.current().member(rosters.us()).orElseThrow();
        return new Passage(
                PartyCode.of(own), PartyCode.of(recipient), offence.map(OffenceCode::new), purpose, clock.instant());
    }

    /**
     * An officer is told at once, not when a colleague has read it.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NO_RECIPIENT}; what the agreements refuse
     */
    void requirePassage(Conversation conversation, String legalBasis) {
        Member recipient = member(conversation.key().peer())
                .orElseThrow(() -> BureauProblem.NO_RECIPIENT.because("not on the roster"));
        LegalBasis unused = laws.require(
                new AgreementCode(legalBasis), passage(recipient, conversation.purpose(), conversation.offence()));
    }

    /**
     * The agreement under which a conversation's matter may be written about now: the preferred one if it still lets it pass.
     *
     * @throws org.sharaka.node.platform.ProblemException as {@link #requirePassage}
     */
    String law(Conversation conversation, String preferred) {
        List<String> valid = member(conversation.key().peer()).filter(Member::exchanges).stream()
                .flatMap(member -> findings(member, conversation.purpose(), conversation.offence()).valid().stream())
                .map(basis -> basis.code().value())
                .sorted()
                .toList();
        if (valid.isEmpty()) requirePassage(conversation, preferred);
        return valid.isEmpty() || valid.contains(preferred) ? preferred : valid.get(0);
    }
}
