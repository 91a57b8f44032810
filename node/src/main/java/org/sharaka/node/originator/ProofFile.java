package org.sharaka.node.originator;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Files to hand to a court, as an officer's browser gets them. */
public final class ProofFile {
    private ProofFile() {}

    /** A ZIP that the browser keeps for the officer and nobody else. */
    public static ResponseEntity<byte[]> zip(String name, byte[] bytes) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.parseMediaType("application/zip"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + ".zip")
                                .build()
                                .toString())
                .body(bytes);
    }

    /** What the files in a ZIP are, in the officer's language, and the commands that verify them. */
    public static Function<List<String>, String> readme(MessageSource messages, String key, Locale locale) {
        return commands ->
                messages.getMessage(key, new Object[0], locale) + "\n\n" + String.join("\n", commands) + "\n";
    }
}
