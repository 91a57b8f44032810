package org.sharaka.node.exchange;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.JsonValue.JsonText;
import org.sharaka.protocol.message.SignedMessage;

/** Knows the content type {@code test.note} and does what the note says: {@code refuse}, {@code fail once}, {@code fail always}, or nothing. */
final class NoteListener implements MessageListener {
    static final String TYPE = "test.note";

    private final List<SignedMessage> taken = new CopyOnWriteArrayList<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();

    @Override
    public String contentType() {
        return TYPE;
    }

    @Override
    public int contentFormat() {
        return 1;
    }

    static String text(SignedMessage message) {
        return message.message().content().body().members().get("text") instanceof JsonText text ? text.text() : "";
    }

    @Override
    public void take(SignedMessage message) {
        String text = text(message);
        if (text.startsWith("refuse")) throw Refusal.FIELD_WRONG.because("the note asks for it");
        if (text.startsWith("fail always")) throw new IllegalStateException("the note asks for it");
        if (text.startsWith("fail once") && !failed.contains(text)) {
            failed.add(text);
            throw new IllegalStateException("the note asks for it");
        }
        taken.add(message);
    }

    /** What was handed over, rolled back or not: in their order. */
    List<String> texts() {
        return taken.stream().map(NoteListener::text).toList();
    }
}
