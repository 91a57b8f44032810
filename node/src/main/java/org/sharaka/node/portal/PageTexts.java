package org.sharaka.node.portal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.intake.Category;
import org.sharaka.node.platform.WebLanguage;
import org.springframework.context.MessageSource;

/** Makes of questions and answers what a page shows, in its language. */
final class PageTexts {
    /** Groups of advice that send people to their bank anyway. */
    private static final Set<String> OF_BANKS = Set.of("fraud", "card");

    private final MessageSource messages;
    private final PortalSettings settings;

    PageTexts(MessageSource messages, PortalSettings settings) {
        this.messages = messages;
        this.settings = settings;
    }

    /** @param value what the form sends */
    record Option(String value, String label, @Nullable String hint, boolean selected) {}

    /**
     * A question as a page shows it.
     *
     * @param control which control of the template asks it
     * @param error what is wrong with the answer
     */
    record Question(
            String key,
            String control,
            String label,
            @Nullable String hint,
            String value,
            int lengthMax,
            @Nullable String error,
            List<Option> options) {
        /** Ids of what describes the control, for {@code aria-describedby}. */
        public @Nullable String describedBy() {
            String ids = (hint == null ? "" : key + "-hint ") + (error == null ? "" : key + "-error");
            return ids.isBlank() ? null : ids.strip();
        }
    }

    /** An answer on the page where all are checked. */
    record Answer(String label, String value) {}

    /** A page's answers on the page where all are checked. */
    record Answers(String title, String step, List<Answer> answers) {}

    /**
     * A number to call with one touch.
     *
     * @param href of the kind {@code tel:}
     */
    record Call(String href, String label) {}

    /**
     * A box with advice.
     *
     * @param urgent true for what comes before everything else
     */
    record Note(
            boolean urgent,
            String title,
            String text,
            @Nullable Call call) {}

    String text(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    Optional<String> find(String key, Locale locale) {
        return Optional.ofNullable(messages.getMessage(key, null, null, locale));
    }

    List<Question> questions(List<Field> fields, ReportForm form, Map<Field, String> problems, Locale locale) {
        return fields.stream()
                .map(field -> question(field, form, problems, locale))
                .toList();
    }

    private Question question(Field field, ReportForm form, Map<Field, String> problems, Locale locale) {
        String base = "portal.field." + field.key();
        String problem = problems.get(field);
        return new Question(
                field.key(),
                field.kind().name(),
                text(base, locale),
                find(base + ".hint", locale).orElse(null),
                form.answer(field),
                field.lengthMax(),
                problem == null ? null : text(problem, locale),
                options(field, form.answer(field), locale));
    }

    private List<Option> options(Field field, String chosen, Locale locale) {
        return switch (field.kind()) {
            case CATEGORY ->
                Arrays.stream(Category.values())
                        .map(category -> new Option(
                                category.name(),
                                text("portal.category." + category.name(), locale),
                                find("portal.category." + category.name() + ".hint", locale)
                                        .orElse(null),
                                category.name().equals(chosen)))
                        .toList();
            case COUNTRY -> countries(chosen, locale);
            case CURRENCY ->
                Currencies.CODES.stream()
                        .map(code -> new Option(
                                code, code, null, chosen.isEmpty() ? code.equals("MAD") : code.equals(chosen)))
                        .toList();
            case CHOICE, SELECT ->
                field.options().stream()
                        .map(option -> new Option(
                                option,
                                text("portal.field." + field.key() + "." + option, locale),
                                null,
                                option.equals(chosen)))
                        .toList();
            default -> List.of();
        };
    }

    private static List<Option> countries(String chosen, Locale locale) {
        var names = new TreeMap<String, String>(java.text.Collator.getInstance(locale));
        for (String code : Locale.getISOCountries())
            names.put(new Locale.Builder().setRegion(code).build().getDisplayCountry(locale), code);
        var options = new ArrayList<Option>();
        names.forEach((name, code) -> options.add(new Option(code, name, null, code.equals(chosen))));
        return options;
    }

    /** All answers, page by page, in words. */
    List<Answers> answers(ReportForm form, Locale locale) {
        return Step.of(form).stream()
                .filter(step -> step != Step.CHECK)
                .map(step -> new Answers(
                        text("portal.step." + step.key(form), locale),
                        step.name(),
                        step.fields(form).stream()
                                .filter(field -> !form.answer(field).isBlank())
                                .map(field -> new Answer(
                                        text("portal.field." + field.key(), locale), shown(field, form, locale)))
                                .toList()))
                .toList();
    }

    private String shown(Field field, ReportForm form, Locale locale) {
        String answer = form.answer(field);
        if (field.kind() == Field.Kind.TICK) return text("portal.yes", locale);
        return options(field, answer, locale).stream()
                .filter(Option::selected)
                .findFirst()
                .map(Option::label)
                .orElse(answer);
    }

    /** What must be known on this page, the most urgent first. */
    List<Note> notes(Step step, ReportForm form, Locale locale) {
        var notes = new ArrayList<Note>();
        if (step == Step.URGENT) return notes;
        if (form.is(Field.DANGER, "yes")) notes.add(danger(locale));
        boolean early = Set.of(Step.KIND, Step.MONEY).contains(step);
        if (form.moneyMayBeStopped() && early) notes.add(note(true, "money", locale));
        if (form.is(Field.UNDER_18, "yes")
                && Set.of(Step.KIND, Step.STORY, Step.YOU).contains(step)) notes.add(minor(locale));
        if (form.is(Field.PHONE_SHARED, "yes") && Set.of(Step.KIND, Step.CHECK).contains(step))
            notes.add(note(false, "shared", locale));
        if (step == Step.STORY && form.addressesOnly()) notes.add(note(false, "addresses", locale));
        if (step == Step.STORY && form.ofImages()) notes.add(note(false, "picture", locale));
        return notes;
    }

    Note danger(Locale locale) {
        String phone = settings.emergencyPhone();
        return new Note(
                true,
                text("portal.note.danger", locale),
                phone.isBlank()
                        ? text("portal.note.danger.text", locale)
                        : text("portal.note.danger.call", locale, isolated(phone)),
                call(phone, locale));
    }

    Note minor(Locale locale) {
        String phone = settings.childHelpline();
        String text = text("portal.note.minor.text", locale);
        return new Note(
                false,
                text("portal.note.minor", locale),
                phone.isBlank() ? text : text + " " + text("portal.note.minor.call", locale, isolated(phone)),
                call(phone, locale));
    }

    private Note note(boolean urgent, String name, Locale locale) {
        return new Note(
                urgent, text("portal.note." + name, locale), text("portal.note." + name + ".text", locale), null);
    }

    private @Nullable Call call(String phone, Locale locale) {
        String dialled = phone.replaceAll("[^0-9+*#]", "");
        return dialled.isEmpty() ? null : new Call("tel:" + dialled, text("portal.call", locale, isolated(phone)));
    }

    /** The unit's number, if it has one. */
    @Nullable
    Call unitCall(Locale locale) {
        return call(settings.unitPhone(), locale);
    }

    /** Where else to go when nothing can be stored here. */
    String whereElse(Locale locale) {
        return settings.unitPhone().isBlank()
                ? text("portal.away.station", locale)
                : text("portal.away.call", locale, isolated(settings.unitPhone()));
    }

    /** Keeps its own direction in any text (Unicode UAX 9, first-strong isolate). */
    private static String isolated(String text) {
        return "\u2066" + text + "\u2069";
    }

    /** What to do now, for a kind of crime; the most urgent first, and that is the bank where money may still be stopped. */
    List<String> advice(ReportForm form, Locale locale) {
        String group = form.category().map(PageTexts::group).orElse("other");
        var lines = new ArrayList<String>();
        if (form.moneyMayBeStopped() && !OF_BANKS.contains(group)) lines.add(text("portal.advice.fraud.2", locale));
        for (int i = 1; i <= 5; i++)
            find("portal.advice." + group + "." + i, locale).ifPresent(lines::add);
        return lines;
    }

    static String group(Category category) {
        return switch (category) {
            case ONLINE_FRAUD, INVESTMENT_FRAUD, ROMANCE_FRAUD -> "fraud";
            case FAKE_JOB, TRAFFICKING -> "trafficking";
            case PHISHING, ACCOUNT_TAKEOVER -> "account";
            case CARD_FRAUD -> "card";
            case SEXTORTION -> "sextortion";
            case THREATS, HARASSMENT, HATE_OR_INCITEMENT -> "threats";
            case TERRORISM_CONTENT -> "content";
            case CHILD_EXPLOITATION -> "child";
            case INTRUSION, RANSOMWARE -> "systems";
            case OTHER -> "other";
        };
    }

    /** A language with the address of this page in it. */
    record Language(String code, String name, String direction, String href, boolean current) {}

    List<Language> languages(WebLanguage current, String page) {
        return Arrays.stream(WebLanguage.values())
                .sorted(Comparator.comparing(Enum::ordinal))
                .map(each -> new Language(
                        each.code(), each.ownName(), each.direction(), "/" + each.code() + "/" + page, each == current))
                .toList();
    }

    PortalSettings settings() {
        return settings;
    }
}
