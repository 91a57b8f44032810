package org.sharaka.node.exchange;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.JsonValue.JsonText;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.context.event.EventListener;

/** Knows the content type {@code test.note} and does what the note says: {@code refuse}, {@code fail once}, {@code fail always}, or nothing. */
final class NoteListener implements MessageListener {
    static final String TYPE = "test.note";

    private final List<SignedMessage> taken = new CopyOnWriteArrayList<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final List<ConversationId> deafIn = new CopyOnWriteArrayList<>();
    private volatile boolean deafToAnswers;
    private final List<MessageId> givenUp = new CopyOnWriteArrayList<>();

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

    /** Hearing fails of what becomes of messages of ours. */
    void deafToAnswers(boolean deaf) {
        deafToAnswers = deaf;
    }

    /** Hearing fails of what is accepted in this conversation. */
    void deafIn(ConversationId conversation) {
        deafIn.add(conversation);
    }

    @EventListener
    void on(MessagesAnswered answered) {
        if (deafToAnswers) throw new IllegalStateException("the test asks for it");
    }

    @EventListener
    void on(MessageAccepted accepted) {
        if (deafIn.contains(accepted.conversation())) throw new IllegalStateException("the test asks for it");
    }

    @EventListener
    void on(MessageGivenUp given) {
        givenUp.add(given.id());
        if (deafToAnswers) throw new IllegalStateException("the test asks for it");
    }

    List<MessageId> givenUp() {
        return List.copyOf(givenUp);
    }

    /** What was handed over, rolled back or not: in their order. */
    List<String> texts() {
        return taken.stream().map(NoteListener::text).toList();
    }
}
