package org.sharaka.node.screening;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Gives a process that is no node the same answers and the same API, out of {@link HeldLists} that it offers as a bean beside the audit
 * trail, the {@link AskedHash} and the region of its country.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import({HeldScreening.class, ScreeningApi.class})
public @interface EnableHeldScreening {}
