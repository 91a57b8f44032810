package org.sharaka.node.intake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sharaka.node.platform.Vault;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Seals reporters' contact data, each under a key of its own that dies with it. */
final class ContactSafe {
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    private final Vault vault;
    private final JsonMapper json = new JsonMapper();

    ContactSafe(Vault vault) {
        this.vault = vault;
    }

    byte[] seal(ReportId report, Contact contact) {
        var fields = new LinkedHashMap<String, String>();
        contact.name().ifPresent(name -> fields.put("name", name));
        contact.email().ifPresent(email -> fields.put("email", email));
        contact.phone().ifPresent(phone -> fields.put("phone", phone));
        contact.language().ifPresent(language -> fields.put("language", language));
        return vault.seal(context(report), json.writeValueAsBytes(fields));
    }

    Contact open(ReportId report, byte[] sealed) {
        Map<String, String> fields = json.readValue(vault.open(context(report), sealed), FIELDS);
        return new Contact(
                Optional.ofNullable(fields.get("name")),
                Optional.ofNullable(fields.get("email")),
                Optional.ofNullable(fields.get("phone")),
                Optional.ofNullable(fields.get("language")));
    }

    private static String context(ReportId report) {
        return "intake.contact/" + report;
    }
}
