package org.sharaka.node.agreement;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An offence, or a family of offences, of the catalogue.
 *
 * @param punishments by ISO 3166-1 alpha-2 code
 */
public record Offence(OffenceCode code, Names names, Map<String, Punishment> punishments) {
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    public Offence {
        if (!names.complete(Agreement.NAME_LENGTH_MAX))
            throw AgreementProblem.NAMES_MISSING.because("names in ar, en, es and fr, up to 300 characters");
        punishments.keySet().forEach(country -> {
            if (!COUNTRY.matcher(country).matches())
                throw AgreementProblem.BAD_PARTY.because("punishments are by ISO 3166-1 alpha-2");
        });
        punishments = java.util.Collections.unmodifiableMap(new TreeMap<>(punishments));
    }

    public Optional<Punishment> in(PartyCode party) {
        return party.country().map(punishments::get);
    }

    Offence with(String country, Punishment punishment) {
        TreeMap<String, Punishment> all = new TreeMap<>(punishments);
        all.put(country, punishment);
        return new Offence(code, names, all);
    }

    Offence without(String country) {
        TreeMap<String, Punishment> rest = new TreeMap<>(punishments);
        rest.remove(country);
        return new Offence(code, names, rest);
    }
}
