package org.sharaka.node.triage;

import com.ibm.icu.text.RuleBasedNumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sharaka.node.intake.Reference;
import org.springframework.context.MessageSource;

/**
 * A reference or an access code as it is read aloud on the telephone: each symbol with a word of the caller's language. A language's own
 * spelling alphabet where it has one; Arabic names cities by the first letter of their Latin name, because the reference
 * is written in Latin letters.
 */
final class Spelling {
    /** Symbols of one group with their words. */
    record Group(String symbols, List<Spoken> spoken) {
        Group {
            spoken = List.copyOf(spoken);
        }
    }

    /** A symbol and the word that says it. */
    record Spoken(String symbol, String word) {}

    private final MessageSource messages;

    Spelling(MessageSource messages) {
        this.messages = messages;
    }

    List<Group> of(Reference reference, Locale language) {
        return of(reference.grouped(), language);
    }

    /** @param grouped symbols in groups, with hyphens between them */
    List<Group> of(String grouped, Locale language) {
        var digits = new RuleBasedNumberFormat(language, RuleBasedNumberFormat.SPELLOUT);
        List<Group> groups = new ArrayList<>();
        for (String symbols : grouped.split("-")) {
            groups.add(new Group(
                    symbols,
                    symbols.chars()
                            .mapToObj(symbol ->
                                    new Spoken(String.valueOf((char) symbol), word((char) symbol, digits, language)))
                            .toList()));
        }
        return groups;
    }

    private String word(char symbol, RuleBasedNumberFormat digits, Locale language) {
        if (symbol >= '0' && symbol <= '9') return digits.format(symbol - '0');
        return messages.getMessage("triage.spelling." + symbol, null, language);
    }
}
