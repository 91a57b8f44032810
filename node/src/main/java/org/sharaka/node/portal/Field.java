package org.sharaka.node.portal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One question of the form. The message {@code portal.field.NAME} asks it, {@code portal.field.NAME.hint} helps where there
 * is one, and {@code portal.field.NAME.OPTION} names an answer. The names travel in sealed arrivals: never rename one.
 */
enum Field {
    DANGER(Kind.CHOICE, "yes", "no"),
    MONEY_LEFT(Kind.CHOICE, "hours", "today", "days", "earlier", "no"),
    CHILD(Kind.CHOICE, "yes", "no"),
    UNDER_18(Kind.CHOICE, "yes", "no"),
    PHONE_SHARED(Kind.CHOICE, "no", "yes"),

    CATEGORY(Kind.CATEGORY),
    ROLE(Kind.CHOICE, "victim", "witness", "behalf", "organisation"),

    AMOUNT(Kind.AMOUNT, 40),
    CURRENCY(Kind.CURRENCY),
    MONEY_DATE(Kind.DATE, 40),
    MONEY_TIME(Kind.TIME, 20),
    BANK(Kind.LINE, 200),
    ACCOUNT_DEBITED(Kind.CODE, 200),
    CARD(Kind.CODE, 60),
    TRANSACTION_ID(Kind.CODE, 200),
    RECIPIENT_NAME(Kind.LINE, 300),
    RECIPIENT_ACCOUNT(Kind.CODE, 400),

    STORY(Kind.TEXT, 60_000),
    CONTENT_LINKS(Kind.LINES, 20_000),
    CONTENT_PLACE(Kind.LINE, 200),
    DATE(Kind.DATE, 40),
    COUNTRY(Kind.COUNTRY),
    PLACE(Kind.LINE, 200),
    CONTACTED_BY(Kind.SELECT, "phone", "sms", "messenger", "social", "email", "website", "dating", "person", "other"),

    SUSPECT_NAME(Kind.LINE, 300),
    SUSPECT_PHONES(Kind.LINES, 4_000),
    SUSPECT_EMAILS(Kind.LINES, 4_000),
    SUSPECT_LINKS(Kind.LINES, 20_000),
    SUSPECT_HANDLES(Kind.LINES, 4_000),
    SUSPECT_CLAIMED(Kind.LINE, 300),

    ORGANISATION(Kind.LINE, 200),
    SECTOR(
            Kind.SELECT,
            "health",
            "energy",
            "water",
            "transport",
            "finance",
            "telecom",
            "state",
            "education",
            "company",
            "other"),
    SYSTEMS(Kind.LINE, 1_000),
    SERVICES(Kind.LINE, 1_000),
    RANSOM(Kind.CHOICE, "yes", "no"),
    DATA_TAKEN(Kind.CHOICE, "yes", "no", "unknown"),
    ONGOING(Kind.CHOICE, "yes", "no", "unknown"),
    AFFECTED(Kind.LINE, 300),
    TRACES(Kind.LINES, 20_000),

    IDENTITY(Kind.CHOICE, "anonymous", "named"),
    NAME(Kind.LINE, 200),
    EMAIL(Kind.EMAIL, 320),
    PHONE(Kind.PHONE, 40),
    NEWS(Kind.TICK),
    FEMALE_OFFICER(Kind.TICK),

    TRUTH(Kind.TICK);

    /** How a question is asked. */
    enum Kind {
        CHOICE,
        CATEGORY,
        SELECT,
        COUNTRY,
        CURRENCY,
        TICK,
        LINE,
        /** A line that is read from left to right in every language. */
        CODE,
        AMOUNT,
        EMAIL,
        PHONE,
        DATE,
        TIME,
        TEXT,
        /** One thing a line. */
        LINES
    }

    private final Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> options;

    private final int lengthMax;

    Field(Kind kind, String... options) {
        this(kind, 40, List.of(options));
    }

    Field(Kind kind, int lengthMax) {
        this(kind, lengthMax, List.of());
    }

    Field(Kind kind, int lengthMax, List<String> options) {
        this.kind = kind;
        this.lengthMax = lengthMax;
        this.options = options;
    }

    /** In forms, messages and sealed arrivals, for instance {@code money-left}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Kind kind() {
        return kind;
    }

    List<String> options() {
        return options;
    }

    /** In UTF-16 units. */
    int lengthMax() {
        return lengthMax;
    }

    boolean multiline() {
        return kind == Kind.TEXT || kind == Kind.LINES;
    }

    static Field[] all() {
        return Arrays.copyOf(values(), values().length);
    }
}
