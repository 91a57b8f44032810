package org.sharaka.node.intake;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Mention;
import org.sharaka.identifiers.Parsed;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.Ids;

/** Makes of a draft the report that is stored: recognises what it names, hides card numbers, sets its end. */
final class Reception {
    private final Recognition recognition;
    private final Ids ids;
    private final SecureRandom random;
    private final IntakeSettings settings;

    Reception(Recognition recognition, Ids ids, SecureRandom random, IntakeSettings settings) {
        this.recognition = recognition;
        this.ids = ids;
        this.random = random;
        this.settings = settings;
    }

    /**
     * How a report came in.
     *
     * @param reference what the reporter already holds
     */
    record Origin(
            Channel channel,
            Optional<String> source,
            Optional<Purpose> purpose,
            Optional<Reference> reference,
            boolean setAside) {
        static Origin of(Channel channel, Optional<String> source, Optional<Purpose> purpose) {
            return new Origin(channel, source, purpose, Optional.empty(), false);
        }
    }

    Reference newReference() {
        return Reference.random(random);
    }

    /** A reporter's own number as the identifier that a report would name. */
    Optional<Identifier> telephone(String given) {
        return recognition
                .read(new GivenIdentifier(IdentifierKind.PHONE, given), Optional.empty())
                .asIdentifier();
    }

    ReportId newId() {
        return new ReportId(ids.timeOrdered());
    }

    StoredReport receive(ReportId id, ReportDraft draft, Origin origin, Instant now) {
        draft.occurredAt().ifPresent(at -> at.notAfter(now));
        var named = new Named();
        Set<Identifier> own = own(draft);
        for (GivenIdentifier given : draft.identifiers()) named.add(given, own, draft.country());
        for (ReportedMoney amount : draft.money()) {
            amount.to().ifPresent(account -> named.add(account, own, draft.country()));
        }
        // Before card numbers are hidden, or their keyed hash could not be made.
        for (Mention mention : recognition.find(draft.narrative(), draft.country())) {
            named.add(mention.identifier(), ReportedIdentifier.Origin.FOUND, own);
        }
        return new StoredReport(
                id,
                origin.reference().orElseGet(this::newReference),
                now,
                draft.category(),
                recognition.redacted(draft.narrative()),
                draft.language(),
                draft.occurredAt(),
                draft.country(),
                draft.locality().map(recognition::redacted),
                amounts(draft),
                named.identifiers(),
                named.notRecognised,
                draft.labels().stream().map(recognition::redacted).toList(),
                draft.role(),
                draft.reporter().isEmpty(),
                origin.channel(),
                origin.source(),
                Optional.empty(),
                ReportStatus.RECEIVED,
                origin.setAside() ? Optional.of(now) : Optional.empty(),
                new Retention(
                        origin.purpose().orElse(settings.purpose()),
                        settings.originator(),
                        "H0",
                        after(now, settings.retention())));
    }

    Instant contactExpiry(Instant now) {
        Instant report = after(now, settings.retention());
        Instant contact = after(now, settings.contactRetention());
        return contact.isBefore(report) ? contact : report;
    }

    Instant replayExpiry(Instant now) {
        return now.plus(settings.replay());
    }

    /** Card numbers hidden in a text that is stored beside a report. */
    String redacted(String text) {
        return recognition.redacted(text);
    }

    /** What the narrative names, with its place in it. */
    List<Mention> mentions(String narrative, Optional<String> country) {
        return recognition.find(narrative, country);
    }

    private static Instant after(Instant now, Period period) {
        return now.atZone(ZoneOffset.UTC).plus(period).toInstant();
    }

    /** What is the reporter's own: it is no evidence, and two reports of one victim are not one crime for it. */
    private Set<Identifier> own(ReportDraft draft) {
        var own = new HashSet<Identifier>();
        var given = new ArrayList<GivenIdentifier>();
        draft.money().forEach(amount -> amount.from().ifPresent(given::add));
        draft.reporter().ifPresent(reporter -> {
            reporter.email().ifPresent(email -> given.add(new GivenIdentifier(IdentifierKind.EMAIL, email)));
            reporter.phone().ifPresent(phone -> given.add(new GivenIdentifier(IdentifierKind.PHONE, phone)));
        });
        given.forEach(
                each -> recognition.read(each, draft.country()).asIdentifier().ifPresent(own::add));
        return own;
    }

    private List<ReportView.Amount> amounts(ReportDraft draft) {
        return draft.money().stream()
                .map(amount -> new ReportView.Amount(
                        amount.money(),
                        amount.kind(),
                        amount.when(),
                        amount.from().map(account -> shown(account, draft.country())),
                        amount.to().map(account -> shown(account, draft.country()))))
                .toList();
    }

    private String shown(GivenIdentifier account, Optional<String> country) {
        return recognition
                .read(account, country)
                .asIdentifier()
                .map(Identifier::display)
                .orElseGet(() -> recognition.keepable(account));
    }

    /** Collects what one report names, each thing once, given before found. */
    private final class Named {
        private final Map<Identifier, ReportedIdentifier.Origin> recognised = new LinkedHashMap<>();
        private final List<NotRecognised> notRecognised = new ArrayList<>();

        void add(GivenIdentifier given, Set<Identifier> own, Optional<String> country) {
            Parsed parsed = recognition.read(given, country);
            if (parsed instanceof Parsed.Invalid invalid) {
                notRecognised.add(
                        new NotRecognised(given.kind(), recognition.keepable(given), Recognition.word(invalid)));
            }
            parsed.asIdentifier().ifPresent(each -> add(each, ReportedIdentifier.Origin.GIVEN, own));
        }

        /** Past {@link ReportDraft#IDENTIFIERS_MAX} the narrative still holds what is not indexed. */
        void add(Identifier identifier, ReportedIdentifier.Origin origin, Set<Identifier> own) {
            if (recognised.size() < ReportDraft.IDENTIFIERS_MAX && !own.contains(identifier)) {
                recognised.putIfAbsent(identifier, origin);
            }
        }

        List<ReportedIdentifier> identifiers() {
            var identifiers = new ArrayList<ReportedIdentifier>(recognised.size());
            recognised.forEach((identifier, origin) ->
                    identifiers.add(new ReportedIdentifier(identifiers.size(), identifier, origin, false)));
            return identifiers;
        }
    }
}
