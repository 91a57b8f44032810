package org.sharaka.node.intake;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What makes a report urgent, and how its reporter wants to be dealt with.
 *
 * @param danger somebody is in danger now
 * @param child the matter concerns a child
 * @param reporterMinor the reporter is under 18
 * @param moneySentAt when money left that may still be stopped
 * @param sharedPhone others use the reporter's device: nothing sent there may tell of the report (S13)
 * @param femaleOfficer the reporter asks for a female officer
 * @param wantsNews the reporter wishes to hear if the report helped
 * @param particulars further fields by stable key, for instance {@code money.transaction-id}; card numbers are hidden
 *     when they are stored
 */
public record Circumstances(
        boolean danger,
        boolean child,
        boolean reporterMinor,
        Optional<Instant> moneySentAt,
        boolean sharedPhone,
        boolean femaleOfficer,
        boolean wantsNews,
        Map<String, String> particulars) {
    public static final int PARTICULARS_MAX = 60;
    /** In UTF-16 units. */
    public static final int PARTICULAR_LENGTH_MAX = 4_000;

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,30}\\.[a-z][a-z0-9-]{0,30}");

    /** @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#FIELD_TOO_LONG}, {@link IntakeProblem#UNKNOWN_VALUE} */
    public Circumstances {
        if (particulars.size() > PARTICULARS_MAX)
            throw IntakeProblem.FIELD_TOO_LONG.because("more than " + PARTICULARS_MAX + " particulars");
        var read = new TreeMap<String, String>();
        particulars.forEach((key, value) -> {
            if (!KEY.matcher(key).matches())
                throw IntakeProblem.UNKNOWN_VALUE.because("a particular has an impossible key");
            if (value.length() > PARTICULAR_LENGTH_MAX)
                throw IntakeProblem.FIELD_TOO_LONG.because(key + " is longer than " + PARTICULAR_LENGTH_MAX);
            String text = WrittenText.repaired(value).strip();
            if (!text.isEmpty()) read.put(key, text);
        });
        particulars = Map.copyOf(read);
    }

    /** Nothing was said. */
    public static Circumstances none() {
        return new Circumstances(false, false, false, Optional.empty(), false, false, false, Map.of());
    }

    @Override
    public String toString() {
        return "Circumstances[danger=" + danger + ", child=" + child + "]";
    }
}
