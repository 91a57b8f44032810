package org.sharaka.node.intake;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Countries by code or by name in our four languages (names of CLDR, as the JDK holds them). */
final class CountryNames {
    private static final List<Locale> LANGUAGES =
            List.of(Locale.ENGLISH, Locale.FRENCH, Locale.forLanguageTag("ar"), Locale.forLanguageTag("es"));
    private static final Set<String> NOT_SAID =
            Set.of("", "unknown", "not specified", "not available", "n/a", "-", "inconnu", "non précisé", "غير محدد");
    private static final Map<String, String> CODES = codes();

    private CountryNames() {}

    /**
     * @return empty if the text says that the country is not known
     * @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#BAD_COUNTRY}
     */
    static Optional<String> codeOf(String text) {
        String name = plain(text);
        if (NOT_SAID.contains(name)) return Optional.empty();
        String code = CODES.get(name);
        // ISO 3166 inverts names: "Korea, Republic of".
        int comma = name.indexOf(", ");
        if (code == null && comma > 0) code = CODES.get(name.substring(comma + 2) + " " + name.substring(0, comma));
        if (code == null && comma > 0) code = CODES.get(name.substring(0, comma));
        if (code == null) throw IntakeProblem.BAD_COUNTRY.because("country is neither a code nor a name that we know");
        return Optional.of(code);
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace('’', '\'').replaceAll("\\s+", " ");
    }

    private static Map<String, String> codes() {
        var codes = new HashMap<String, String>();
        for (String code : Locale.getISOCountries()) {
            Locale country = new Locale.Builder().setRegion(code).build();
            codes.put(plain(code), code);
            codes.put(plain(country.getISO3Country()), code);
            for (Locale language : LANGUAGES) codes.put(plain(country.getDisplayCountry(language)), code);
        }
        // Names of ISO 3166-1 and of common use where CLDR has another.
        codes.put("republic of korea", "KR");
        codes.put("democratic people's republic of korea", "KP");
        codes.put("congo", "CG");
        codes.put("the democratic republic of the congo", "CD");
        codes.put("viet nam", "VN");
        codes.put("turkey", "TR");
        codes.put("hong kong", "HK");
        codes.put("macao", "MO");
        codes.put("macedonia", "MK");
        codes.put("palestinian territory", "PS");
        codes.put("palestine", "PS");
        codes.put("united states minor outlying islands", "UM");
        codes.put("antigua and barbuda", "AG");
        codes.put("saint kitts and nevis", "KN");
        codes.put("trinidad and tobago", "TT");
        codes.put("bosnia and herzegovina", "BA");
        codes.put("côte d'ivoire", "CI");
        codes.put("czech republic", "CZ");
        codes.put("uk", "GB");
        codes.put("usa", "US");
        return Map.copyOf(codes);
    }
}
