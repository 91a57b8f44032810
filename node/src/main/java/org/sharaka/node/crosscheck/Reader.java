package org.sharaka.node.crosscheck;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.intake.Category;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.VisibleText;
import org.sharaka.protocol.content.Figures;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.roster.Member;

/** Names of members, laws and crimes in a reader's language. */
final class Reader {
    private final Partners partners;
    private final LegalBases laws;

    Reader(Partners partners, LegalBases laws) {
        this.partners = partners;
        this.laws = laws;
    }

    /** Text of others as templates show it. */
    static final class Text {
        public String visible(String text) {
            return VisibleText.of(text);
        }

        /** The message key of a kind of crime that another member named; empty for one that this node does not know. */
        public Optional<String> category(String code) {
            for (Category each : Category.values())
                if (Fields.nameOf(each).equals(code)) return Optional.of("intake.category." + each);
            return Optional.empty();
        }

        /** The message key of a count. */
        public String count(Figures.Count count) {
            return count.exact() ? "crosscheck.count.exactly" : "crosscheck.count.below";
        }
    }

    /** An offence with its name. */
    record Named(String code, String name) {}

    static String name(Member member, Locale locale) {
        return Optional.ofNullable(member.names().get(locale.getLanguage()))
                .orElseGet(() -> member.id().value());
    }

    /** Names of members as the live roster has them, by id. */
    Map<String, String> names(Locale locale) {
        Map<String, String> names = new LinkedHashMap<>();
        partners.members().forEach(member -> names.put(member.id().value(), name(member, locale)));
        return names;
    }

    List<Named> offences(Locale locale) {
        return laws.offences().stream()
                .map(each -> new Named(each.code().value(), each.names().in(locale)))
                .toList();
    }

    String offence(String code, Locale locale) {
        return offences(locale).stream()
                .filter(each -> each.code().equals(code))
                .map(Named::name)
                .findFirst()
                .orElse(code);
    }

    /** What a peer wrote as a code may be none. */
    String agreement(String code, Locale locale) {
        try {
            return laws.find(new AgreementCode(code))
                    .map(each -> each.names().in(locale))
                    .orElse(code);
        } catch (ProblemException | IllegalArgumentException e) {
            return code;
        }
    }
}
