package org.sharaka.identifiers;

import java.util.ArrayList;
import java.util.List;

/** Machine-readable zones of travel documents (ICAO Doc 9303): three lines of 30 (TD1), two of 36 (TD2) or two of 44 (TD3). */
final class ReadingZones {
    private final Scan scan;
    private final NormalisedText text;
    private final List<int[]> lines = new ArrayList<>();

    private ReadingZones(Scan scan) {
        this.scan = scan;
        this.text = scan.text;
    }

    static void scan(Scan scan) {
        ReadingZones zones = new ReadingZones(scan);
        zones.collect();
        for (int i = 0; i + 1 < zones.lines.size(); i++) zones.zone(i);
    }

    /** Unbroken runs of the zone's characters that have one of its lengths. */
    private void collect() {
        char[] chars = text.units();
        int length = text.length();
        int i = 0;
        while (i < length) {
            int start = i;
            boolean filler = false;
            while (i < length && isZoneChar(chars[i])) filler |= chars[i++] == '<';
            int size = i - start;
            if (filler && (size == 30 || size == 36 || size == 44)) lines.add(new int[] {start, i});
            if (size == 0) i++;
        }
    }

    private void zone(int index) {
        int[] first = lines.get(index);
        int[] second = lines.get(index + 1);
        int size = first[1] - first[0];
        if (second[1] - second[0] != size || second[0] - first[1] > 4) return;
        char kind = text.charAt(first[0]);
        if (size == 30) add(first[0], first[0] + 5, kind, second[1]);
        else add(first[0], second[0], kind, second[1]);
    }

    /** The number's nine places and its check digit, which must agree. */
    private void add(int zone, int number, char kind, int end) {
        String field = text.substring(number, number + 9);
        char check = text.charAt(number + 9);
        if ((!Character.isDigit(check) && check != '<') || !Documents.checks(field, check)) return;
        if (!scan.isFree(zone, end)) return;
        Region issuer = new Region(Documents.issuer(text.substring(zone + 2, zone + 5)));
        String written = field.replace("<", "");
        Parsed parsed =
                kind == 'P' ? Documents.parsePassport(written, issuer) : Documents.parseIdentity(written, issuer);
        scan.add(parsed, number, number + 9);
        scan.take(zone, end);
    }

    private static boolean isZoneChar(char c) {
        return c == '<' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
