package org.sharaka.protocol.roster;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/**
 * One member as a roster lists it.
 *
 * @param country ISO 3166-1 alpha-2; absent for bodies of no country
 * @param names in Arabic, English, Spanish and French, by language code
 * @param endpoints where peers deliver; none if the node collects its mail itself
 * @param logKeys with which it signs its checkpoints (C2SP signature type 1), all under one name
 * @param cosignerKeys with which it cosigns others' (type 4)
 */
public record Member(
        MemberId id,
        Optional<String> country,
        Map<String, String> names,
        Role role,
        Status status,
        List<URI> endpoints,
        Map<KeyUse, List<Certificate>> certificates,
        List<NoteKey> logKeys,
        List<NoteKey> cosignerKeys) {
    private static final Set<String> LANGUAGES = Set.of("ar", "en", "es", "fr");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final int MAX_ENDPOINTS = 8;

    public Member {
        names = Map.copyOf(names);
        endpoints = List.copyOf(endpoints);
        EnumMap<KeyUse, List<Certificate>> copied = new EnumMap<>(KeyUse.class);
        certificates.forEach((use, listed) -> copied.put(use, List.copyOf(listed)));
        certificates = java.util.Collections.unmodifiableMap(copied);
        logKeys = List.copyOf(logKeys);
        cosignerKeys = List.copyOf(cosignerKeys);
        require(names.keySet().equals(LANGUAGES), id, "names in ar, en, es and fr");
        require(country.isEmpty() || COUNTRY.matcher(country.get()).matches(), id, "a country code");
        require(role != Role.BUREAU || country.isPresent(), id, "a bureau has a country");
        require(endpoints.size() <= MAX_ENDPOINTS && endpoints.stream().allMatch(Member::usable), id, "endpoints");
        require(
                status == Status.DEPARTED || hasItsKeys(role, certificates),
                id,
                "the certificates that its role needs");
        certificates.forEach((use, listed) -> {
            if (listed.size() > Limits.CERTIFICATES_PER_USE) throw Refusal.TOO_MANY.because(use + " certificates");
            listed.forEach(certificate -> certificate.requireFor(use));
        });
        require(logKeys.stream().allMatch(key -> key.type() == NoteKey.Type.ED25519), id, "log keys");
        require(cosignerKeys.stream().allMatch(key -> key.type() == NoteKey.Type.COSIGNATURE), id, "cosigner keys");
        // The name is the log's: two names would be two logs, one for each audience.
        require(logKeys.stream().map(NoteKey::name).distinct().count() <= 1, id, "one name for all log keys");
    }

    private static boolean hasItsKeys(Role role, Map<KeyUse, List<Certificate>> certificates) {
        if (role == Role.OBSERVER) return true;
        return has(certificates, KeyUse.SIGNING)
                && has(certificates, KeyUse.SEALING)
                && has(certificates, KeyUse.TLS)
                && (role != Role.BUREAU || has(certificates, KeyUse.ROSTER));
    }

    private static boolean has(Map<KeyUse, List<Certificate>> certificates, KeyUse use) {
        return !certificates.getOrDefault(use, List.of()).isEmpty();
    }

    private static boolean usable(URI endpoint) {
        return "https".equals(endpoint.getScheme())
                && endpoint.getHost() != null
                && endpoint.getUserInfo() == null
                && endpoint.getFragment() == null
                && endpoint.toString().length() <= 200;
    }

    private static void require(boolean kept, MemberId id, String what) {
        if (!kept) throw Refusal.ROSTER_UNSOUND.because(id + ": " + what);
    }

    public List<Certificate> certificates(KeyUse use) {
        return certificates.getOrDefault(use, List.of());
    }

    /** Its keys for logs and cosignatures. */
    List<NoteKey> noteKeys() {
        return Stream.concat(logKeys.stream(), cosignerKeys.stream()).toList();
    }

    public boolean votes() {
        return role == Role.BUREAU && status == Status.ACTIVE;
    }

    /** Whether messages go to and come from it. */
    public boolean exchanges() {
        return role != Role.OBSERVER && status == Status.ACTIVE;
    }

    public boolean lists(KeyUse use, Certificate certificate) {
        return listed(use, certificate).isPresent();
    }

    /** The certificate as this roster holds it, if it lists these bytes for the use. */
    public Optional<Certificate> listed(KeyUse use, Certificate certificate) {
        return certificates(use).stream().filter(certificate::equals).findFirst();
    }

    /** Where to seal to: of the certificates valid now, the one that is valid longest. */
    public Optional<Certificate> sealingAt(Instant now) {
        return certificates(KeyUse.SEALING).stream()
                .filter(certificate -> certificate.validAt(now))
                .max(java.util.Comparator.comparing(Certificate::notAfter));
    }

    public Member with(Status changed) {
        return new Member(id, country, names, role, changed, endpoints, certificates, logKeys, cosignerKeys);
    }

    public static Member parse(JsonObject json) {
        Fields fields = Fields.of(json, "member");
        Fields named = fields.fields("names");
        Map<String, String> names = new HashMap<>();
        for (String language : LANGUAGES) names.put(language, named.text(language, 200));
        named.end();
        Map<KeyUse, List<Certificate>> certificates = new EnumMap<>(KeyUse.class);
        fields.fieldsIfAny("certificates").ifPresent(listed -> {
            if (listed.isEmpty()) throw Refusal.FIELD_WRONG.because("member.certificates: empty; leave it out");
            for (KeyUse use : KeyUse.values())
                certificates.put(
                        use,
                        listed
                                .bytesList(Fields.nameOf(use), Limits.CERTIFICATES_PER_USE, Limits.CERTIFICATE_BYTES)
                                .stream()
                                .map(Certificate::parse)
                                .toList());
            listed.end();
        });
        Member member = new Member(
                fields.parsed("id", 32, MemberId::new),
                fields.textIfAny("country", 2),
                names,
                fields.constant("role", Role.class),
                fields.constant("status", Status.class),
                fields.texts("endpoints", MAX_ENDPOINTS, 200).stream()
                        .map(Member::endpoint)
                        .toList(),
                certificates,
                keys(fields, "logKeys"),
                keys(fields, "cosignerKeys"));
        fields.end();
        return member;
    }

    private static URI endpoint(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw Refusal.FIELD_WRONG.because("member.endpoints: not an address", e);
        }
    }

    private static List<NoteKey> keys(Fields fields, String name) {
        return fields.texts(name, Limits.CERTIFICATES_PER_USE, 300).stream()
                .map(NoteKey::parse)
                .toList();
    }

    public JsonObject toJson() {
        TreeMap<String, JsonValue> named = new TreeMap<>();
        names.forEach((language, name) -> named.put(language, JsonValue.of(name)));
        JsonBuilder listed = JsonBuilder.object();
        certificates.forEach(
                (use, list) -> listed.withAll(Fields.nameOf(use), list, certificate -> base64(certificate.der())));
        JsonBuilder json = JsonBuilder.object()
                .withText("id", id)
                .withText("country", country)
                .with("names", new JsonObject(named))
                .with("role", role)
                .with("status", status)
                .withAll("endpoints", endpoints, endpoint -> JsonValue.of(endpoint.toString()))
                .withAll("logKeys", logKeys, key -> JsonValue.of(key.toString()))
                .withAll("cosignerKeys", cosignerKeys, key -> JsonValue.of(key.toString()));
        JsonObject certificatesJson = listed.build();
        return (certificatesJson.members().isEmpty() ? json : json.with("certificates", certificatesJson)).build();
    }

    private static JsonValue base64(byte[] bytes) {
        return JsonValue.of(java.util.Base64.getEncoder().encodeToString(bytes));
    }
}
