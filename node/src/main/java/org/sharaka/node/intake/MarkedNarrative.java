package org.sharaka.node.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.Mention;
import org.sharaka.node.platform.VisibleText;

/**
 * A narrative cut into pieces for the screen: plain text, and what is an identifier of the report. What would act on the
 * screen instead of standing on it is made visible.
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

    static String visible(String text) {
        return VisibleText.of(text);
    }
}
