package org.sharaka.node.access;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Argon2id (RFC 9106) with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet); at most two at a time, so
 * that a flood of log-ins takes neither the memory nor all processors.
 */
final class Passwords {
    static final int SHORTEST = 12;
    static final int LONGEST = 200;
    private static final int AT_ONCE = 2;

    private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    private final Semaphore permits = new Semaphore(AT_ONCE, true);
    /** Compared where there is no officer, so that unknown costs what known costs. */
    private final String nobodys;

    Passwords(String neverUsed) {
        nobodys = hash(neverUsed);
    }

    /**
     * Length is what counts; rules about digits and signs only make people write passwords down (NIST SP 800-63B).
     *
     * @throws org.sharaka.node.platform.ProblemException {@link AccessProblem#PASSWORD_WEAK}
     */
    String hashOfNew(String password, Login login) {
        boolean weak = password.length() < SHORTEST
                || password.length() > LONGEST
                || password.toLowerCase(java.util.Locale.ROOT).contains(login.value())
                || password.chars().distinct().count() < 5;
        if (weak)
            throw AccessProblem.PASSWORD_WEAK.because("12 to 200 characters, not the login name, not a few repeated");
        return hash(password);
    }

    /** Takes the same time whether there is a hash to compare with or not. */
    boolean matches(String password, Optional<String> hash) {
        String bounded = password.length() > LONGEST ? password.substring(0, LONGEST) : password;
        permits.acquireUninterruptibly();
        try {
            boolean equal = argon2.matches(bounded, hash.orElse(nobodys));
            return equal && hash.isPresent() && bounded.length() == password.length();
        } finally {
            permits.release();
        }
    }

    private String hash(String password) {
        permits.acquireUninterruptibly();
        try {
            String hash = argon2.encode(password);
            if (hash == null) throw new IllegalStateException("no hash");
            return hash;
        } finally {
            permits.release();
        }
    }
}
