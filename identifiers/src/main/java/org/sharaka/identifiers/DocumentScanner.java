package org.sharaka.identifiers;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that prove little by themselves and need a word beside them: passports, identity documents, companies, vehicles, plates,
 * payment references. The nearest word decides; a number between it and this one cuts the tie.
 */
final class DocumentScanner {
    private static final int WORDS_BEFORE = 6;
    private static final int KINDS = ContextWords.PASSPORT
            | ContextWords.IDENTITY
            | ContextWords.ICE
            | ContextWords.SIREN
            | ContextWords.CIF
            | ContextWords.COMPANY
            | ContextWords.VIN
            | ContextWords.PLATE
            | ContextWords.REFERENCE;

    private final Scan scan;
    private final NormalisedText text;
    private final Tokens tokens;

    private DocumentScanner(Scan scan) {
        this.scan = scan;
        this.text = scan.text;
        this.tokens = scan.tokens;
    }

    static void scan(Scan scan) {
        ReadingZones.scan(scan);
        DocumentScanner scanner = new DocumentScanner(scan);
        for (int token = 0; token < scan.tokens.count(); token++) scanner.token(token);
    }

    private void token(int token) {
        if (!tokens.is(token, Tokens.ASCII) || !scan.isFree(tokens.start(token), tokens.end(token))) return;
        boolean digit = tokens.is(token, Tokens.HAS_DIGIT);
        if (!digit && tokens.length(token) > 3) return;
        int context = nearestContext(token);
        boolean found = (digit && context != 0 && told(token, context)) || plate(token, context);
        if (!found && digit) untold(token);
    }

    /** What the nearest telling word before the number says, with what the word before that adds ("carte nationale"). */
    private int nearestContext(int token) {
        int bits = 0;
        for (int i = token - 1; i >= 0 && i >= token - WORDS_BEFORE && tokens.start(token) - tokens.end(i) <= 60; i--) {
            if (tokens.is(i, Tokens.HAS_DIGIT) && tokens.length(i) > 3) break;
            int here = tokens.context(i) & KINDS;
            if (bits != 0 && here == 0) break;
            bits |= here;
        }
        return bits;
    }

    private boolean told(int token, int context) {
        if ((context & ContextWords.PASSPORT) != 0) return written(token, IdentifierKind.PASSPORT);
        if ((context & ContextWords.ICE) != 0 && digits(token, 15, IdentifierKind.COMPANY_NUMBER, "MA")) return true;
        if ((context & ContextWords.SIREN) != 0
                && (digits(token, 14, IdentifierKind.COMPANY_NUMBER, "FR")
                        || digits(token, 9, IdentifierKind.COMPANY_NUMBER, "FR"))) {
            return true;
        }
        if ((context & ContextWords.VIN) != 0 && vin(token)) return true;
        if ((context & (ContextWords.CIF | ContextWords.COMPANY)) != 0 && company(token)) return true;
        if ((context & ContextWords.IDENTITY) != 0 && written(token, IdentifierKind.IDENTITY_DOCUMENT)) return true;
        return (context & ContextWords.REFERENCE) != 0 && reference(token);
    }

    /** What a form and a check letter make likely enough in its own country, without a word. */
    private void untold(int token) {
        int length = tokens.length(token);
        if (length == Vehicles.VIN_LENGTH) {
            String vin = text.substring(tokens.start(token), tokens.end(token));
            boolean letters = Documents.digits(vin) <= 14 && Compact.allDigits(vin.substring(13));
            if (letters
                    && Vehicles.parseVin(vin) instanceof Parsed.Valid valid
                    && Vehicles.hasVinCheckDigit(valid.identifier().canonical())) {
                scan.add(valid, tokens.start(token), tokens.end(token));
            }
        } else if ((length == 8 || length == 9) && scan.region.code().equals("ES")) {
            int end = spanishEnd(token);
            String number = text.substring(tokens.start(token), end);
            if (Compact.allDigits(number)) return;
            if (!scan.add(Documents.parseIdentity(number, scan.region), tokens.start(token), end)) {
                scan.add(Companies.parse(number, scan.region), tokens.start(token), end);
            }
        }
    }

    /** {@code 12345678-Z}: the letter may stand apart. */
    private int spanishEnd(int token) {
        int end = tokens.end(token);
        int next = token + 1;
        char separator = text.charAt(end);
        boolean letter = next < tokens.count()
                && tokens.start(next) == end + 1
                && tokens.length(next) == 1
                && (separator == '-' || separator == ' ')
                && tokens.is(next, Tokens.ASCII)
                && Character.isUpperCase(text.charAt(end + 1));
        return letter && tokens.is(token, Tokens.DIGITS) ? tokens.end(next) : end;
    }

    /** A document number of one word, with the letters of its series before it or its check letter behind. */
    private boolean written(int token, IdentifierKind kind) {
        Region country = country(token);
        int start = tokens.start(token);
        int end = tokens.end(token);
        if (kind == IdentifierKind.IDENTITY_DOCUMENT && country.code().equals("ES")) end = spanishEnd(token);
        if (end - start > 20) return false;
        boolean ownRules = Vehicles.hasOwnRules(country.code());
        if (!ownRules && (tokens.contextBefore(token, 3) & (ContextWords.IDENTITY | ContextWords.PASSPORT)) == 0)
            return false;
        int withSeries = seriesStart(token);
        if (withSeries < start && scan.add(document(kind, withSeries, end, country), withSeries, end)) return true;
        return scan.add(document(kind, start, end, country), start, end);
    }

    private Parsed document(IdentifierKind kind, int start, int end, Region country) {
        String number = text.substring(start, end);
        return kind == IdentifierKind.PASSPORT
                ? Documents.parsePassport(number, country)
                : Documents.parseIdentity(number, country);
    }

    /** {@code BE 123456}: one to three capitals just before, that are not the telling word itself. */
    private int seriesStart(int token) {
        int start = tokens.start(token);
        int before = token - 1;
        if (before < 0 || tokens.end(before) != start - 1 || tokens.length(before) > 3) return start;
        char separator = text.charAt(start - 1);
        if (separator != ' ' && separator != '-' && separator != '.') return start;
        if (!tokens.is(before, Tokens.ASCII)
                || tokens.is(before, Tokens.HAS_DIGIT)
                || (tokens.context(before) & KINDS) != 0) {
            return start;
        }
        for (int i = tokens.start(before); i < tokens.end(before); i++) {
            if (!Character.isUpperCase(text.charAt(i))) return start;
        }
        return scan.isFree(tokens.start(before), start) ? tokens.start(before) : start;
    }

    private Region country(int token) {
        int context = tokens.contextBefore(token, 5) | tokens.contextBehind(token, 3);
        if ((context & ContextWords.MA) != 0) return new Region("MA");
        if ((context & ContextWords.FR) != 0) return new Region("FR");
        if ((context & ContextWords.ES) != 0) return new Region("ES");
        if ((context & ContextWords.GB) != 0) return new Region("GB");
        return scan.region;
    }

    /** So many digits, in one block or in groups. */
    private boolean digits(int token, int size, IdentifierKind kind, String country) {
        int end = scan.digitsEnd(token, size);
        if (end < 0) return false;
        int start = tokens.start(token);
        Parsed parsed = Identifiers.parse(kind, text.substring(start, end), new Region(country));
        return scan.add(parsed, start, end);
    }

    private boolean company(int token) {
        int start = seriesStart(token);
        int end = tokens.end(token);
        Region country = country(token);
        if (country.code().equals("MA") || country.code().equals("FR") || country.equals(Region.UNKNOWN)) return false;
        // "The company paid 150000": the word for the register or for a number must be the last one.
        int nearest = tokens.context(token - 1) & (KINDS | ContextWords.PHONE);
        boolean money = (tokens.contextBehind(token, 1) & ContextWords.MONEY) != 0;
        if ((nearest == 0 && "#:".indexOf(text.charAt(start - 2)) < 0) || money) return false;
        return end - start <= 20 && scan.add(Companies.parse(text.substring(start, end), country), start, end);
    }

    private boolean vin(int token) {
        if (tokens.length(token) != Vehicles.VIN_LENGTH) return false;
        int start = tokens.start(token);
        return scan.add(Vehicles.parseVin(text.substring(start, tokens.end(token))), start, tokens.end(token));
    }

    /** A payment service's own reference: a word for a reference just before, and one for a payment not far. */
    private boolean reference(int token) {
        if ((tokens.contextBefore(token, 3) & ContextWords.REFERENCE) == 0) return false;
        if ((tokens.contextBefore(token, 10) & ContextWords.PAYMENT) == 0) return false;
        int start = tokens.start(token);
        int end = tokens.end(token);
        while (token - 1 >= 0
                && isReferenceSign(text.charAt(start - 1))
                && isAsciiAlphanumeric(text.charAt(start - 2))) {
            start--;
            while (isAsciiAlphanumeric(text.charAt(start - 1)) && end - start < 40) start--;
            if (end - start >= 40) return false;
        }
        while (end - start < 40 && isReferenceSign(text.charAt(end)) && isAsciiAlphanumeric(text.charAt(end + 1))) {
            end++;
            while (isAsciiAlphanumeric(text.charAt(end))) end++;
        }
        if (end - start > 40 || !scan.isFree(start, end)) return false;
        return scan.add(Transactions.reference(text.substring(start, end), scan.region), start, end);
    }

    private static boolean isReferenceSign(char c) {
        return c == '-' || c == '/' || c == '.' || c == '_';
    }

    private static boolean isAsciiAlphanumeric(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private boolean plate(int token, int context) {
        boolean told = (context & ContextWords.PLATE) != 0;
        String code = told ? country(token).code() : scan.region.code();
        int start = tokens.start(token);
        for (int last = Math.min(token + 2, tokens.count() - 1); last >= token; last--) {
            if (!isPlateRow(token, last)) continue;
            int end = tokens.end(last);
            if (!scan.isFree(start, end)) continue;
            Parsed parsed = plate(text.substring(start, end).toUpperCase(Locale.ROOT), code, told, token, last);
            if (parsed != null && scan.add(parsed, start, end)) return true;
        }
        return false;
    }

    private @Nullable Parsed plate(String written, String code, boolean told, int token, int last) {
        if (told) {
            String own = Vehicles.nationalPlate(written, code);
            if (own != null) return Vehicles.plate(code, own);
            boolean mixed = Documents.digits(written) > 0
                    && Documents.digits(written) < Compact.of(written).length();
            return mixed && !Vehicles.hasOwnRules(code) ? Vehicles.parsePlate(written, new Region(code)) : null;
        }
        if (last == token + 2 && isJoined(token, last)) {
            // An Arabic letter between numbers, joined by hyphens or bars, is Moroccan wherever it is met.
            boolean arabic = Scripts.of(text.charAt(tokens.start(token + 1))) == Scripts.ARABIC;
            String own = Vehicles.nationalPlate(written, arabic ? "MA" : "FR");
            boolean capitals =
                    text.substring(tokens.start(token), tokens.end(last)).equals(written);
            if (own != null && (arabic || (capitals && !Character.isDigit(written.charAt(0))))) {
                return Vehicles.plate(arabic ? "MA" : "FR", own);
            }
        }
        boolean spanish = code.equals("ES") && tokens.length(token) >= 4 && Character.isDigit(written.charAt(0));
        boolean capitals = text.substring(tokens.start(token), tokens.end(last)).equals(written);
        String own = spanish && capitals && last <= token + 1 ? Vehicles.nationalPlate(written, "ES") : null;
        return own == null ? null : Vehicles.plate("ES", own);
    }

    /** Words of a plate stand close: a blank, a hyphen or a bar, perhaps with blanks round it. */
    private boolean isPlateRow(int from, int to) {
        int length = 0;
        for (int i = from; i <= to; i++) {
            length += tokens.length(i);
            if (length > 10) return false;
            if (i == from) continue;
            int gap = tokens.start(i) - tokens.end(i - 1);
            if (gap > 3) return false;
            for (int at = tokens.end(i - 1); at < tokens.start(i); at++) {
                if (" -|/".indexOf(text.charAt(at)) < 0) return false;
            }
        }
        return true;
    }

    private boolean isJoined(int from, int to) {
        for (int i = from; i < to; i++) {
            String gap = text.substring(tokens.end(i), tokens.start(i + 1)).strip();
            if (!gap.equals("-") && !gap.equals("|")) return false;
        }
        return true;
    }
}
