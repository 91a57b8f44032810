package org.sharaka.node.crosscheck;

import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.message.ConversationId;

/** Names one cross-check with one member; the same conversation on both sides. */
record CheckKey(MemberId peer, ConversationId conversation) {
    /** @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#NOT_FOUND} for what cannot be one */
    static CheckKey parse(String peer, String conversation) {
        try {
            return new CheckKey(new MemberId(peer), new ConversationId(conversation));
        } catch (RefusedException e) {
            throw CrossCheckProblem.NOT_FOUND.because("no such cross-check");
        }
    }

    String subject() {
        return "crosscheck/" + this;
    }

    /** Of the page of what another asks. */
    String path() {
        return "/crosschecks/" + this;
    }

    @Override
    public String toString() {
        return peer + "/" + conversation;
    }
}
