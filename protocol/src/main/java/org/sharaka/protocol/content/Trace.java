package org.sharaka.protocol.content;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/**
 * A means of the crime by which two members can find that they look at one campaign. There is no kind for a name, a document, an
 * address or a story: what has no kind does not travel this way (SAFEGUARDS S11, S16).
 *
 * @param value the canonical form of docs/protocol.md section 5.4; of a text only its fingerprint
 */
public record Trace(Kind kind, String value) implements Comparable<Trace> {
    public static final int VALUE_LENGTH_MAX = 300;
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");
    private static final Comparator<Trace> ORDER =
            Comparator.comparing((Trace trace) -> Fields.nameOf(trace.kind)).thenComparing(Trace::value);

    /** What may travel. The names stand in messages: never rename one. */
    public enum Kind {
        IBAN,
        /** A Moroccan account number whose IBAN nobody gave. */
        RIB_MA,
        BTC,
        ETH,
        TRX,
        LTC,
        XMR,
        PHONE,
        DOMAIN,
        TELEGRAM,
        WHATSAPP,
        INSTAGRAM,
        FACEBOOK,
        TIKTOK,
        X,
        /** The form of a web address that copies of one kit share. */
        PATH_SHAPE,
        TEXT_LINE,
        TEXT_BAND,
        TEXT_MESSAGE;

        /** Whether the value is the fingerprint of a text, from which nobody reads the text. */
        public boolean ofText() {
            return this == TEXT_LINE || this == TEXT_BAND || this == TEXT_MESSAGE;
        }
    }

    public Trace {
        Written.requireLine(value, VALUE_LENGTH_MAX, "trace.value");
        if (kind.ofText() && !FINGERPRINT.matcher(value).matches())
            throw Refusal.FIELD_WRONG.because("trace.value: of a text its fingerprint alone");
    }

    static List<Trace> parse(Fields fields, String name, int most) {
        List<Trace> traces = fields.list(name, most).stream().map(Trace::parse).toList();
        return List.copyOf(fields.ordered(name, traces));
    }

    private static Trace parse(Fields fields) {
        Trace trace = new Trace(fields.constant("kind", Kind.class), fields.text("value", VALUE_LENGTH_MAX));
        fields.end();
        return trace;
    }

    JsonObject toJson() {
        return JsonBuilder.object().with("kind", kind).with("value", value).build();
    }

    @Override
    public int compareTo(Trace other) {
        return ORDER.compare(this, other);
    }
}
