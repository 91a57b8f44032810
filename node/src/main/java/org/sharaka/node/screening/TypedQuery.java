package org.sharaka.node.screening;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Region;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.Schema;

/**
 * What somebody typed into the one field: a name in any script, a date of birth, a number of anything, in any order. A word of digits, or of
 * capitals with digits, is taken for a number; all the rest is the name.
 */
public final class TypedQuery {
    /** Characters that are looked at. */
    public static final int LENGTH_MAX = 500;

    private static final Pattern DATE =
            Pattern.compile("(?<!\\d)(?:\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{4}|\\d{4}[/.-]\\d{1,2}[/.-]\\d{1,2})(?!\\d)");
    /** A year alone is part of a company's name, or when a person was born. */
    private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d\\d");

    private static final int NUMBER_DIGITS_MIN = 4;
    private static final int NUMBERS_MAX = 5;
    private static final int WORDS_MAX = 40;

    /** An IBAN has at most 34 characters, a wallet's address not many more; a Monero address is one word. */
    private static final int GROUPED_LENGTH_MAX = 64;

    /** As what a number is looked up: who asks need not know what it is. */
    private static final List<ExactKey.Kind> KINDS = List.of(
            ExactKey.Kind.DOCUMENT,
            ExactKey.Kind.COMPANY_NUMBER,
            ExactKey.Kind.VEHICLE,
            ExactKey.Kind.MMSI,
            ExactKey.Kind.TAIL,
            ExactKey.Kind.OTHER);

    private static final List<IdentifierKind> CHECKED = List.of(
            IdentifierKind.IBAN,
            IdentifierKind.RIB_MA,
            IdentifierKind.EMAIL,
            IdentifierKind.PHONE,
            IdentifierKind.VIN,
            IdentifierKind.BTC,
            IdentifierKind.ETH,
            IdentifierKind.TRX,
            IdentifierKind.LTC,
            IdentifierKind.XMR);

    private final String name;
    private final String nameWithYear;
    private final List<PartialDate> births;
    private final Set<ExactKey> keys;

    private TypedQuery(String name, String nameWithYear, List<PartialDate> births, Set<ExactKey> keys) {
        this.name = name;
        this.nameWithYear = nameWithYear;
        this.births = List.copyOf(births);
        this.keys = Set.copyOf(keys);
    }

    /** @param home country whose way of writing telephone numbers is tried */
    public static TypedQuery read(String typed, Region home) {
        String text = plain(typed);
        List<PartialDate> births = new ArrayList<>();
        Matcher date = DATE.matcher(text);
        Optional<PartialDate> birth = date.find() ? birth(date.group()) : Optional.empty();
        String rest = text;
        if (birth.isPresent()) {
            births.add(birth.get());
            rest = (text.substring(0, date.start()) + " " + text.substring(date.end())).strip();
        }
        Set<ExactKey> keys = new LinkedHashSet<>();
        List<String> words = new ArrayList<>();
        List<String> withYear = new ArrayList<>();
        String[] parts = rest.split(" ", WORDS_MAX + 1);
        int numbers = 0;
        for (int i = 0; i < Math.min(parts.length, WORDS_MAX); i++) {
            String word = parts[i];
            if (YEAR.matcher(word).matches() && parts.length > 1) {
                withYear.add(word);
                if (births.isEmpty()) births.add(PartialDate.year(Integer.parseInt(word)));
            } else if (digits(word) >= NUMBER_DIGITS_MIN || word.indexOf('@') > 0) {
                if (++numbers <= NUMBERS_MAX) keys.addAll(keysOf(word, home));
            } else {
                words.add(word);
                withYear.add(word);
            }
        }
        // A number that is written in groups.
        String joined = rest.replace(" ", "");
        if (digits(rest) >= NUMBER_DIGITS_MIN && joined.length() <= GROUPED_LENGTH_MAX) {
            boolean numberOnly = letters(rest) <= NUMBER_DIGITS_MIN;
            if (numberOnly) keys.addAll(keysOf(joined, home));
            else parse(joined, home, keys);
        }
        return new TypedQuery(
                String.join(" ", words).strip(), String.join(" ", withYear).strip(), births, keys);
    }

    /** Digits of any script as those that dates and numbers are read by; marks of direction and control characters away. */
    private static String plain(String typed) {
        StringBuilder text = new StringBuilder();
        typed.codePoints().limit(LENGTH_MAX).forEach(c -> {
            if (Character.isDigit(c)) text.append((char) ('0' + Character.digit(c, 10)));
            else if (Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c))
                text.append(' ');
            else if (Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.SURROGATE)
                text.appendCodePoint(c);
        });
        return text.toString().replaceAll(" +", " ").strip();
    }

    private static Optional<PartialDate> birth(String date) {
        String[] parts = date.split("[/.-]", -1);
        boolean yearFirst = parts[0].length() == 4;
        return PartialDate.parse(yearFirst ? String.join("-", parts) : String.join("/", parts));
    }

    private static Set<ExactKey> keysOf(String number, Region home) {
        Set<ExactKey> keys = new LinkedHashSet<>();
        for (ExactKey.Kind kind : KINDS) ExactKey.number(kind, number, "").ifPresent(keys::add);
        ExactKey.imo(number).ifPresent(keys::add);
        parse(number, home, keys);
        return keys;
    }

    private static void parse(String number, Region home, Set<ExactKey> keys) {
        for (IdentifierKind kind : CHECKED) ExactKey.parse(kind, number, home).ifPresent(keys::add);
    }

    private static int digits(String text) {
        return (int) text.chars().filter(c -> c >= '0' && c <= '9').count();
    }

    private static int letters(String text) {
        return (int) text.codePoints().filter(Character::isLetter).count();
    }

    /** What it may be: a person, an organisation, or a thing that moves. */
    public ScreeningService.Query query() {
        List<Particulars> readings = new ArrayList<>();
        for (Schema schema : List.of(Schema.PERSON, Schema.ORGANIZATION, Schema.VEHICLE)) readings.add(as(schema));
        return new ScreeningService.Query(readings);
    }

    /** A date is when a person was born; organisations and things are asked without it. */
    public Particulars as(Schema schema) {
        boolean person = schema == Schema.PERSON || schema == Schema.LEGAL_ENTITY;
        String asked = person ? name : nameWithYear;
        boolean named = asked.codePoints().anyMatch(Character::isLetter);
        return new Particulars(schema, named ? List.of(asked) : List.of(), person ? births : List.of(), Set.of(), keys);
    }

    /** Nothing that could be looked up. */
    public boolean isEmpty() {
        return name.codePoints().noneMatch(Character::isLetter) && keys.isEmpty();
    }

    public String name() {
        return name;
    }

    public List<PartialDate> births() {
        return births;
    }

    /** Numbers as what they may be. */
    public Set<ExactKey> keys() {
        return keys;
    }

    /** Numbers as they are compared, each once. */
    public Set<String> numbers() {
        Set<String> numbers = new LinkedHashSet<>();
        for (ExactKey key : keys) numbers.add(key.value());
        return numbers;
    }
}
