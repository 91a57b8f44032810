/** Journeys through the console in a real browser: what officers see, in each language, on a phone and on a desktop. */
package org.sharaka.node.browser;
