package org.sharaka.node.intake;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.CsvRecords;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Vault;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Reads reports out of files. Memory does not grow with the file; a batch, how far the file is read and which rows are
 * known change in one transaction, so a killed import goes on where it stopped and a repeated one adds nothing.
 */
public class ImportService {
    /** Rows that are stored in one transaction. */
    static final int BATCH = 500;

    /** Equal rows of one file of reports that count; more are a fault of the file. */
    private static final int COPIES_MAX = 1_000_000;

    private final Imports imports;
    private final Reports reports;
    private final Reception reception;
    private final Vault vault;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    /** Eight parts: it joins the file's side and the reports' side in one transaction. */
    ImportService(
            Imports imports,
            Reports reports,
            Reception reception,
            Vault vault,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.imports = imports;
        this.reports = reports;
        this.reception = reception;
        this.vault = vault;
        this.audit = audit;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * How an import ended.
     *
     * @param resumedAt rows that an earlier run had dealt with
     * @param alreadyFinished true if an earlier run had come to the end
     * @param refused where the refused rows stand, if there are any
     */
    public record Outcome(ImportSummary summary, long resumedAt, boolean alreadyFinished, Optional<Path> refused) {}

    /**
     * Imports a file to its end.
     *
     * @param explanation of a problem's code in the administrator's language, for the file of refused rows
     * @throws org.sharaka.node.platform.ProblemException without {@link Permission#IMPORT};
     *     {@link IntakeProblem#BAD_MAPPING}, {@link IntakeProblem#UNREADABLE_FILE}, {@link IntakeProblem#IMPORT_OVERTAKEN}
     */
    public Outcome run(
            Actor actor, ImportRequest request, ImportProgress progress, Function<String, String> explanation)
            throws IOException {
        if (!Files.isReadable(request.file()) || Files.isDirectory(request.file()))
            throw IntakeProblem.UNREADABLE_FILE.because("the file cannot be read");
        byte[] fileHash = sha256(request.file());
        char separator = request.separator().orElseGet(() -> CsvHeader.separatorOf(request));
        try (InputStream in = Files.newInputStream(request.file());
                CsvRecords records = new CsvRecords(in, request.charset(), separator)) {
            List<String> header = CsvHeader.read(records);
            ColumnMapping mapping = ColumnMapping.of(request.kind(), header, request.columns());
            var identity = new Imports.Identity(
                    request.kind(), request.source(), fileHash, optionsHash(request, mapping, separator));
            Imports.Run run = begin(actor, identity);
            try (var refused = new RefusedRows(request.refused(), header, explanation)) {
                var reader =
                        new RowReader(mapping, request.kind(), request.zone(), request.currency(), request.country());
                var pass = new Pass(
                        actor, request, reader, refused, run, clock.instant().truncatedTo(ChronoUnit.MICROS));
                return pass.through(records, progress);
            }
        }
    }

    private Imports.Run begin(Actor actor, Imports.Identity identity) {
        Optional<Imports.Run> before = imports.find(identity);
        if (before.isPresent()) {
            if (!actor.may(Permission.IMPORT))
                audit.act(actor, "import.resume", subject(before.get().id()), () -> actor.require(Permission.IMPORT));
            return before.get();
        }
        UUID id = ids.timeOrdered();
        return audit.act(actor, "import.begin", subject(id), () -> {
            actor.require(Permission.IMPORT);
            imports.begin(id, identity, clock.instant());
            return new Imports.Run(id, ImportSummary.NONE, Optional.empty());
        });
    }

    private static String subject(UUID id) {
        return "import/" + id;
    }

    /** One reading of a file from its first data row to its end. */
    private final class Pass {
        private final Actor actor;
        private final ImportRequest request;
        private final RowReader reader;
        private final RefusedRows refused;
        private final Instant now;
        private final long resumedAt;
        private Imports.Run run;
        private final List<Accepted> batch = new ArrayList<>();
        private int batchRefused;
        private long row;

        Pass(Actor actor, ImportRequest request, RowReader reader, RefusedRows refused, Imports.Run run, Instant now) {
            this.actor = actor;
            this.request = request;
            this.reader = reader;
            this.refused = refused;
            this.run = run;
            this.now = now;
            this.resumedAt = run.summary().rows();
        }

        Outcome through(CsvRecords records, ImportProgress progress) throws IOException {
            long size = Files.size(request.file());
            progress.advanced(0, size, run.summary());
            for (Optional<CsvRecords.Row> next = records.next(); next.isPresent(); next = records.next()) {
                row++;
                judge(next.get());
                if (batch.size() + batchRefused < BATCH) continue;
                commit();
                progress.advanced(records.bytesRead(), size, run.summary());
            }
            if (batch.size() + batchRefused > 0) commit();
            boolean already = run.finishedAt().isPresent();
            if (!already) finish();
            progress.advanced(size, size, run.summary());
            return new Outcome(run.summary(), resumedAt, already, refused.written());
        }

        /** Rows of an earlier run are judged again only to write down those that are refused. */
        private void judge(CsvRecords.Row given) throws IOException {
            boolean dealtWith = row <= resumedAt;
            if (given instanceof CsvRecords.Malformed malformed) {
                String column = malformed.column() > 0 ? String.valueOf(malformed.column()) : "";
                String code = RowRefused.MALFORMED + word(malformed.fault().name());
                refuse(
                        new RowRefused(malformed.line(), column, code),
                        List.of(malformed.text().stripTrailing()),
                        dealtWith);
                return;
            }
            CsvRecords.Fields read = (CsvRecords.Fields) given;
            try {
                ReportDraft draft = reader.read(read.fields(), now);
                var origin = Reception.Origin.of(Channel.IMPORT, Optional.of(request.source()), actor.purpose());
                StoredReport report = reception.receive(reception.newId(), draft, origin, now);
                requireIndicator(report);
                if (!dealtWith) batch.add(new Accepted(mac(read.fields()), report));
            } catch (RowReader.ColumnProblem e) {
                refuse(new RowRefused(read.line(), e.column(), e.code()), read.fields(), dealtWith);
            }
        }

        /** A row of indicators in which none is recognised tells nothing; a report may. */
        private void requireIndicator(StoredReport report) throws RowReader.ColumnProblem {
            if (request.kind() != ImportKind.CSV_INDICATORS
                    || !report.identifiers().isEmpty()) return;
            String reason = report.notRecognised().stream()
                    .findFirst()
                    .map(NotRecognised::reason)
                    .orElse("empty");
            throw new RowReader.ColumnProblem("", RowRefused.NOT_RECOGNISED + reason);
        }

        private void refuse(RowRefused why, List<String> fields, boolean dealtWith) throws IOException {
            refused.add(why, fields);
            if (!dealtWith) batchRefused++;
        }

        private void commit() {
            Imports.Run before = run;
            int refusedNow = batchRefused;
            ImportSummary after = audit.act(actor, "import.batch", subject(before.id()), entry -> {
                actor.require(Permission.IMPORT);
                List<StoredReport> fresh = fresh(before);
                ImportSummary to = before.summary().plus(fresh.size(), batch.size() - fresh.size(), refusedNow);
                if (!imports.advance(before, to, clock.instant()))
                    throw IntakeProblem.IMPORT_OVERTAKEN.because("another process imports the same file");
                reports.add(fresh, entry.value(), Optional.of(before.id()));
                if (!fresh.isEmpty()) {
                    events.publishEvent(new ReportsReceived(
                            fresh.stream().map(StoredReport::id).toList(), now));
                }
                return to;
            });
            run = new Imports.Run(before.id(), after, Optional.empty());
            batch.clear();
            batchRefused = 0;
        }

        private List<StoredReport> fresh(Imports.Run before) {
            var counts = new LinkedHashMap<Imports.RowMac, Integer>();
            batch.forEach(accepted -> counts.merge(accepted.mac(), 1, Integer::sum));
            int copies = request.kind() == ImportKind.CSV_INDICATORS ? 1 : COPIES_MAX;
            List<Integer> news = imports.fresh(before.id(), counts, copies);
            var left = new LinkedHashMap<Imports.RowMac, Integer>();
            int i = 0;
            for (Imports.RowMac mac : counts.keySet()) left.put(mac, news.get(i++));
            var fresh = new ArrayList<StoredReport>();
            for (Accepted accepted : batch) {
                if (left.merge(accepted.mac(), -1, Integer::sum) >= 0) fresh.add(accepted.report());
            }
            return fresh;
        }

        private void finish() {
            audit.act(actor, "import.finish", subject(run.id()), () -> {
                imports.finish(run.id(), clock.instant());
                return run.id();
            });
        }

        private Imports.RowMac mac(List<String> fields) {
            List<String> identity = reader.idOf(fields).map(List::of).orElse(fields);
            byte[] mac = vault.mac("intake.import.row", framed(request.kind().name(), request.source(), identity));
            ByteBuffer halves = ByteBuffer.wrap(mac);
            return new Imports.RowMac(halves.getLong(), halves.getLong());
        }
    }

    /** A row that can be stored. */
    private record Accepted(Imports.RowMac mac, StoredReport report) {}

    private static String word(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static byte[] optionsHash(ImportRequest request, ColumnMapping mapping, char separator) {
        String options = String.join(
                "\n",
                request.charset().name(),
                request.zone().getId(),
                request.currency().map(Object::toString).orElse(""),
                request.country().orElse(""),
                String.valueOf(separator),
                mapping.signature());
        return sha256().digest(options.getBytes(StandardCharsets.UTF_8));
    }

    /** Lengths stand before the texts, so that no two lists of texts give the same bytes. */
    private static byte[] framed(String kind, String source, List<String> fields) {
        var bytes = new ByteArrayOutputStream(256);
        try (var out = new DataOutputStream(bytes)) {
            for (String text : List.of(kind, source)) frame(out, text);
            for (String text : fields) frame(out, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void frame(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static byte[] sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
