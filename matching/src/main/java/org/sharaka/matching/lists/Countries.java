package org.sharaka.matching.lists;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names of countries as lists write them, in English. */
final class Countries {
    private static final Map<String, String> CODES = codes();

    private Countries() {}

    /** Alpha-2 code of a name or code; empty when it is none. */
    static Optional<String> code(String name) {
        String plain = plain(name);
        if (plain.length() == 2 && CODES.containsValue(plain.toUpperCase(Locale.ROOT))) {
            return Optional.of(plain.toUpperCase(Locale.ROOT));
        }
        return Optional.ofNullable(CODES.get(plain));
    }

    private static String plain(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replace("the ", "")
                .replace(" and ", " & ")
                .replace(".", "");
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            Locale country = new Locale.Builder().setRegion(code).build();
            codes.put(plain(country.getDisplayCountry(Locale.ENGLISH)), code);
        }
        String[][] more = {
            {"iran (islamic republic of)", "IR"},
            {"iran, islamic republic of", "IR"},
            {"syrian arab republic", "SY"},
            {"syria", "SY"},
            {"russian federation", "RU"},
            {"democratic people's republic of korea", "KP"},
            {"korea, north", "KP"},
            {"north korea", "KP"},
            {"korea, south", "KR"},
            {"south korea", "KR"},
            {"republic of korea", "KR"},
            {"democratic republic of congo", "CD"},
            {"congo, democratic republic of the", "CD"},
            {"congo, democratic republic of", "CD"},
            {"congo", "CG"},
            {"burma", "MM"},
            {"myanmar", "MM"},
            {"united republic of tanzania", "TZ"},
            {"venezuela (bolivarian republic of)", "VE"},
            {"libya", "LY"},
            {"united kingdom of great britain & northern ireland", "GB"},
            {"united states of america", "US"},
            {"usa", "US"},
            {"ivory coast", "CI"},
            {"cote d ivoire", "CI"},
            {"côte d'ivoire", "CI"},
            {"palestinian", "PS"},
            {"west bank", "PS"},
            {"bosnia-herzegovina", "BA"},
            {"macedonia", "MK"},
            {"kosovo", "XK"},
            {"turkey", "TR"},
            {"viet nam", "VN"},
            {"hong kong", "HK"},
            {"cape verde", "CV"},
            {"gambia", "GM"},
            {"bahamas, the", "BS"},
            {"united arab emirates", "AE"},
            {"brunei", "BN"}
        };
        for (String[] pair : more) codes.putIfAbsent(plain(pair[0]), pair[1]);
        return Map.copyOf(codes);
    }
}
