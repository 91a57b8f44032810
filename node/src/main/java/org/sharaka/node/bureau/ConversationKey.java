package org.sharaka.node.bureau;

import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.message.ConversationId;

/** A conversation with one member. The id alone says nothing: another member may have chosen the same. */
record ConversationKey(MemberId peer, ConversationId id) {
    /** @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND} for what names none */
    static ConversationKey parse(String peer, String id) {
        try {
            return new ConversationKey(new MemberId(peer), new ConversationId(id));
        } catch (RefusedException e) {
            throw BureauProblem.NOT_FOUND.because("no such conversation");
        }
    }

    /** Of its page. */
    String path() {
        return "/bureau/conversations/" + this;
    }

    @Override
    public String toString() {
        return peer + "/" + id;
    }
}
