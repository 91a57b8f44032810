package org.sharaka.node.screening.post;

import java.time.Duration;
import org.sharaka.node.platform.BackgroundJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second whether the extract has ended, and keeps the time that was seen, also while nobody asks. */
final class PostRounds extends BackgroundJob {
    private static final Logger LOG = LoggerFactory.getLogger(PostRounds.class);
    private static final int KEPT_EVERY = 60;

    private final Post post;
    private int rounds;
    private boolean ended;

    PostRounds(Post post) {
        super("post-time", Rhythm.every(Duration.ofSeconds(1)));
        this.post = post;
    }

    @Override
    protected boolean round() {
        if (ended) return false;
        if (post.time().ended()) {
            ended = true;
            post.end();
            LOG.info("the extract has ended, nothing is answered any more");
        }
        if (++rounds % KEPT_EVERY == 0 || ended) post.log().tick();
        return false;
    }
}
