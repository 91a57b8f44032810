package org.sharaka.node.portal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Channel;
import org.sharaka.node.intake.Circumstances;
import org.sharaka.node.intake.Contact;
import org.sharaka.node.intake.GivenIdentifier;
import org.sharaka.node.intake.Money;
import org.sharaka.node.intake.MoneyKind;
import org.sharaka.node.intake.OccurredAt;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportDraft;
import org.sharaka.node.intake.ReportedMoney;
import org.sharaka.node.intake.ReporterRole;
import org.sharaka.node.intake.Submission;

/**
 * The answers given so far, as typed. The portal checks them before it seals them, and the node makes the report of them by
 * the same rules.
 *
 * @param language code of the language that the reporter uses
 * @param answers by {@link Field#key}; empty ones are left out
 */
record ReportForm(String language, Map<String, String> answers) {
    private static final Set<Category> OF_MONEY = EnumSet.of(
            Category.ONLINE_FRAUD,
            Category.INVESTMENT_FRAUD,
            Category.ROMANCE_FRAUD,
            Category.PHISHING,
            Category.CARD_FRAUD,
            Category.SEXTORTION,
            Category.RANSOMWARE,
            Category.FAKE_JOB);

    private static final Set<Category> OF_IMAGES = EnumSet.of(Category.SEXTORTION, Category.HARASSMENT);
    private static final int LINES_MAX = 500;

    /** Where a new day begins first: people report from every country. */
    private static final ZoneId EASTERNMOST = ZoneOffset.ofHours(14);

    ReportForm {
        var kept = new LinkedHashMap<String, String>();
        for (Field field : Field.all()) {
            String answer = answers.get(field.key());
            if (answer != null && !answer.isBlank()) kept.put(field.key(), answer);
        }
        answers = Map.copyOf(kept);
    }

    static ReportForm empty(String language) {
        return new ReportForm(language, Map.of());
    }

    String answer(Field field) {
        return answers.getOrDefault(field.key(), "");
    }

    boolean is(Field field, String option) {
        return option.equals(answers.get(field.key()));
    }

    ReportForm with(Map<String, String> more, List<Field> asked) {
        var all = new HashMap<>(answers);
        for (Field field : asked) {
            String answer = more.get(field.key());
            if (answer == null) all.remove(field.key());
            else all.put(field.key(), answer);
        }
        return new ReportForm(language, all);
    }

    ReportForm in(String otherLanguage) {
        return new ReportForm(otherLanguage, answers);
    }

    Optional<Category> category() {
        String answer = answer(Field.CATEGORY);
        for (Category each : Category.values()) if (each.name().equals(answer)) return Optional.of(each);
        return Optional.empty();
    }

    /** Of what may show the abuse of a child only addresses are asked: to describe or keep it may be a crime itself. */
    boolean addressesOnly() {
        return category().filter(Category.CHILD_EXPLOITATION::equals).isPresent();
    }

    boolean ofImages() {
        return category().filter(OF_IMAGES::contains).isPresent();
    }

    boolean moneyMayBeStopped() {
        return is(Field.MONEY_LEFT, "hours") || is(Field.MONEY_LEFT, "today") || is(Field.MONEY_LEFT, "days");
    }

    boolean speaksOfMoney() {
        return is(Field.MONEY_LEFT, "earlier")
                || category().filter(OF_MONEY::contains).isPresent();
    }

    boolean isOrganisation() {
        return is(Field.ROLE, "organisation");
    }

    boolean named() {
        return is(Field.IDENTITY, "named");
    }

    /** Something that differs exactly when the answers do. */
    String canonical() {
        return new TreeMap<>(answers).toString();
    }

    /**
     * What is wrong with the answers to some questions.
     *
     * @return message keys by question
     */
    Map<Field, String> problems(List<Field> asked, Instant now) {
        var problems = new LinkedHashMap<Field, String>();
        for (Field field : asked) problem(field, now).ifPresent(key -> problems.put(field, key));
        if (asked.contains(Field.NAME) && named() && contactIsEmpty()) problems.put(Field.NAME, "portal.error.contact");
        if (asked.contains(Field.STORY)
                && problems.isEmpty()
                && answer(Field.STORY).isBlank()
                && answer(Field.AMOUNT).isBlank()) problems.put(Field.STORY, "portal.error.story");
        return problems;
    }

    private boolean contactIsEmpty() {
        return answer(Field.NAME).isBlank()
                && answer(Field.EMAIL).isBlank()
                && answer(Field.PHONE).isBlank();
    }

    private Optional<String> problem(Field field, Instant now) {
        String answer = answer(field);
        if (field == Field.TRUTH && !is(field, "yes")) return Optional.of("portal.error.truth");
        if (answer.length() > field.lengthMax()) return Optional.of("portal.error.too-long");
        if (answer.isBlank())
            return switch (field) {
                case CATEGORY -> Optional.of("portal.error.category");
                case CONTENT_LINKS -> Optional.of("portal.error.links");
                default -> Optional.empty();
            };
        boolean wrong =
                switch (field.kind()) {
                    case CHOICE, SELECT -> !field.options().contains(answer);
                    case CATEGORY -> category().isEmpty();
                    case COUNTRY -> !Set.of(java.util.Locale.getISOCountries()).contains(answer);
                    case CURRENCY -> currency().isEmpty();
                    case AMOUNT -> AmountText.read(answer).isEmpty();
                    case DATE -> DateText.day(answer).isEmpty();
                    case TIME -> DateText.time(answer).isEmpty();
                    case EMAIL -> !answer.strip().matches("[^\\s@]+@[^\\s@]+");
                    case PHONE -> !answer.strip().matches("[\\p{Nd}+() ./-]*\\p{Nd}[\\p{Nd}+() ./-]*");
                    case LINES -> lines(field).size() > LINES_MAX;
                    case TICK, LINE, CODE, TEXT -> false;
                };
        if (wrong) return Optional.of("portal.error." + field.kind().name().toLowerCase(java.util.Locale.ROOT));
        boolean future = field.kind() == Field.Kind.DATE
                && DateText.day(answer)
                        .filter(day -> day.isAfter(LocalDate.ofInstant(now, EASTERNMOST)))
                        .isPresent();
        return future ? Optional.of("portal.error.future") : Optional.empty();
    }

    private Optional<Currency> currency() {
        String code = answer(Field.CURRENCY);
        return Currencies.CODES.contains(code) ? Optional.of(Currency.getInstance(code)) : Optional.empty();
    }

    private List<String> lines(Field field) {
        return answer(field)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /**
     * Refuses what intake would refuse, while it can still be mended.
     *
     * @throws org.sharaka.node.platform.ProblemException an {@link org.sharaka.node.intake.IntakeProblem}
     */
    void requireAcceptable(Instant now, ZoneId zone) {
        submission(Reference.of(new byte[16]), now, zone, false).draft().requireSaid();
    }

    /**
     * The report.
     *
     * @param at when it was handed in
     * @param zone of the reporter's dates
     * @throws org.sharaka.node.platform.ProblemException an {@link org.sharaka.node.intake.IntakeProblem} for what
     *     {@link #problems} does not know
     */
    Submission submission(Reference reference, Instant at, ZoneId zone, boolean setAside) {
        Optional<OccurredAt> sent = moneySent(at, zone);
        var draft = new ReportDraft(
                category().orElse(Category.OTHER),
                narrative(),
                Optional.of(language),
                occurredAt().or(() -> sent),
                Optional.of(answer(Field.COUNTRY)).filter(code -> !code.isEmpty()),
                Optional.of(answer(Field.PLACE)).filter(place -> !place.isEmpty()),
                money(sent),
                identifiers(),
                List.of(),
                contact(),
                role());
        var circumstances = new Circumstances(
                is(Field.DANGER, "yes"),
                is(Field.CHILD, "yes") || addressesOnly(),
                is(Field.UNDER_18, "yes"),
                moneySentAt(at, zone),
                is(Field.PHONE_SHARED, "yes"),
                is(Field.FEMALE_OFFICER, "yes"),
                is(Field.NEWS, "yes"),
                particulars());
        return new Submission(draft, circumstances, Channel.PORTAL, Optional.of(reference), setAside);
    }

    /** The story and what stands in lists of mixed things, where the node finds what it can. */
    private String narrative() {
        var parts = new ArrayList<String>();
        for (Field field : List.of(Field.STORY, Field.CONTENT_PLACE, Field.SUSPECT_HANDLES, Field.TRACES))
            if (!answer(field).isBlank()) parts.add(answer(field).strip());
        lines(Field.CONTENT_LINKS).stream().filter(line -> !isLink(line)).forEach(parts::add);
        return String.join("\n\n", parts);
    }

    private List<GivenIdentifier> identifiers() {
        var given = new ArrayList<GivenIdentifier>();
        lines(Field.SUSPECT_PHONES).forEach(line -> add(given, IdentifierKind.PHONE, line));
        lines(Field.SUSPECT_EMAILS).forEach(line -> add(given, IdentifierKind.EMAIL, line));
        lines(Field.SUSPECT_LINKS).forEach(line -> add(given, IdentifierKind.URL, line));
        lines(Field.CONTENT_LINKS).stream()
                .filter(ReportForm::isLink)
                .forEach(line -> add(given, IdentifierKind.URL, line));
        String transaction = answer(Field.TRANSACTION_ID);
        if (!transaction.isBlank()) add(given, IdentifierKind.TRANSACTION, transaction);
        if (AmountText.read(answer(Field.AMOUNT)).isEmpty()) recipient().ifPresent(given::add);
        return given;
    }

    private static boolean isLink(String line) {
        return line.indexOf('.') > 0 && line.indexOf(' ') < 0;
    }

    private static void add(List<GivenIdentifier> given, IdentifierKind kind, String value) {
        if (value.length() <= GivenIdentifier.LENGTH_MAX) given.add(new GivenIdentifier(kind, value));
    }

    private Optional<GivenIdentifier> recipient() {
        return AccountText.kindOf(answer(Field.RECIPIENT_ACCOUNT))
                .map(kind -> new GivenIdentifier(kind, answer(Field.RECIPIENT_ACCOUNT)));
    }

    private Optional<GivenIdentifier> source() {
        if (!answer(Field.CARD).isBlank())
            return Optional.of(new GivenIdentifier(IdentifierKind.CARD, answer(Field.CARD)));
        return AccountText.kindOf(answer(Field.ACCOUNT_DEBITED))
                .map(kind -> new GivenIdentifier(kind, answer(Field.ACCOUNT_DEBITED)));
    }

    private List<ReportedMoney> money(Optional<OccurredAt> sent) {
        Optional<BigDecimal> amount = AmountText.read(answer(Field.AMOUNT));
        if (amount.isEmpty()) return List.of();
        Currency currency = currency().orElse(Currencies.USUAL);
        MoneyKind kind = moneyMayBeStopped()
                ? MoneyKind.AT_RISK
                : is(Field.MONEY_LEFT, "no") ? MoneyKind.DEMANDED : MoneyKind.LOST;
        return List.of(new ReportedMoney(new Money(amount.get(), currency), kind, sent, source(), recipient()));
    }

    /** As exactly as it was told, and not at all if it was not. */
    private Optional<OccurredAt> moneySent(Instant at, ZoneId zone) {
        Optional<LocalTime> time = DateText.time(answer(Field.MONEY_TIME));
        return DateText.day(answer(Field.MONEY_DATE))
                .map(day -> time.isPresent()
                        ? new OccurredAt(
                                earlier(day.atTime(time.get()).atZone(zone).toInstant(), at),
                                OccurredAt.Precision.MINUTE)
                        : OccurredAt.on(day));
    }

    /** For the order of the queue: a day without a time is narrowed by the other answer, as late as both allow. */
    private Optional<Instant> moneySentAt(Instant at, ZoneId zone) {
        Optional<OccurredAt> told = moneySent(at, zone);
        if (told.isEmpty() || told.get().precision() == OccurredAt.Precision.MINUTE)
            return told.map(OccurredAt::from).or(() -> guessed(at));
        Instant begins = told.get().day().atStartOfDay(zone).toInstant();
        Instant ends = earlier(begins.plus(Duration.ofDays(1)), at);
        Instant guess = earlier(guessed(at).orElse(at), ends);
        return Optional.of(earlier(guess.isBefore(begins) ? begins : guess, at));
    }

    /** Late, because too urgent is better than too late. */
    private Optional<Instant> guessed(Instant at) {
        if (is(Field.MONEY_LEFT, "hours")) return Optional.of(at.minus(Duration.ofMinutes(30)));
        if (is(Field.MONEY_LEFT, "today")) return Optional.of(at.minus(Duration.ofHours(6)));
        if (is(Field.MONEY_LEFT, "days")) return Optional.of(at.minus(Duration.ofDays(2)));
        return Optional.empty();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Optional<OccurredAt> occurredAt() {
        return DateText.day(answer(Field.DATE)).map(OccurredAt::on);
    }

    private Optional<Contact> contact() {
        if (!named() || contactIsEmpty()) return Optional.empty();
        return Optional.of(
                new Contact(filled(Field.NAME), filled(Field.EMAIL), filled(Field.PHONE), Optional.of(language)));
    }

    private Optional<String> filled(Field field) {
        return Optional.of(answer(field)).filter(answer -> !answer.isBlank());
    }

    private ReporterRole role() {
        if (is(Field.ROLE, "witness")) return ReporterRole.WITNESS;
        return is(Field.ROLE, "behalf") ? ReporterRole.ON_BEHALF : ReporterRole.VICTIM;
    }

    private Map<String, String> particulars() {
        var particulars = new HashMap<String, String>();
        PARTICULARS.forEach((field, key) -> filled(field).ifPresent(answer -> particulars.put(key, cut(answer))));
        return particulars;
    }

    private static String cut(String answer) {
        return answer.length() <= Circumstances.PARTICULAR_LENGTH_MAX
                ? answer
                : answer.substring(0, Circumstances.PARTICULAR_LENGTH_MAX);
    }

    private static final Map<Field, String> PARTICULARS = Map.ofEntries(
            Map.entry(Field.MONEY_LEFT, "money.left"),
            Map.entry(Field.BANK, "money.bank"),
            Map.entry(Field.ACCOUNT_DEBITED, "money.account-debited"),
            Map.entry(Field.TRANSACTION_ID, "money.transaction-id"),
            Map.entry(Field.RECIPIENT_NAME, "money.recipient-name"),
            Map.entry(Field.RECIPIENT_ACCOUNT, "money.recipient-account"),
            Map.entry(Field.CONTACTED_BY, "contact.way"),
            Map.entry(Field.SUSPECT_NAME, "suspect.name"),
            Map.entry(Field.SUSPECT_CLAIMED, "suspect.claimed"),
            Map.entry(Field.ORGANISATION, "incident.organisation"),
            Map.entry(Field.SECTOR, "incident.sector"),
            Map.entry(Field.SYSTEMS, "incident.systems"),
            Map.entry(Field.SERVICES, "incident.services"),
            Map.entry(Field.RANSOM, "incident.ransom"),
            Map.entry(Field.DATA_TAKEN, "incident.data-taken"),
            Map.entry(Field.ONGOING, "incident.ongoing"),
            Map.entry(Field.AFFECTED, "incident.affected"));

    @Override
    public String toString() {
        return "ReportForm[hidden]";
    }
}
