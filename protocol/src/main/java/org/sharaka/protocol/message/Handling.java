package org.sharaka.protocol.message;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/**
 * What travels with data wherever it goes (SAFEGUARDS S18, S20): whose it is, what for, under which law, how it may be
 * handled, and until when.
 *
 * @param originator the member that owns the data and its restrictions
 * @param purpose a code of the purposes that the members agreed on
 * @param legalBasis a code of an agreement or treaty in force between sender and recipient
 * @param offence a code of the offence, where the legal basis asks for one
 * @param codes H0 is implied and always written
 * @param remarks the originator's words; H3 means nothing without them
 * @param permitted who may have it; empty: whoever the codes allow
 * @param keepUntil every holder deletes it by then
 */
public record Handling(
        MemberId originator,
        String purpose,
        String legalBasis,
        Optional<String> offence,
        Set<HandlingCode> codes,
        Optional<String> remarks,
        Set<MemberId> permitted,
        Instant keepUntil) {
    private static final int MAX_REMARKS = 4_000;

    public Handling {
        EnumSet<HandlingCode> all = EnumSet.of(HandlingCode.H0);
        all.addAll(codes);
        codes = java.util.Collections.unmodifiableSet(all);
        permitted = java.util.Collections.unmodifiableSet(new TreeSet<>(permitted));
        keepUntil = Time.truncate(keepUntil);
        if (!Fields.isSlug(purpose) || !Fields.isSlug(legalBasis))
            throw Refusal.FIELD_WRONG.because("handling: purpose and legal basis are codes");
        if (codes.contains(HandlingCode.H3) && remarks.isEmpty())
            throw Refusal.FIELD_WRONG.because("handling: H3 needs remarks");
    }

    static Handling parse(Fields fields) {
        List<HandlingCode> codes = fields.texts("codes", HandlingCode.values().length, 2).stream()
                .map(Handling::code)
                .toList();
        if (!codes.contains(HandlingCode.H0)) throw Refusal.FIELD_WRONG.because("handling.codes: H0 is always written");
        Handling handling = new Handling(
                fields.parsed("originator", 32, MemberId::new),
                fields.slug("purpose"),
                fields.slug("legalBasis"),
                fields.slugIfAny("offence"),
                fields.ordered("codes", codes),
                fields.textIfAny("remarks", MAX_REMARKS),
                members(fields, "permitted"),
                fields.parsed("keepUntil", 24, Time::parse));
        fields.end();
        return handling;
    }

    private static HandlingCode code(String text) {
        try {
            return HandlingCode.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.FIELD_WRONG.because("handling.codes: H0 to H3", e);
        }
    }

    static Set<MemberId> members(Fields fields, String name) {
        return fields.ordered(
                name,
                fields.texts(name, Limits.ROSTER_MEMBERS, 32).stream()
                        .map(MemberId::new)
                        .toList());
    }

    JsonObject toJson() {
        return JsonBuilder.object()
                .withText("originator", originator)
                .with("purpose", purpose)
                .with("legalBasis", legalBasis)
                .withText("offence", offence)
                .withAll("codes", codes, code -> JsonValue.of(code.name()))
                .withText("remarks", remarks)
                .withAll("permitted", permitted, member -> JsonValue.of(member.value()))
                .with("keepUntil", keepUntil)
                .build();
    }

    public boolean permits(MemberId recipient) {
        return permitted.isEmpty() || permitted.contains(recipient) || recipient.equals(originator);
    }

    /**
     * Whether data under this handling is protected at least as its originator asked: no code dropped, no longer kept, for
     * the same purpose, with the same remarks, for no wider circle. The legal basis may differ: it binds another pair.
     */
    public boolean protectsAsMuchAs(Handling original) {
        return originator.equals(original.originator)
                && purpose.equals(original.purpose)
                && offence.equals(original.offence)
                && codes.containsAll(original.codes)
                // Words around them could turn them into their contrary.
                && remarks.equals(original.remarks)
                && !keepUntil.isAfter(original.keepUntil)
                && (original.permitted.isEmpty()
                        || (!permitted.isEmpty() && original.permitted.containsAll(permitted)));
    }
}
