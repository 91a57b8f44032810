package org.sharaka.protocol.message;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;

/**
 * What one member says to another: the document that is signed.
 *
 * @param files large evidence that travels in chunks of its own
 * @param onward the SignedData of the message by which the sender came to what it shares here
 */
public record Message(
        Header header,
        Handling handling,
        Optional<Evaluation> evaluation,
        Content content,
        List<FileManifest> files,
        Optional<SignedData> onward) {
    public static final String TYPE = "sharaka.message";
    private static final int FORMAT = 1;

    public Message {
        files = List.copyOf(files);
        if (files.size() > Limits.FILES_PER_MESSAGE) throw Refusal.TOO_MANY.because("files");
        Set<Hash> ids = new HashSet<>();
        for (FileManifest file : files)
            if (!ids.add(Hash.of(file.key().id()))) throw Refusal.FIELD_WRONG.because("files: an id that stands twice");
        if (onward.isEmpty() && !handling.originator().equals(header.sender()))
            throw Refusal.ORIGINATOR_WRONG.because("the sender encloses nothing of " + handling.originator());
        if (!handling.permits(header.recipient()))
            throw Refusal.RECIPIENT_NOT_PERMITTED.because(header.recipient().value());
    }

    public static Message of(Header header, Handling handling, Content content) {
        return new Message(header, handling, Optional.empty(), content, List.of(), Optional.empty());
    }

    static Message parse(byte[] canonical) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(canonical, Limits.DOCUMENT_BYTES), TYPE, FORMAT);
        Message message = new Message(
                Header.parse(fields.fields("header")),
                Handling.parse(fields.fields("handling")),
                fields.fieldsIfAny("evaluation").map(Evaluation::parse),
                Content.parse(fields.fields("content")),
                fields.list("files", Limits.FILES_PER_MESSAGE).stream()
                        .map(FileManifest::parse)
                        .toList(),
                fields.bytesIfAny("onward", Limits.DOCUMENT_BYTES).map(SignedData::parse));
        fields.end();
        return message;
    }

    byte[] canonical() {
        JsonBuilder json = JsonBuilder.document(TYPE, FORMAT)
                .with("header", header.toJson())
                .with("handling", handling.toJson())
                .with("content", content.toJson())
                .withAll("files", files, FileManifest::toJson);
        evaluation.ifPresent(given -> json.with("evaluation", given.toJson()));
        onward.ifPresent(signed -> json.with("onward", signed.der()));
        byte[] canonical = json.build().canonical();
        if (canonical.length > Limits.DOCUMENT_BYTES) throw Refusal.TOO_LARGE.because("the message");
        return canonical;
    }
}
