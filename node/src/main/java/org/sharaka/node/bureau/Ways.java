package org.sharaka.node.bureau;

import java.util.UUID;
import java.util.function.Supplier;
import org.sharaka.node.platform.ProblemException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a form leads: to a page that says what was done, or why not. */
final class Ways {
    private Ways() {}

    static String to(ConversationKey key) {
        return "redirect:" + key.path();
    }

    /** @throws ProblemException {@link BureauProblem#NOT_FOUND} */
    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw BureauProblem.NOT_FOUND.because("no such message");
        }
    }

    /** @param what of the message {@code bureau.done.…} */
    static String done(RedirectAttributes next, ConversationKey key, String what, Runnable act) {
        return done(next, to(key), what, act);
    }

    static String done(RedirectAttributes next, String way, String what, Runnable act) {
        return attempt(next, way, () -> {
            act.run();
            next.addFlashAttribute("done", "bureau.done." + what);
            return way;
        });
    }

    /** @param way where it leads if it is refused */
    static String attempt(RedirectAttributes next, String way, Supplier<String> act) {
        try {
            return act.get();
        } catch (ProblemException e) {
            return refused(e, next, way);
        }
    }

    static String refused(ProblemException e, RedirectAttributes next, String way) {
        requireTold(e);
        next.addFlashAttribute("refused", "problem." + e.type().code());
        return way;
    }

    /** Throws on what an officer cannot mend on the page. */
    static void requireTold(ProblemException e) {
        int status = e.type().status();
        if (status != 409 && status != 422 && status != 503) throw e;
    }
}
