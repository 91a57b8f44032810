package org.sharaka.protocol.content;

import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.message.Content;

/** One of the contents of this package. */
public sealed interface Written
        permits FreeText, Inquiry, Reply, Information, Feedback, Reminder, PermissionRequest, PermissionAnswer {
    int FORMAT = 1;
    int SUBJECT_LENGTH_MAX = 200;
    int REFERENCE_LENGTH_MAX = 100;

    /** The content's type. */
    String type();

    /** As it travels. */
    Content toContent();

    /** What the conversation is about, where this says so. */
    default Optional<String> subject() {
        return Optional.empty();
    }

    /** What an officer wrote in it. */
    Optional<Words> words();

    /** The same, saying that its words also repeat those of others; unchanged if it has no words. */
    Written quoting(Set<Quoted> more);

    /** Whether a content is one of these. */
    static boolean isOne(Content content) {
        return switch (content.type()) {
            case FreeText.TYPE,
                    Inquiry.TYPE,
                    Reply.TYPE,
                    Information.TYPE,
                    Feedback.TYPE,
                    Reminder.TYPE,
                    PermissionRequest.TYPE,
                    PermissionAnswer.TYPE -> content.format() == FORMAT;
            default -> false;
        };
    }

    /** @throws org.sharaka.protocol.RefusedException {@link Refusal#FORMAT_UNKNOWN} for other contents, or what is wrong */
    static Written parse(Content content) {
        if (!isOne(content)) throw Refusal.FORMAT_UNKNOWN.because(content.type() + ", format " + content.format());
        Fields body = Fields.of(content.body(), content.type());
        Written written =
                switch (content.type()) {
                    case FreeText.TYPE -> FreeText.parse(body);
                    case Inquiry.TYPE -> Inquiry.parse(body);
                    case Reply.TYPE -> Reply.parse(body);
                    case Information.TYPE -> Information.parse(body);
                    case Feedback.TYPE -> Feedback.parse(body);
                    case Reminder.TYPE -> Reminder.parse(body);
                    case PermissionRequest.TYPE -> PermissionRequest.parse(body);
                    default -> PermissionAnswer.parse(body);
                };
        body.end();
        return written;
    }

    /** Refuses an empty or overlong line. */
    static void requireLine(String text, int longest, String where) {
        if (text.isBlank() || text.length() > longest || text.chars().anyMatch(Character::isISOControl))
            throw Refusal.FIELD_WRONG.because(where + ": one line of 1 to " + longest + " characters");
    }
}
