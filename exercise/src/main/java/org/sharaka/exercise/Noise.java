package org.sharaka.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reports that have nothing to do with each other, whatever they share. */
final class Noise {
    private static final List<Crime> CRIMES = List.of(
            Crime.PARCEL,
            Crime.BANK,
            Crime.INVEST,
            Crime.SHOP,
            Crime.JOB,
            Crime.SEXTORTION,
            Crime.FAMILY,
            Crime.ROMANCE,
            Crime.RENTAL);

    /** Sites that millions use; what is told of them names nobody. */
    private static final List<String> POPULAR = List.of(
            "https://www.facebook.com",
            "https://www.youtube.com",
            "https://www.google.com",
            "https://web.whatsapp.com",
            "https://www.instagram.com",
            "https://www.booking.com",
            "https://www.amazon.com",
            "https://play.google.com/store");

    private static final List<String> LITERALS = List.of(
            "test",
            "Test",
            "hello",
            "bonjour",
            "salam",
            "السلام عليكم",
            "hola",
            "???",
            "ok",
            "aide",
            "help me please",
            "تجربة");

    private final Mint mint;
    /** Somebody who writes a second time about something else, leaving the same number of their own. */
    private Optional<Clue> returning = Optional.empty();

    Noise(Mint mint) {
        this.mint = mint;
    }

    /** @param literal the whole text, if it is not a story */
    record Draw(Voice voice, Crime crime, List<Clue> clues, Map<String, String> values, Optional<String> literal) {}

    Draw draw(Chance own) {
        Voice voice = own.one(Voice.values());
        double kind = own.share();
        Crime crime = own.one(CRIMES);
        if (kind < 0.03) return new Draw(voice, Crime.MISC, List.of(), Map.of(), Optional.of(own.one(LITERALS)));
        if (kind < 0.20) return told(voice, Crime.MISC, List.of());
        if (kind < 0.36) return told(voice, crime, List.of(shared(own)));
        if (kind < 0.44) return told(voice, crime, List.of(mistaken(own, Phrases.of(voice))));
        if (kind < 0.47) return told(voice, own.one(crime, Crime.MISC), List.of(returning(own)));
        if (kind < 0.55) return told(voice, crime, List.of());
        return told(voice, crime, unique(own));
    }

    private static Draw told(Voice voice, Crime crime, List<Clue> clues) {
        return new Draw(voice, crime, clues, Map.of(), Optional.empty());
    }

    /** One or two identifiers that no other report names. */
    private List<Clue> unique(Chance own) {
        List<Clue> clues = new ArrayList<>();
        int count = own.odds(0.6) ? 1 : 2;
        String country = own.one("MA", "MA", "FR", "ES", "BE", "TN");
        String slug = World.slug(own.one(World.BRANDS));
        while (clues.size() < count) {
            clues.add(
                    switch (own.below(8)) {
                        case 0 -> mint.account(country, own);
                        case 1, 2 -> new Clue(Clue.Kind.PHONE, mint.phone(country, own));
                        case 3 -> mint.wallet(own);
                        case 4 -> new Clue(Clue.Kind.TELEGRAM, mint.handle(own));
                        case 5 -> mint.email(slug, own);
                        case 6 -> new Clue(Clue.Kind.FACEBOOK, mint.handle(own).replace('_', '.'));
                        default -> Evidence.link(mint.domain(slug, own), commonPath(own), own);
                    });
        }
        return clues;
    }

    /** Paths that half of the web has. */
    private static String commonPath(Chance own) {
        return own.one(
                "/",
                "/",
                "/index.php",
                "/login",
                "/login.html",
                "/fr/",
                "/contact",
                "/wp-content/uploads/",
                "/index.html?id=" + own.digits(6));
    }

    private Clue shared(Chance own) {
        if (own.odds(0.45)) return Evidence.shortLink(mint, own);
        if (own.odds(0.5)) return new Clue(Clue.Kind.LINK, own.one(POPULAR));
        String host = World.slug(own.one(World.BRANDS)) + "-"
                + mint.tail(own, 6).toLowerCase(Locale.ROOT)
                + own.one(".netlify.app", ".web.app", ".weebly.com", ".blogspot.com", ".github.io", ".wixsite.com");
        return new Clue(Clue.Kind.LINK, "https://" + host + own.one("", "/", "/login", "/index.html"));
    }

    /** Not valid: a digit wrong, cut off, or a word that looks like something. */
    private Clue mistaken(Chance own, Phrases phrases) {
        return switch (own.below(5)) {
            case 0 -> new Clue(Clue.Kind.MISTAKEN_ACCOUNT, wrongDigit(Invented.iban("FR", own)));
            case 1 -> new Clue(Clue.Kind.MISTAKEN_ACCOUNT, wrongDigit(Invented.rib(own)));
            case 2 -> new Clue(Clue.Kind.MISTAKEN, "06" + own.digits(own.between(3, 5)));
            case 3 ->
                new Clue(Clue.Kind.MISTAKEN, own.one("xxxxxxxx", "0000000000", "?", "inconnu", "+212 6XX XX XX XX"));
            default -> new Clue(Clue.Kind.MISTAKEN, phrases.say("person", own, Map.of()));
        };
    }

    private static String wrongDigit(String value) {
        int last = value.length() - 1;
        char digit = value.charAt(last);
        return value.substring(0, last) + (char) (digit == '9' ? '0' : digit + 1);
    }

    private Clue returning(Chance own) {
        Optional<Clue> before = returning;
        if (before.isPresent()) {
            returning = Optional.empty();
            return before.get();
        }
        Clue clue = new Clue(Clue.Kind.OWN_PHONE, mint.phone("FR", own));
        returning = Optional.of(clue);
        return clue;
    }
}
