package org.sharaka.node.exchange;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sharaka.protocol.MemberId;

/** Orders that have something new: one of each sender in turn, so that nobody waits behind all that another sends. For one thread at a time. */
final class Turns {
    private final Map<MemberId, Set<Stream>> bySender = new LinkedHashMap<>();

    void add(Stream stream) {
        boolean unused = bySender.computeIfAbsent(stream.sender(), sender -> new LinkedHashSet<>())
                .add(stream);
    }

    /** Takes out up to so many. */
    List<Stream> take(int most) {
        List<Stream> taken = new ArrayList<>();
        while (taken.size() < most && !bySender.isEmpty()) {
            MemberId sender = bySender.keySet().iterator().next();
            Set<Stream> theirs = bySender.remove(sender);
            Iterator<Stream> each = theirs.iterator();
            taken.add(each.next());
            each.remove();
            if (!theirs.isEmpty()) bySender.put(sender, theirs);
        }
        return taken;
    }
}
