package org.sharaka.node.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.Mention;

/**
 * A narrative cut into pieces for the screen: plain text, and what is an identifier of the report. What would act on the
 * screen instead of standing on it is made visible: direction overrides, embeddings and isolates become their code point in
 * brackets, other controls their picture.
 */
final class MarkedNarrative {
    private MarkedNarrative() {}

    /** @param mark what the piece is an identifier of, if it is */
    record Piece(String text, Mark mark) {}

    /** What a piece is. */
    enum Mark {
        TEXT,
        IDENTIFIER,
        WITHDRAWN
    }

    /** @param mentions in the narrative, in its order, none over another */
    static List<Piece> pieces(String narrative, List<Mention> mentions, List<ReportedIdentifier> identifiers) {
        Map<Identifier, Mark> marks = new HashMap<>();
        identifiers.forEach(each -> marks.put(each.identifier(), each.withdrawn() ? Mark.WITHDRAWN : Mark.IDENTIFIER));
        var pieces = new ArrayList<Piece>();
        int from = 0;
        for (Mention mention : mentions) {
            Mark mark = marks.get(mention.identifier());
            if (mark == null || mention.start() < from || mention.end() > narrative.length()) continue;
            addPlain(pieces, narrative.substring(from, mention.start()));
            pieces.add(new Piece(visible(narrative.substring(mention.start(), mention.end())), mark));
            from = mention.end();
        }
        addPlain(pieces, narrative.substring(from));
        return pieces;
    }

    private static void addPlain(List<Piece> pieces, String text) {
        if (!text.isEmpty()) pieces.add(new Piece(visible(text), Mark.TEXT));
    }

    /** Arabic needs its marks (U+200E, U+200F, U+061C) and joiners; they stay. */
    static String visible(String text) {
        if (text.chars().noneMatch(MarkedNarrative::acts)) return text;
        var visible = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!acts(unit)) visible.append(unit);
            else if (unit < 0x20) visible.append((char) (0x2400 + unit));
            else visible.append('[').append(String.format("U+%04X", (int) unit)).append(']');
        }
        return visible.toString();
    }

    /** Unicode Bidirectional Algorithm (UAX 9), section 2: explicit formatting characters; and control characters. */
    private static boolean acts(int unit) {
        return (unit >= 0x202A && unit <= 0x202E)
                || (unit >= 0x2066 && unit <= 0x2069)
                || (unit < 0x20 && unit != '\n' && unit != '\r' && unit != '\t')
                || (unit >= 0x7F && unit < 0xA0);
    }
}
