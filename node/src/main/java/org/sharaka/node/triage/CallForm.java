package org.sharaka.node.triage;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.Region;
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
 * What an officer types while the caller speaks; every field as typed, so that nothing is lost when one is wrong. The first
 * seven are what a bank needs to stop a payment (domain brief E.2).
 *
 * @param reference of the report to be, so that a form sent twice stores one
 * @param sentAt as the browser's field writes a local time: {@code 2026-11-24T10:30}
 */
public record CallForm(
        @Nullable String bank,
        @Nullable String account,
        @Nullable String transaction,
        @Nullable String sentAt,
        @Nullable String amount,
        @Nullable String currency,
        @Nullable String recipient,
        @Nullable String card,
        @Nullable String reference,
        @Nullable String category,
        @Nullable String narrative,
        @Nullable String language,
        @Nullable String country,
        @Nullable String locality,
        @Nullable String role,
        @Nullable String name,
        @Nullable String phone,
        @Nullable String email,
        @Nullable Boolean danger,
        @Nullable Boolean child,
        @Nullable Boolean minor,
        @Nullable Boolean shared,
        @Nullable Boolean female,
        @Nullable Boolean news) {
    private static final String CURRENCY_OF_THE_COUNTRY = "MAD";

    /** An empty form. */
    static CallForm blank(Reference reference, String language, String country) {
        return new CallForm(
                null,
                null,
                null,
                null,
                null,
                CURRENCY_OF_THE_COUNTRY,
                null,
                null,
                reference.grouped(),
                null,
                null,
                language,
                country,
                null,
                ReporterRole.VICTIM.name(),
                null,
                null,
                null,
                false,
                false,
                false,
                false,
                false,
                false);
    }

    /**
     * The report that the caller told.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link TriageProblem#BAD_FIELD} or an intake's problem
     */
    Submission submission(Extractor extractor, Region home, ZoneId zone) {
        Optional<Instant> sent = sentAt(zone);
        return new Submission(
                draft(extractor, home, sent),
                new Circumstances(
                        ticked(danger),
                        ticked(child),
                        ticked(minor),
                        sent,
                        ticked(shared),
                        ticked(female),
                        ticked(news),
                        particulars()),
                Channel.CALL,
                Optional.of(parsedReference()),
                false);
    }

    Reference parsedReference() {
        return given(reference)
                .flatMap(Reference::parse)
                .orElseThrow(() -> TriageProblem.BAD_FIELD.because("the form has no reference"));
    }

    private ReportDraft draft(Extractor extractor, Region home, Optional<Instant> sent) {
        Category chosen = QueueForm.chosen(Category.values(), category)
                .orElse(anyMoney() ? Category.ONLINE_FRAUD : Category.OTHER);
        Optional<Contact> contact =
                Stream.of(name, phone, email).allMatch(field -> given(field).isEmpty())
                        ? Optional.empty()
                        : Optional.of(new Contact(given(name), given(email), given(phone), given(language)));
        Optional<GivenIdentifier> to = given(recipient).flatMap(text -> identifier(text, extractor, home));
        List<ReportedMoney> money = money(sent, extractor, home, to);
        List<GivenIdentifier> named = new ArrayList<>();
        if (money.isEmpty()) to.ifPresent(named::add);
        return new ReportDraft(
                chosen,
                given(narrative).orElse(""),
                given(language),
                sent.map(OccurredAt::exactly),
                given(country),
                given(locality),
                money,
                named,
                List.of(),
                contact,
                QueueForm.chosen(ReporterRole.values(), role).orElse(ReporterRole.VICTIM));
    }

    private boolean anyMoney() {
        return Stream.of(bank, account, transaction, sentAt, amount, recipient, card)
                .anyMatch(field -> given(field).isPresent());
    }

    private List<ReportedMoney> money(
            Optional<Instant> sent, Extractor extractor, Region home, Optional<GivenIdentifier> to) {
        if (given(amount).isEmpty()) return List.of();
        return List.of(new ReportedMoney(
                new Money(number(), chosenCurrency()),
                MoneyKind.LOST,
                sent.map(OccurredAt::exactly),
                given(account).flatMap(text -> identifier(text, extractor, home)),
                to));
    }

    /** As people say and type it: spaces and either mark for decimals. */
    private BigDecimal number() {
        String text = given(amount).orElse("").replaceAll("[\\s\\u00a0\\u202f']", "");
        int point = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
        boolean decimals = point >= 0 && text.length() - point - 1 <= 2;
        String plain = decimals
                ? text.substring(0, point).replaceAll("[.,]", "") + "." + text.substring(point + 1)
                : text.replaceAll("[.,]", "");
        if (!plain.matches("\\d{1,15}(\\.\\d{0,2})?")) throw TriageProblem.BAD_FIELD.because("amount");
        return new BigDecimal(plain.endsWith(".") ? plain + "0" : plain);
    }

    private Currency chosenCurrency() {
        try {
            return Currency.getInstance(given(currency).orElse(CURRENCY_OF_THE_COUNTRY));
        } catch (IllegalArgumentException e) {
            throw TriageProblem.BAD_FIELD.because("currency");
        }
    }

    private Optional<Instant> sentAt(ZoneId zone) {
        try {
            return given(sentAt)
                    .map(text -> LocalDateTime.parse(text).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            throw TriageProblem.BAD_FIELD.because("sentAt");
        }
    }

    /** The first thing recognised in what was typed; free text about a person or bank stays among the particulars. */
    private static Optional<GivenIdentifier> identifier(String text, Extractor extractor, Region home) {
        return extractor.extract(text, home).stream()
                .findFirst()
                .map(found -> new GivenIdentifier(found.identifier().kind(), text));
    }

    private Map<String, String> particulars() {
        Map<String, String> told = new LinkedHashMap<>();
        given(bank).ifPresent(text -> told.put("money.bank", text));
        given(account).ifPresent(text -> told.put("money.account-debited", text));
        given(transaction).ifPresent(text -> told.put("money.transaction-id", text));
        given(recipient).ifPresent(text -> told.put("money.recipient-account", text));
        given(card).ifPresent(text -> told.put("money.card", text));
        return told;
    }

    /** A box that is not ticked is not sent. */
    private static boolean ticked(@Nullable Boolean box) {
        return Boolean.TRUE.equals(box);
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(some -> !some.isEmpty());
    }
}
