package org.sharaka.node.triage;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The four languages in which we write to reporters. */
final class TemplateLanguage {
    /** ISO 639-1 codes. */
    static final List<String> ALL = List.of("ar", "fr", "en", "es");

    private TemplateLanguage() {}

    /** The reporter's language if it is one of ours, else the officer's. */
    static String of(Optional<String> reporter, Locale officer) {
        return reporter.map(tag -> Locale.forLanguageTag(tag).getLanguage())
                .filter(ALL::contains)
                .orElse(ALL.contains(officer.getLanguage()) ? officer.getLanguage() : "fr");
    }
}
