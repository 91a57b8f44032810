/**
 * What a post without network takes along: lists, registers and distinguishing records of one moment, signed, sealed to that post and
 * ending by themselves; and what its log brings home. May depend on the rest of screening but the desk; never holds hits, dismissals,
 * questions, or anybody who reported (S11).
 */
@NullMarked
package org.sharaka.node.screening.extract;

import org.jspecify.annotations.NullMarked;
