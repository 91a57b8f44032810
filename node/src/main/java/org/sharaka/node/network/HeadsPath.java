package org.sharaka.node.network;

import org.sharaka.node.exchange.PeerPath;
import org.sharaka.protocol.roster.Member;

/** Where members ask what we saw of the others' logs (docs/protocol.md section 9). */
final class HeadsPath implements PeerPath {
    static final String PATH = "/v1/heads";

    private final HeadWatch watch;

    HeadsPath(HeadWatch watch) {
        this.watch = watch;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int bodyLimit() {
        return 0;
    }

    @Override
    public byte[] answer(Member peer, String query, byte[] body) {
        return watch.seen().encoded();
    }
}
