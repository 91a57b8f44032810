package org.sharaka.node.screening;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.sharaka.matching.Entry;
import org.sharaka.matching.lists.ListReport;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;

/**
 * Puts published lists in force. Memory does not grow with the file. A file counts as a whole or not at all: one that breaks off
 * leaves the list in force as it was, and readers see the old list until they see the new one.
 */
public final class ListImportService {
    private static final int BATCH = 1_000;

    /** A file that takes away more than this part of a list, and more than so many entries, is more often broken than right. */
    private static final double SHRINKS_PART = 0.1;

    private static final int SHRINKS_ENTRIES = 20;

    private final SqlLists lists;
    private final AuditTrail audit;
    private final Clock clock;

    ListImportService(SqlLists lists, AuditTrail audit, Clock clock) {
        this.lists = lists;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A file to be put in force.
     *
     * @param list its name, where the format does not say; the file's name up to its first dot if none is given
     * @param sha256 what the file must hash to, in hexadecimal
     * @param shrinks whether it may take away much of the list
     * @param standing what its entries are in law, where the format does not say
     */
    public record Request(
            ListFormat format,
            Path file,
            Optional<String> list,
            Optional<String> sha256,
            boolean shrinks,
            Optional<Standing> standing) {
        /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#BAD_LIST_NAME}, {@link ScreeningProblem#BAD_STANDING} */
        String listName() {
            Path name = file.getFileName();
            String ofFile =
                    name == null ? "" : name.toString().split("\\.", 2)[0].toLowerCase(Locale.ROOT);
            String wanted = format.list().orElseGet(() -> list.orElse(ofFile.replace('-', '_')));
            if (standing.isPresent()
                    && (format != ListFormat.FTM_JSON || !standing.get().mayBeStated()))
                throw ScreeningProblem.BAD_STANDING.because("what a list of this format is in law is not stated so");
            boolean another = list.isPresent() && !list.get().equals(wanted);
            boolean taken = format.list().isEmpty()
                    && Arrays.stream(ListFormat.values())
                            .anyMatch(each -> each.list().equals(Optional.of(wanted)));
            if (another || taken || !ScreeningList.mayBeCalled(wanted))
                throw ScreeningProblem.BAD_LIST_NAME.because("a list of this format cannot be called so");
            return wanted;
        }
    }

    /**
     * Reads the file to its end and puts what it says in force, all in one act.
     *
     * @param progress told how many entries were read so far
     * @throws org.sharaka.node.platform.ProblemException without {@link Permission#IMPORT};
     *     {@link ScreeningProblem#BAD_LIST_NAME}, {@link ScreeningProblem#UNREADABLE_LIST},
     *     {@link ScreeningProblem#LIST_BREAKS_OFF}, {@link ScreeningProblem#WRONG_HASH}, {@link ScreeningProblem#LIST_SHRINKS}
     */
    public ListImport run(Actor actor, Request request, LongConsumer progress) {
        String list = request.listName();
        return audit.act(actor, "screening.import", subject(list), entry -> {
            actor.require(Permission.IMPORT);
            ListFile file = new ListFile(request.format(), request.file(), list);
            requireWhole(file, request.sha256());
            return putInForce(file, list, request, progress, entry);
        });
    }

    static String subject(String list) {
        return "list/" + list;
    }

    private static void requireWhole(ListFile file, Optional<String> sha256) {
        if (!file.readable())
            throw ScreeningProblem.UNREADABLE_LIST.because("the file, or one that belongs beside it, cannot be read");
        try {
            if (sha256.isPresent()) {
                String hash = HexFormat.of().formatHex(file.hash());
                if (!hash.equalsIgnoreCase(sha256.get().strip()))
                    throw ScreeningProblem.WRONG_HASH.because("the file has " + hash);
            } else if (!file.endsAsPublished()) {
                throw ScreeningProblem.LIST_BREAKS_OFF.because("the mark at the end of the file is missing");
            }
        } catch (IOException e) {
            throw ScreeningProblem.UNREADABLE_LIST.because(e.getClass().getSimpleName());
        }
    }

    private ListImport putInForce(
            ListFile file, String list, Request request, LongConsumer progress, EntryId auditEntry) {
        lists.begin();
        // What a module of this node keeps comes in no file.
        if (lists.own(list).orElse(false))
            throw ScreeningProblem.BAD_LIST_NAME.because("a list of this node's own is called so");
        Reading reading = new Reading(progress);
        try {
            ListReport report = file.read(reading::take);
            reading.flush();
            SqlLists.Difference difference = lists.compare(list);
            boolean shrinks = difference.missing() > SHRINKS_ENTRIES
                    && difference.missing() > SHRINKS_PART * difference.inForce();
            if (shrinks && !request.shrinks())
                throw ScreeningProblem.LIST_SHRINKS.because(
                        "it lacks " + difference.missing() + " of " + difference.inForce() + " entries");
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            return lists.apply(
                    list,
                    request.format(),
                    request.standing().orElse(request.format().standing()),
                    file.hashOfAll(),
                    report.entries(),
                    report.refused(),
                    report.refusals(),
                    now,
                    auditEntry.value());
        } catch (IOException e) {
            throw ScreeningProblem.LIST_BREAKS_OFF.because(String.valueOf(e.getMessage()));
        }
    }

    /** Hands entries on in batches. */
    private final class Reading {
        private final List<Entry> batch = new ArrayList<>(BATCH);
        private final LongConsumer progress;
        private long read;

        Reading(LongConsumer progress) {
            this.progress = progress;
        }

        void take(Entry entry) {
            batch.add(entry);
            if (batch.size() == BATCH) flush();
        }

        void flush() {
            if (batch.isEmpty()) return;
            lists.read(batch);
            read += batch.size();
            batch.clear();
            progress.accept(read);
        }
    }
}
