package org.sharaka.node.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.node.intake.Reference;

class SpellingTest {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final Spelling spelling = new Spelling(TriageMessages.all());

    @ParameterizedTest
    @ValueSource(strings = {"ar", "fr", "en", "es"})
    void everySymbolHasAWordOfItsOwnInEveryLanguage(String language) {
        Set<String> words = new HashSet<>();
        for (Reference reference : references()) {
            spelling.of(reference, Locale.forLanguageTag(language))
                    .forEach(group -> group.spoken().forEach(spoken -> words.add(spoken.word())));
        }

        assertThat(words).hasSize(ALPHABET.length()).allMatch(word -> !word.isBlank());
    }

    @ParameterizedTest
    @CsvSource({"fr,K,Kléber", "en,K,Kilo", "es,Z,Zaragoza", "fr,7,sept", "en,7,seven", "es,7,siete", "ar,7,سبعة"})
    void symbolsAreSaidInTheCallersLanguage(String language, String symbol, String word) {
        assertThat(references().stream()
                        .flatMap(reference -> spelling.of(reference, Locale.forLanguageTag(language)).stream())
                        .flatMap(group -> group.spoken().stream())
                        .filter(spoken -> spoken.symbol().equals(symbol)))
                .isNotEmpty()
                .allMatch(spoken -> spoken.word().equals(word));
    }

    @Test
    void groupsFollowTheReference() {
        Reference reference = references().get(0);

        assertThat(String.join(
                        "-",
                        spelling.of(reference, Locale.ENGLISH).stream()
                                .map(Spelling.Group::symbols)
                                .toList()))
                .isEqualTo(reference.grouped());
    }

    /** Valid references that together hold every symbol. */
    private static List<Reference> references() {
        Set<Reference> found = new HashSet<>();
        for (int fill = 0; fill < ALPHABET.length(); fill++) {
            String prefix = ALPHABET.substring(fill, fill + 1).repeat(Reference.LENGTH - 1);
            for (int check = 0; check < ALPHABET.length(); check++)
                Reference.parse(prefix + ALPHABET.charAt(check)).ifPresent(found::add);
        }
        return found.stream()
                .sorted(java.util.Comparator.comparing(Reference::symbols))
                .toList();
    }
}
