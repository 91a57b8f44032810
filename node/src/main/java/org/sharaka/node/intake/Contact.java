package org.sharaka.node.intake;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * How to reach a reporter who gave a name. Kept sealed and apart from the report; prints nothing, so that it cannot slip
 * into a log.
 *
 * @param language BCP 47 tag of the language the reporter prefers
 */
public record Contact(
        Optional<String> name, Optional<String> email, Optional<String> phone, Optional<String> language) {
    static final int NAME_LENGTH_MAX = 200;
    /** RFC 5321 section 4.5.3.1: 64 of local part, 255 of domain, and the sign between. */
    static final int EMAIL_LENGTH_MAX = 320;

    static final int PHONE_LENGTH_MAX = 40;

    /** @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#FIELD_TOO_LONG}, {@link IntakeProblem#BAD_CONTACT} */
    public Contact {
        name = name.flatMap(given -> WrittenText.line("reporter.name", given, NAME_LENGTH_MAX));
        email = email.flatMap(given -> WrittenText.line("reporter.email", given, EMAIL_LENGTH_MAX));
        phone = phone.flatMap(given -> WrittenText.line("reporter.phone", given, PHONE_LENGTH_MAX));
        language = language.flatMap(given -> WrittenText.language("reporter.language", given));
        if (Stream.of(name, email, phone).allMatch(Optional::isEmpty))
            throw IntakeProblem.BAD_CONTACT.because("a reporter has neither name nor e-mail nor phone");
        if (email.isPresent() && !email.get().matches("[^\\s@]+@[^\\s@]+"))
            throw IntakeProblem.BAD_CONTACT.because("reporter.email is not an e-mail address");
        if (phone.isPresent() && !phone.get().matches("[\\p{Nd}+() ./-]*\\p{Nd}[\\p{Nd}+() ./-]*"))
            throw IntakeProblem.BAD_CONTACT.because("reporter.phone is not a telephone number");
    }

    @Override
    public String toString() {
        return "Contact[sealed]";
    }
}
