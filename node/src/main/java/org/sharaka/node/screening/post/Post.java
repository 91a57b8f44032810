package org.sharaka.node.screening.post;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.screening.extract.ExtractFile;
import org.sharaka.node.screening.extract.Manifest;
import org.sharaka.node.screening.extract.Opened;
import org.sharaka.node.screening.hit.HeldDistinctions;

/**
 * A post at work: one extract in memory, until it ends.
 *
 * @param distinctions people who are on record as not being somebody sought
 */
record Post(Opened opened, PostTime time, PostLog log, HeldDistinctions distinctions) {
    /**
     * Opens an extract.
     *
     * @param nanos that only grow
     * @throws OperatorException if it is not of the node that this post believes, not for this post, altered, cut off, over, older than one
     *     that was opened before, or the clock cannot be right
     */
    static Post open(PostHome home, Path extract, Clock clock, LongSupplier nanos) {
        ExtractFile file = ExtractFile.read(extract, home.signer());
        Manifest manifest = file.manifest();
        PostHome.Mark mark = home.mark();
        PostTime time = new PostTime(clock, nanos, mark.latest(), manifest);
        if (manifest.number() < mark.number())
            throw new OperatorException("post.older", manifest.number(), mark.number());
        Opened opened = file.open(home.privateKey());
        UUID id = manifest.id();
        home.keepLogKeys(
                id,
                new PostHome.LogKeys(
                        manifest.number(),
                        manifest.endsAt(),
                        opened.header().secret(),
                        opened.header().logKey()));
        home.mark(new PostHome.Mark(manifest.number(), time.latest(), mark.answered()));
        PostLog log = PostLog.open(home, time, id);
        return new Post(opened, time, log, new HeldDistinctions(opened.distinctions(), log, clock));
    }

    /** Nothing of it is kept in memory any more. */
    void end() {
        opened.lists().end();
        opened.registers().end();
        distinctions.end();
    }
}
