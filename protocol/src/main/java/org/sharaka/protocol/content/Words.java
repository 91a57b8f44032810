package org.sharaka.protocol.content;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/**
 * What an officer wrote.
 *
 * @param language ISO 639: two or three small letters
 * @param quotes whose words the text repeats
 */
public record Words(String language, String text, Set<Quoted> quotes) {
    public static final int TEXT_LENGTH_MAX = 20_000;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    public Words {
        if (!LANGUAGE.matcher(language).matches()) throw Refusal.FIELD_WRONG.because("words.language: ISO 639");
        if (text.isBlank() || text.length() > TEXT_LENGTH_MAX)
            throw Refusal.FIELD_WRONG.because("words.text: 1 to " + TEXT_LENGTH_MAX + " characters");
        quotes = copy(quotes);
    }

    /** Words that repeat nobody's. */
    public static Words of(String language, String text) {
        return new Words(language, text, Set.of());
    }

    /** The same words, also repeating those of others. */
    public Words quoting(Set<Quoted> more) {
        EnumSet<Quoted> all = EnumSet.noneOf(Quoted.class);
        all.addAll(quotes);
        all.addAll(more);
        return new Words(language, text, all);
    }

    private static Set<Quoted> copy(Collection<Quoted> quotes) {
        EnumSet<Quoted> copied = EnumSet.noneOf(Quoted.class);
        copied.addAll(quotes);
        return java.util.Collections.unmodifiableSet(copied);
    }

    static Words parse(Fields fields) {
        List<Quoted> quotes = fields.texts("quotes", Quoted.values().length, 8).stream()
                .map(Words::quoted)
                .toList();
        Words words = new Words(
                fields.text("language", 3),
                fields.text("text", TEXT_LENGTH_MAX),
                Set.copyOf(fields.ordered("quotes", quotes)));
        fields.end();
        return words;
    }

    private static Quoted quoted(String text) {
        for (Quoted each : Quoted.values()) if (Fields.nameOf(each).equals(text)) return each;
        throw Refusal.FIELD_WRONG.because("words.quotes: victim, witness or reporter");
    }

    JsonObject toJson() {
        return JsonBuilder.object()
                .with("language", language)
                .with("text", text)
                .withAll("quotes", quotes, each -> JsonValue.of(Fields.nameOf(each)))
                .build();
    }
}
