package org.sharaka.node.screening.register;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sharaka.matching.ExactKey;
import org.sharaka.node.screening.ScreeningProblem;

/**
 * A stolen vehicle as its country of registration reports it. There is no field for a person.
 *
 * @param vin number on the chassis; this or the plate, or both
 * @param country where it is registered, ISO 3166-1 alpha-2
 */
public record NewVehicle(
        Optional<String> vin,
        Optional<String> plate,
        String country,
        Optional<String> make,
        Optional<String> model,
        Optional<LocalDate> happenedOn,
        Optional<String> reference) {
    private static final int VIN_MIN = 5;
    private static final int VIN_MAX = 40;
    private static final int PLATE_MAX = 20;
    private static final Pattern WORDS = Pattern.compile("[A-Z0-9][A-Z0-9 .-]{0,39}");

    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#BAD_REGISTER_ENTRY} */
    public NewVehicle {
        vin = vin.filter(text -> !text.isBlank()).map(text -> number("vin", text, VIN_MIN, VIN_MAX));
        plate = plate.filter(text -> !text.isBlank()).map(text -> number("plate", text, 1, PLATE_MAX));
        if (vin.isEmpty() && plate.isEmpty())
            throw ScreeningProblem.BAD_REGISTER_ENTRY.because("vin or plate is missing");
        country = NewDocument.country(country);
        make = words("make", make);
        model = words("model", model);
        reference = NewDocument.reference(reference);
    }

    private static String number(String what, String typed, int least, int most) {
        return ExactKey.number(ExactKey.Kind.VEHICLE, typed, "")
                .map(ExactKey::value)
                .filter(value -> value.length() >= least && value.length() <= most)
                .filter(value -> typed.strip().length() <= VIN_MAX)
                .orElseThrow(() ->
                        ScreeningProblem.BAD_REGISTER_ENTRY.because(what + ": letters and digits, at least four"));
    }

    private static Optional<String> words(String what, Optional<String> given) {
        Optional<String> words =
                given.map(text -> text.strip().toUpperCase(Locale.ROOT)).filter(text -> !text.isEmpty());
        if (words.filter(text -> !WORDS.matcher(text).matches()).isPresent())
            throw ScreeningProblem.BAD_REGISTER_ENTRY.because(what + ": up to 40 Latin letters, digits and spaces");
        return words;
    }
}
