package org.sharaka.exercise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what one reporter tells. */
final class Narrator {
    /** Private use area: a character here stands for an identifier until the typing is done. */
    private static final char FIRST_PLACE = '\uE000';

    private final Phrases phrases;
    private final Voice voice;
    private final Chance chance;
    private final Map<String, String> values;
    private final Spelling spelling;
    private final Typist typist;
    private final Manner manner;
    private final List<String> kept = new ArrayList<>();

    /** @param values what the whole report agrees on, such as the bank; the narrator draws the rest */
    Narrator(Phrases phrases, Voice voice, String country, Chance chance, Map<String, String> values) {
        this.phrases = phrases;
        this.voice = voice;
        this.chance = chance;
        this.values = new HashMap<>(values);
        this.values.putIfAbsent("bank", chance.one(World.BANKS));
        this.values.putIfAbsent("brand", chance.one(World.BRANDS));
        this.spelling = new Spelling(chance, voice, country);
        this.typist = new Typist(chance, voice);
        this.manner = new Manner(phrases, chance);
    }

    /** A story in the reporter's own words that names the clues. */
    String story(Crime crime, List<Clue> clues, Extras extras) {
        List<String> parts = new ArrayList<>();
        boolean terse = chance.odds(0.12);
        if (!terse && chance.odds(0.55)) parts.add(say("greeting"));
        parts.add(tell(crime.section("open")));
        List<String> middle = new ArrayList<>();
        if (!terse && chance.odds(0.65)) middle.add(tell(crime.section("more")));
        for (Clue clue : clues) middle.add(carry(clue));
        if (extras.loss() && chance.odds(0.6)) middle.add(tell("loss"));
        if (!terse && chance.odds(0.5)) middle.add(tell("aside"));
        if (extras.hub()) middle.add(hub());
        parts.addAll(chance.shuffled(middle));
        extras.own().ifPresent(own -> parts.add(carry(own)));
        if (!terse && chance.odds(0.45)) parts.add(say("closing"));
        if (extras.boilerplate()) parts.add(say("boilerplate"));
        return restore(join(parts));
    }

    /** The message as received, with at most a sentence before and after it. */
    String paste(String template, Clue clue, Crime crime) {
        String place = keep(spelling.of(clue));
        Map<String, String> inside = new HashMap<>(values);
        inside.put("id", place);
        String message = edited(phrases.expand(template, chance, inside));
        List<String> parts = new ArrayList<>();
        if (chance.odds(0.35)) parts.add(chance.odds(0.6) ? say(crime.section("open")) : say("greeting"));
        parts.add(chance.odds(0.4) ? "«" + message + "»" : message);
        if (chance.odds(0.3)) parts.add(chance.odds(0.5) ? say("closing") : say("aside"));
        return restore(String.join(chance.one("\n", "\n\n", " "), parts));
    }

    /** What the report has besides its clues. */
    record Extras(boolean loss, boolean hub, boolean boilerplate, Optional<Clue> own) {}

    /** A sentence of the story, in the reporter's own manner. */
    private String tell(String section) {
        return typist.type(manner.of(phrases.say(section, chance, values), values));
    }

    private String say(String section) {
        return typist.type(phrases.say(section, chance, values));
    }

    private String carry(Clue clue) {
        Map<String, String> inside = new HashMap<>(values);
        inside.put("id", keep(spelling.of(clue)));
        String sentence = phrases.say(clue.kind().section, chance, inside);
        return typist.type(chance.odds(0.4) ? manner.of(sentence, values) : sentence);
    }

    private String hub() {
        return typist.type(phrases.say("hub", chance, values));
    }

    /** Senders vary their text a little, and people drop words and marks when they copy it. */
    private String edited(String message) {
        StringBuilder out = new StringBuilder();
        boolean copied = chance.odds(0.5);
        for (String word : message.split(" ")) {
            boolean plain = word.chars().allMatch(Character::isLetter) && word.length() > 3;
            if (!copied && plain && chance.odds(0.03)) continue;
            if (out.length() > 0) out.append(' ');
            out.append(!copied && plain && chance.odds(0.04) ? word.substring(0, word.length() - 1) : word);
        }
        return out.toString();
    }

    private String keep(String identifier) {
        kept.add(identifier);
        return String.valueOf((char) (FIRST_PLACE + kept.size() - 1));
    }

    private String restore(String text) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= FIRST_PLACE && c < FIRST_PLACE + kept.size()) out.append(kept.get(c - FIRST_PLACE));
            else out.append(c);
        }
        return out.toString();
    }

    private String join(List<String> parts) {
        String pause = chance.one(" ", " ", " ", "\n", "\n\n");
        String stop = chance.one(".", ".", "", "", voice.isArabic() ? "،" : ",", "...");
        StringBuilder out = new StringBuilder();
        for (String part : parts) {
            if (out.length() > 0) out.append(pause);
            out.append(part);
            boolean ended = part.isEmpty() || !isLetterOrDigit(part.charAt(part.length() - 1));
            // A comma glued to a link would be read as part of it by some clients; people leave a space there.
            if (!ended) out.append(stop);
        }
        return out.toString();
    }

    private static boolean isLetterOrDigit(char c) {
        return Character.isLetterOrDigit(c);
    }
}
