package org.sharaka.exercise;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Hands out invented identifiers, each once in a scenario: unrelated reports share nothing by accident. */
final class Mint {
    private final Set<String> given = new HashSet<>();

    String phone(String country, Chance chance) {
        return fresh(() -> Invented.phone(country, chance), () -> Invented.phone("FR", chance));
    }

    /** An account as the country writes it: IBAN, or RIB in Morocco. */
    Clue account(String country, Chance chance) {
        return country.equals("MA")
                ? new Clue(Clue.Kind.RIB, fresh(() -> Invented.rib(chance)))
                : new Clue(Clue.Kind.IBAN, fresh(() -> Invented.iban(ibanCountry(country, chance), chance)));
    }

    Clue wallet(Chance chance) {
        return switch (chance.below(3)) {
            case 0 -> new Clue(Clue.Kind.BTC, fresh(() -> Invented.btc(chance)));
            case 1 -> new Clue(Clue.Kind.ETH, fresh(() -> Invented.eth(chance)));
            default -> new Clue(Clue.Kind.TRX, fresh(() -> Invented.trx(chance)));
        };
    }

    Clue btc(Chance chance) {
        return new Clue(Clue.Kind.BTC, fresh(() -> Invented.btc(chance)));
    }

    String handle(Chance chance) {
        return fresh(() -> Invented.handle(chance));
    }

    String domain(String brand, Chance chance) {
        return fresh(() -> Invented.domain(brand, chance));
    }

    Clue email(String brand, Chance chance) {
        return new Clue(Clue.Kind.EMAIL, fresh(() -> Invented.email(chance, Invented.domain(brand, chance))));
    }

    /** A reference that nobody else has: the tail of a short link, a parcel number. */
    String tail(Chance chance, int length) {
        return fresh(() -> chance.letters("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", length));
    }

    private String fresh(Supplier<String> draw) {
        return fresh(draw, draw);
    }

    private String fresh(Supplier<String> draw, Supplier<String> afterwards) {
        for (int i = 0; i < 10_000; i++) {
            String drawn = (i < 50 ? draw : afterwards).get();
            if (given.add(drawn)) return drawn;
        }
        throw new IllegalStateException("the ranges are used up: ask for fewer reports");
    }

    private static String ibanCountry(String country, Chance chance) {
        return switch (country) {
            case "FR", "ES", "BE", "TN" -> country;
            default -> chance.one("FR", "ES", "DE", "BE");
        };
    }
}
