package org.sharaka.protocol.message;

import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/** How far source and information can be relied on: the 4×4 of Regulation (EU) 2016/794, article 29. */
public record Evaluation(Source source, Information information) {
    public enum Source {
        /** No doubt, or has always been reliable. */
        A,
        /** Mostly reliable. */
        B,
        /** Mostly unreliable. */
        C,
        /** Cannot be assessed. */
        X
    }

    public enum Information {
        /** Not in doubt. */
        ACCURATE(1),
        /** Known personally to the source, not to the officer who passes it on. */
        KNOWN_TO_SOURCE(2),
        /** Not known personally to the source but corroborated. */
        CORROBORATED(3),
        /** Not known personally to the source and cannot be corroborated. */
        UNCORROBORATED(4);

        private final int grade;

        Information(int grade) {
            this.grade = grade;
        }

        static Information ofGrade(long grade) {
            for (Information information : values()) if (information.grade == grade) return information;
            throw Refusal.FIELD_WRONG.because("evaluation.information: 1 to 4");
        }

        /** 1 to 4. */
        public int grade() {
            return grade;
        }
    }

    static Evaluation parse(Fields fields) {
        Evaluation evaluation = new Evaluation(
                fields.parsed("source", 1, Source::valueOf), Information.ofGrade(fields.number("information", 1, 4)));
        fields.end();
        return evaluation;
    }

    JsonObject toJson() {
        return JsonBuilder.object()
                .with("source", source.name())
                .with("information", information.grade())
                .build();
    }
}
