package org.sharaka.node.crosscheck;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Identifiers;
import org.sharaka.identifiers.Region;
import org.sharaka.linking.KeyKind;
import org.sharaka.linking.LinkKey;
import org.sharaka.node.campaign.CampaignTraces;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.content.Trace;

/** Between what reports share here and what travels. Only means of crime have a way through (SAFEGUARDS S11, S16). */
final class TraceReader {
    private static final Map<KeyKind, List<Trace.Kind>> KINDS = kinds();
    /** The kinds of keys that may travel. */
    static final Set<KeyKind> MAY_TRAVEL = Set.copyOf(KINDS.keySet());

    /** As {@code PathShape} writes them: no blanks, so no sentence passes for one. */
    private static final Pattern PATH_SHAPE = Pattern.compile("[!-~]{1," + Trace.VALUE_LENGTH_MAX + "}");

    private final CampaignTraces traces;

    TraceReader(CampaignTraces traces) {
        this.traces = traces;
    }

    private static Map<KeyKind, List<Trace.Kind>> kinds() {
        Map<KeyKind, List<Trace.Kind>> kinds = new EnumMap<>(KeyKind.class);
        for (KeyKind kind : KeyKind.values())
            for (Trace.Kind each : Trace.Kind.values())
                if (each.name().equals(kind.name())) kinds.put(kind, List.of(each));
        // A Moroccan account is one key, by whichever of its two forms it was named.
        kinds.put(KeyKind.IBAN, List.of(Trace.Kind.IBAN, Trace.Kind.RIB_MA));
        return kinds;
    }

    /** What would travel of something shared; empty if it cannot be told exactly by what officers see of it. */
    Optional<Trace> traceOf(CampaignTraces.Shared shared) {
        for (Trace.Kind kind : KINDS.getOrDefault(shared.kind(), List.of())) {
            Optional<Trace> trace = trace(kind, shared);
            if (trace.isPresent()) return trace;
        }
        return Optional.empty();
    }

    private Optional<Trace> trace(Trace.Kind kind, CampaignTraces.Shared shared) {
        if (kind.ofText()) return Optional.of(new Trace(kind, "%016x".formatted(shared.key())));
        try {
            Trace trace = new Trace(
                    kind,
                    kind == Trace.Kind.PATH_SHAPE
                            ? shared.label()
                            : identifier(kind, shared.label())
                                    .map(Identifier::canonical)
                                    .orElse(""));
            return wanted(trace).filter(wanted -> wanted.key() == shared.key()).map(wanted -> trace);
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    /** The identifier that a trace names; none for shapes and texts. */
    static Optional<Identifier> identifier(Trace trace) {
        if (trace.kind().ofText() || trace.kind() == Trace.Kind.PATH_SHAPE) return Optional.empty();
        return identifier(trace.kind(), trace.value())
                .filter(read -> read.canonical().equals(trace.value()));
    }

    private static Optional<Identifier> identifier(Trace.Kind kind, String text) {
        return Identifiers.parse(IdentifierKind.valueOf(kind.name()), text, Region.UNKNOWN)
                .asIdentifier();
    }

    /**
     * By which key reports here would hold it.
     *
     * @return empty if it is a service that links nothing here
     * @throws RefusedException as {@link #read}
     */
    Optional<CampaignTraces.Wanted> wanted(Trace trace) {
        Optional<Identifier> read = read(trace);
        if (trace.kind().ofText())
            return Optional.of(new CampaignTraces.Wanted(
                    KeyKind.valueOf(trace.kind().name()), Long.parseUnsignedLong(trace.value(), 16)));
        if (read.isEmpty())
            return Optional.of(new CampaignTraces.Wanted(
                    KeyKind.PATH_SHAPE,
                    LinkKey.of(KeyKind.PATH_SHAPE, trace.value()).hash()));
        return traces.keysOf(read.get()).stream()
                .filter(key -> MAY_TRAVEL.contains(key.kind()))
                .map(key -> new CampaignTraces.Wanted(key.kind(), key.hash()))
                .findFirst();
    }

    /**
     * The identifier that a trace names; none for shapes and texts.
     *
     * @throws RefusedException {@link Refusal#FIELD_WRONG} if it is not what its kind says, in its canonical form: a name is no telephone
     */
    static Optional<Identifier> read(Trace trace) {
        if (trace.kind().ofText()) return Optional.empty();
        if (trace.kind() == Trace.Kind.PATH_SHAPE) {
            if (!PATH_SHAPE.matcher(trace.value()).matches())
                throw Refusal.FIELD_WRONG.because("trace.value: no form of a path");
            return Optional.empty();
        }
        Optional<Identifier> read = identifier(trace);
        if (read.isEmpty()) throw Refusal.FIELD_WRONG.because("trace.value: not canonical for its kind");
        return read;
    }
}
