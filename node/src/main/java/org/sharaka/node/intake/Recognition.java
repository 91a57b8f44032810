package org.sharaka.node.intake;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sharaka.identifiers.CardHash;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Identifiers;
import org.sharaka.identifiers.Mention;
import org.sharaka.identifiers.Parsed;
import org.sharaka.identifiers.Region;

/** Reads identifiers the way people of a report's country write them. */
final class Recognition {
    private final Extractor extractor;
    private final CardHash cardHash;
    private final Region home;

    /** @param home the country whose habits apply where a report names none */
    Recognition(Extractor extractor, CardHash cardHash, Region home) {
        this.extractor = extractor;
        this.cardHash = cardHash;
        this.home = home;
    }

    List<Mention> find(String text, Optional<String> country) {
        return text.isBlank() ? List.of() : extractor.extract(text, region(country));
    }

    Parsed read(GivenIdentifier given, Optional<String> country) {
        return Identifiers.parse(given.kind(), given.value(), region(country), cardHash);
    }

    /** The text with every card number made unreadable. */
    String redacted(String text) {
        return extractor.redactCards(text);
    }

    /** What may be kept of a value that is no identifier of its kind: of what was meant to be a card, ten digits. */
    String keepable(GivenIdentifier given) {
        return given.kind() == IdentifierKind.CARD ? masked(given.value()) : redacted(given.value());
    }

    /** All digits but the first six and the last four become stars. */
    private static String masked(String card) {
        long digits = card.chars().filter(Character::isDigit).count();
        var masked = new StringBuilder(card.length());
        int seen = 0;
        for (int i = 0; i < card.length(); i++) {
            char unit = card.charAt(i);
            if (!Character.isDigit(unit)) {
                masked.append(unit);
                continue;
            }
            seen++;
            masked.append(seen <= 6 || seen > digits - 4 ? unit : '*');
        }
        return digits > 10 ? masked.toString() : "*".repeat(Math.min(card.length(), 10));
    }

    static String word(Parsed.Invalid invalid) {
        return invalid.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Region region(Optional<String> country) {
        return country.map(Region::of).orElse(home);
    }
}
