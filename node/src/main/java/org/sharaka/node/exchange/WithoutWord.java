package org.sharaka.node.exchange;

import java.time.Instant;
import org.sharaka.protocol.MemberId;

/**
 * After our return from a backup an officer uses a member's data again, though that member has not said what it ordered meanwhile.
 *
 * @param by the officer's id
 */
public record WithoutWord(MemberId member, String by, Instant at, String reason) {}
