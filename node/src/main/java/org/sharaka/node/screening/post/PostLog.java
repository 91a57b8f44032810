package org.sharaka.node.screening.post;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sharaka.matching.PossibleMatch;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.Screened;
import org.sharaka.node.screening.extract.QueryLine;
import org.sharaka.node.screening.extract.QueryLog;
import org.sharaka.node.screening.register.Registered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A post's part of the record: what stands in the audit once it came home. A line is on the disk before what it tells of is answered, and the
 * mark beside counts it, so neither a killed process nor a cut file loses a question that was answered. Thread-safe.
 */
final class PostLog implements AuditTrail, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostLog.class);

    private final PostHome home;
    private final PostTime time;
    private final UUID extract;
    private final PostHome.LogKeys keys;
    private final QueryLog format;
    private final FileChannel channel;
    private long whole;
    private long lines;
    private byte[] head;

    private PostLog(
            PostHome home,
            PostTime time,
            UUID extract,
            PostHome.LogKeys keys,
            FileChannel channel,
            List<QueryLog.Line> known)
            throws IOException {
        this.home = home;
        this.time = time;
        this.extract = extract;
        this.keys = keys;
        this.format = new QueryLog(extract, keys.secret());
        this.channel = channel;
        this.whole = channel.position();
        this.lines = known.size();
        this.head =
                known.isEmpty() ? format.start() : known.get(known.size() - 1).hash();
    }

    /**
     * Goes on with the log of an extract, or begins it. What a killed process had begun to write, and so had not answered, is taken away.
     *
     * @throws OperatorException if the log was altered, or has less than was answered
     */
    static PostLog open(PostHome home, PostTime time, UUID extract) {
        PostHome.LogKeys keys = home.logKeys(extract);
        QueryLog format = new QueryLog(extract, keys.secret());
        Path file = home.logFile(extract);
        long answered = home.mark().answered().getOrDefault(extract.toString(), 0L);
        try {
            if (!Files.exists(file)) {
                if (answered > 0) throw new OperatorException("post.log-cut", file, 0, answered);
                begin(file, format);
            }
            List<QueryLog.Line> known = format.read(file, true);
            if (known.size() < answered) throw new OperatorException("post.log-cut", file, known.size(), answered);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            long whole = format.first().length();
            for (QueryLog.Line each : known) whole += QueryLog.written(each).length();
            channel.truncate(whole);
            channel.position(whole);
            return new PostLog(home, time, extract, keys, channel, known);
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, file);
        }
    }

    /** A first line that broke off would make the file none, so it is written beside and moved. */
    private static void begin(Path file, QueryLog format) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, format.first(), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(fresh, file);
    }

    @Override
    public <T> T readAll(Actor actor, String action, List<String> subjects, Supplier<T> read) {
        Instant at = time.require();
        T result;
        try {
            result = read.get();
        } catch (ProblemException e) {
            enter(at, actor, action, subjects, each -> "refused/" + e.type().code());
            throw e;
        }
        enter(at, actor, action, subjects, i -> word(result, i, subjects.size()));
        return result;
    }

    /** What happened otherwise at the post: who came in, who did not. */
    void enter(Actor actor, String action, String subject, String result) {
        enter(time.require(), actor, action, List.of(subject), each -> result);
    }

    private void enter(
            Instant at, Actor actor, String action, List<String> subjects, Function<Integer, String> result) {
        List<QueryLine> content = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++)
            content.add(new QueryLine(
                    at.truncatedTo(ChronoUnit.MILLIS),
                    actor.kind(),
                    actor.id(),
                    actor.unit(),
                    actor.purpose(),
                    action,
                    subjects.get(i),
                    result.apply(i)));
        append(content);
    }

    /** One word for what came of a question: nothing of who was asked for. */
    private static String word(Object result, int at, int of) {
        // Of several, those without a number are asked of no register and have no line.
        if (!(result instanceof List<?> list)) return word(result);
        if (list.size() == of) return word(list.get(at));
        return list.stream().map(PostLog::word).anyMatch("same-number"::equals) ? "same-number" : "no-match";
    }

    private static String word(Object result) {
        if (result instanceof Screened screened) return word(screened);
        if (result instanceof Registered registered) return registered.isEmpty() ? "no-match" : "same-number";
        if (result instanceof Optional<?> told) return told.isPresent() ? "not-this-person" : "no-match";
        if (result instanceof Collection<?> found) return found.isEmpty() ? "no-match" : "possible-match";
        return "shown";
    }

    private static String word(Screened screened) {
        List<Screened.Possible> open =
                screened.possible().stream().filter(Screened.Possible::open).toList();
        if (open.stream().anyMatch(each -> each.match().kind() == PossibleMatch.Kind.SAME_NUMBER)) return "same-number";
        if (!open.isEmpty()) return "possible-match";
        return screened.possible().isEmpty() ? "no-match" : "not-this-person";
    }

    private synchronized void append(List<QueryLine> content) {
        try {
            StringBuilder text = new StringBuilder();
            long number = lines;
            byte[] before = head;
            for (QueryLine each : content) {
                QueryLog.Line line = format.next(++number, before, each, keys.logKey());
                before = line.hash();
                text.append(QueryLog.written(line));
            }
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
            // Over what a write that failed may have left.
            channel.truncate(whole).position(whole);
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(false);
            whole = channel.position();
            lines = number;
            head = before;
            count();
        } catch (IOException | OperatorException e) {
            LOG.error("a question could not be logged and is not answered", e);
            throw PostProblem.LOG_FAILED.because("extract " + extract);
        }
    }

    private void count() {
        PostHome.Mark before = home.mark();
        Map<String, Long> answered = new HashMap<>(before.answered());
        answered.put(extract.toString(), lines);
        home.mark(new PostHome.Mark(before.number(), time.latest(), answered));
    }

    /** Keeps the time that was seen, also while nobody asks. */
    synchronized void tick() {
        count();
    }

    /**
     * Ends the log as it goes home.
     *
     * @param last whether nothing can follow
     */
    void handOver(boolean last, Actor actor, Instant at) {
        append(List.of(new QueryLine(
                at.truncatedTo(ChronoUnit.MILLIS),
                actor.kind(),
                actor.id(),
                Optional.empty(),
                Optional.empty(),
                QueryLine.HAND_OVER,
                "post/" + home.name(),
                last ? QueryLine.LAST : "open")));
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A post decides nothing: that is the bureau's (S2). */
    @Override
    public <T> T act(Actor actor, String action, String subject, Function<EntryId, T> act) {
        throw new IllegalStateException("a post decides nothing: " + action);
    }

    @Override
    public List<EntryId> enterAll(Actor actor, List<Deed> deeds) {
        throw new IllegalStateException("a post decides nothing");
    }
}
