package org.sharaka.node.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** Gives a process that is no node clock, ids, messages, headers and error answers, and nothing that knows a database. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import({TimeAndChance.class, WebConfiguration.class, WebErrors.class, WebProblems.class})
public @interface EnableWebShell {}
