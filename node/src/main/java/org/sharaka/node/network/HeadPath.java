package org.sharaka.node.network;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.sharaka.node.exchange.PeerPath;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.checkpoint.SeenHeads;
import org.sharaka.protocol.checkpoint.ShownHead;
import org.sharaka.protocol.roster.Member;

/** Where members ask for our head, and where those that nobody can call bring theirs (docs/protocol.md section 9). */
final class HeadPath implements PeerPath {
    static final String PATH = "/v1/head";
    static final String FROM = "from=";
    private static final Pattern QUERY = Pattern.compile("(" + FROM + "([1-9][0-9]{0,15}(,[1-9][0-9]{0,15}){0,15})?)?");

    private final OwnLog own;
    private final HeadWatch watch;

    HeadPath(OwnLog own, HeadWatch watch) {
        this.own = own;
        this.watch = watch;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int bodyLimit() {
        return HeadWatch.SHOWN_BYTES;
    }

    @Override
    public byte[] answer(Member peer, String query, byte[] body) {
        if (body.length > 0)
            return new SeenHeads(Map.of(
                            peer.id(),
                            watch.brought(peer, ShownHead.parse(body)).told()))
                    .encoded();
        return own.show(sizes(query)).encoded();
    }

    static NavigableSet<Long> sizes(String query) {
        if (!QUERY.matcher(query).matches()) throw Refusal.FIELD_WRONG.because("from=SIZE,SIZE…");
        NavigableSet<Long> sizes = new TreeSet<>();
        if (query.length() > FROM.length())
            Arrays.stream(query.substring(FROM.length()).split(","))
                    .map(Long::valueOf)
                    .forEach(sizes::add);
        return sizes;
    }
}
