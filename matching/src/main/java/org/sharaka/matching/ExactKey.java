package org.sharaka.matching;

import java.util.Locale;
import java.util.Optional;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Identifiers;
import org.sharaka.identifiers.Region;

/**
 * What names one thing exactly, once in canonical form: a document, account, wallet, telephone, vehicle or vessel number.
 *
 * @param kind as which it is compared: all documents of a person are one kind, since who asks may not know which it is
 * @param value canonical; equal or not, never similar
 * @param country alpha-2 code of the issuer, empty when not known
 */
public record ExactKey(Kind kind, String value, String country) {
    /** As what numbers are compared. */
    public enum Kind {
        DOCUMENT,
        COMPANY_NUMBER,
        ACCOUNT,
        WALLET,
        PHONE,
        EMAIL,
        VEHICLE,
        /** IMO ship number, with its check digit. */
        IMO,
        MMSI,
        /** Registration mark of an aircraft. */
        TAIL,
        OTHER
    }

    private static final int NUMBER_MIN = 4;

    public ExactKey {
        if (value.isBlank()) throw new IllegalArgumentException("value is blank");
    }

    /** What the identifiers library has found canonical. */
    public static ExactKey of(Identifier identifier) {
        String canonical = identifier.canonical();
        return switch (identifier.kind()) {
            case PASSPORT, IDENTITY_DOCUMENT -> withCountry(Kind.DOCUMENT, canonical);
            case COMPANY_NUMBER -> withCountry(Kind.COMPANY_NUMBER, canonical);
            case PLATE -> withCountry(Kind.VEHICLE, canonical);
            case VIN -> new ExactKey(Kind.VEHICLE, canonical, "");
            case IBAN, RIB_MA -> new ExactKey(Kind.ACCOUNT, canonical, "");
            case BTC, ETH, TRX, LTC, XMR -> new ExactKey(Kind.WALLET, canonical, "");
            case PHONE, WHATSAPP -> new ExactKey(Kind.PHONE, canonical, "");
            case EMAIL -> new ExactKey(Kind.EMAIL, canonical, "");
            default -> new ExactKey(Kind.OTHER, identifier.kind() + ":" + canonical, "");
        };
    }

    /** Reads a value of a kind; empty when it is none. */
    public static Optional<ExactKey> parse(IdentifierKind kind, String raw, Region region) {
        return Identifiers.parse(kind, raw, region).asIdentifier().map(ExactKey::of);
    }

    /** A document's number as any country writes it: capitals and digits, at least four with a digit among them. */
    public static Optional<ExactKey> document(String raw, String country) {
        return number(Kind.DOCUMENT, raw, country);
    }

    /** A number in a register, in capitals and digits. */
    public static Optional<ExactKey> number(Kind kind, String raw, String country) {
        StringBuilder compact = new StringBuilder();
        boolean digit = false;
        for (int i = 0; i < raw.length() && i < 64; i++) {
            char c = raw.charAt(i);
            if (Character.isDigit(c)) {
                compact.append((char) ('0' + Character.digit(c, 10)));
                digit = true;
            } else if (Character.isLetter(c)) {
                compact.append(Character.toUpperCase(c));
            }
        }
        if (compact.length() < NUMBER_MIN || !digit) return Optional.empty();
        return Optional.of(new ExactKey(kind, compact.toString(), country.toUpperCase(Locale.ROOT)));
    }

    /** Seven digits of which the last checks the others (IMO resolution A.1117(30)); "IMO" may stand before. */
    public static Optional<ExactKey> imo(String raw) {
        String digits = raw.toUpperCase(Locale.ROOT).replace("IMO", "").strip();
        if (digits.length() != 7 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) return Optional.empty();
        int sum = 0;
        for (int i = 0; i < 6; i++) sum += (7 - i) * (digits.charAt(i) - '0');
        return sum % 10 == digits.charAt(6) - '0' ? Optional.of(new ExactKey(Kind.IMO, digits, "")) : Optional.empty();
    }

    /** Whether both name one thing: the same number, and no two different issuers. */
    public boolean same(ExactKey other) {
        return kind == other.kind
                && value.equals(other.value)
                && (country.isEmpty() || other.country.isEmpty() || country.equals(other.country));
    }

    private static ExactKey withCountry(Kind kind, String canonical) {
        String country = canonical.substring(0, 2);
        return new ExactKey(kind, canonical.substring(3), country.equals("ZZ") ? "" : country);
    }
}
