package org.sharaka.node.exchange;

import org.sharaka.protocol.message.SignedMessage;

/** Somebody shared data of another's with us; published in the transaction that takes it in, whatever it is about. */
public record OnwardAccepted(SignedMessage message) {}
