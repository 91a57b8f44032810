package org.sharaka.protocol;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that something was refused, and with which code. */
public final class Refused {
    private Refused() {}

    public static void with(Refusal refusal, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> org.assertj.core.api.Assertions.assertThat(e.refusal())
                                .as(e.getMessage())
                                .isEqualTo(refusal));
    }
}
