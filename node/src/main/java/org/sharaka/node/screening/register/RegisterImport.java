package org.sharaka.node.screening.register;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.CsvRecords;
import org.sharaka.node.platform.FileImport;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningSettings;

/**
 * {@code ./sharaka import documents-csv|vehicles-csv FILE}. Without {@code --list} the file holds this country's own entries, to be
 * added or, where a row says {@code action=delete}, taken out. With {@code --list NAME} it is another country's list as a whole: what it no
 * longer has goes out of force, and none of its rows may be of this country.
 */
final class RegisterImport implements FileImport {
    private static final Map<String, ThingId.Register> KINDS =
            Map.of("documents-csv", ThingId.Register.DOCUMENT, "vehicles-csv", ThingId.Register.VEHICLE);
    private static final Pattern LIST = Pattern.compile("[a-z0-9_]{1,40}");
    private static final int BATCH = 1_000;
    private static final int REFUSALS_TOLD = 20;

    /** A file that takes away more than this part of a list, and more than so many entries, is more often broken than right. */
    private static final double SHRINKS_PART = 0.1;

    private static final int SHRINKS_ENTRIES = 20;

    private final SqlRegisters registers;
    private final AuditTrail audit;
    private final ScreeningSettings settings;
    private final Ids ids;
    private final Clock clock;

    RegisterImport(SqlRegisters registers, AuditTrail audit, ScreeningSettings settings, Ids ids, Clock clock) {
        this.registers = registers;
        this.audit = audit;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Set<String> kinds() {
        return KINDS.keySet();
    }

    /** What an import did. */
    record Done(long added, long removed, long refused, List<String> refusals) {
        Done {
            refusals = List.copyOf(refusals);
        }
    }

    @Override
    public int run(CommandContext context, Order order) {
        Done done = run(Actor.commandLine("import"), order);
        context.out()
                .println(context.messages()
                        .text("screening.register.imported", done.added(), done.removed(), done.refused()));
        for (String refusal : done.refusals())
            context.out().println(context.messages().text("screening.import.refused", refusal));
        return 0;
    }

    /**
     * @throws ProblemException without {@link Permission#IMPORT}; {@link ScreeningProblem#UNREADABLE_LIST},
     *     {@link ScreeningProblem#WRONG_HASH}, {@link ScreeningProblem#BAD_COLUMNS}, {@link ScreeningProblem#LIST_SHRINKS}
     */
    Done run(Actor actor, Order order) {
        ThingId.Register register = KINDS.get(order.kind());
        if (register == null) throw new IllegalArgumentException("no kind of register");
        String source = order.list().orElse("");
        if (order.list().isPresent() && !LIST.matcher(source).matches())
            throw ScreeningProblem.BAD_LIST_NAME.because("a list's name has small letters, digits and underscores");
        String subject = "register/" + register.word() + "s" + (source.isEmpty() ? "" : "/" + source);
        return audit.act(actor, "screening.register-import", subject, entry -> {
            actor.require(Permission.IMPORT);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            registers.lock();
            int before = registers.count(register, source);
            Reading reading = new Reading(
                    register,
                    source,
                    now,
                    now.atZone(ZoneOffset.UTC)
                            .plus(settings.registerRetention())
                            .toInstant());
            read(order, reading);
            if (!source.isEmpty()) {
                int gone = registers.removeNotRenewed(register, source, reading.ends);
                if (gone > SHRINKS_ENTRIES && gone > SHRINKS_PART * before && !order.shrinks())
                    throw ScreeningProblem.LIST_SHRINKS.because("it lacks " + gone + " of " + before + " entries");
                reading.removed += gone;
            }
            registers.changed(entry, subject, now);
            return new Done(reading.added, reading.removed, reading.refused, reading.refusals);
        });
    }

    private static void read(Order order, Reading reading) {
        Path file = order.file();
        MessageDigest digest = sha256();
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
                CsvRecords records = new CsvRecords(bytes, StandardCharsets.UTF_8, separator(file))) {
            CsvRecords.Row header =
                    records.next().orElseThrow(() -> ScreeningProblem.UNREADABLE_LIST.because("the file is empty"));
            if (!(header instanceof CsvRecords.Fields fields))
                throw ScreeningProblem.UNREADABLE_LIST.because("the first line is no header in UTF-8");
            reading.begin(fields.fields().stream().map(String::strip).toList(), order.columns());
            for (Optional<CsvRecords.Row> next = records.next(); next.isPresent(); next = records.next())
                reading.take(next.get());
            reading.flush();
        } catch (IOException e) {
            throw ScreeningProblem.UNREADABLE_LIST.because(e.getClass().getSimpleName());
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        if (order.sha256()
                .filter(wanted -> !wanted.strip().equalsIgnoreCase(hash))
                .isPresent()) throw ScreeningProblem.WRONG_HASH.because("the file has " + hash);
    }

    private static char separator(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String first = reader.readLine();
            return CsvRecords.separatorOf(first == null ? "" : first);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Judges row after row and hands on what is usable in batches. */
    private final class Reading {
        private final ThingId.Register register;
        private final String source;
        private final Instant now;
        private final Instant ends;
        private final List<RegisteredDocument> documents = new ArrayList<>();
        private final List<RegisteredVehicle> vehicles = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();
        private CsvColumns columns = new CsvColumns(List.of(), Map.of(), Set.of());
        private long added;
        private long removed;
        private long refused;

        Reading(ThingId.Register register, String source, Instant now, Instant ends) {
            this.register = register;
            this.source = source;
            this.now = now;
            this.ends = ends;
        }

        void begin(List<String> header, Map<String, String> stated) {
            Set<String> needed = register == ThingId.Register.DOCUMENT
                    ? Set.of("number", "kind", "country", "circumstances")
                    : Set.of("country");
            columns = new CsvColumns(header, stated, needed);
        }

        void take(CsvRecords.Row row) {
            try {
                if (!(row instanceof CsvRecords.Fields fields))
                    throw ScreeningProblem.BAD_REGISTER_ENTRY.because("no row of CSV in UTF-8");
                if (register == ThingId.Register.DOCUMENT) takeDocument(fields.fields());
                else takeVehicle(fields.fields());
            } catch (ProblemException e) {
                refused++;
                if (refusals.size() < REFUSALS_TOLD) refusals.add("line " + row.line() + ": " + e.getMessage());
            }
            if (documents.size() + vehicles.size() >= BATCH) flush();
        }

        private void takeDocument(List<String> row) {
            NewDocument document = new NewDocument(
                    text(row, "number"),
                    DocumentKind.of(text(row, "kind"))
                            .orElseThrow(() -> ScreeningProblem.BAD_REGISTER_ENTRY.because("kind: not known")),
                    text(row, "country"),
                    Circumstances.of(text(row, "circumstances"))
                            .orElseThrow(() -> ScreeningProblem.BAD_REGISTER_ENTRY.because("circumstances: not known")),
                    day(row, "date"),
                    day(row, "expiry"),
                    columns.value(row, "reference"));
            mayCarry(document.country());
            if (deletes(row)) {
                flush();
                remove(registers.own(document, now).map(RegisteredDocument::id));
            } else {
                documents.add(new RegisteredDocument(
                        new ThingId(ThingId.Register.DOCUMENT, ids.random()), source, document, now, ends));
                added++;
            }
        }

        private void takeVehicle(List<String> row) {
            NewVehicle vehicle = new NewVehicle(
                    columns.value(row, "vin"),
                    columns.value(row, "plate"),
                    text(row, "country"),
                    columns.value(row, "make"),
                    columns.value(row, "model"),
                    day(row, "date"),
                    columns.value(row, "reference"));
            mayCarry(vehicle.country());
            if (deletes(row)) {
                flush();
                remove(registers.own(vehicle, now).map(RegisteredVehicle::id));
            } else {
                vehicles.add(new RegisteredVehicle(
                        new ThingId(ThingId.Register.VEHICLE, ids.random()), source, vehicle, now, ends));
                added++;
            }
        }

        /** Own files are of this country, lists of others of any but this. */
        private void mayCarry(String country) {
            if (source.isEmpty() != country.equals(settings.country()))
                throw ScreeningProblem.NOT_THE_ISSUER.because("only the issuing country adds its entries");
        }

        private boolean deletes(List<String> row) {
            String action = columns.value(row, "action").orElse("add").toLowerCase(Locale.ROOT);
            if (!action.equals("add") && !action.equals("delete"))
                throw ScreeningProblem.BAD_REGISTER_ENTRY.because("action: add or delete");
            return action.equals("delete") && source.isEmpty();
        }

        private void remove(Optional<ThingId> id) {
            if (id.filter(registers::remove).isPresent()) removed++;
            else throw ScreeningProblem.NOT_FOUND.because("nothing of that number to take out");
        }

        private String text(List<String> row, String field) {
            return columns.value(row, field)
                    .orElseThrow(() -> ScreeningProblem.BAD_REGISTER_ENTRY.because(field + " is empty"));
        }

        private Optional<LocalDate> day(List<String> row, String field) {
            Optional<String> text = columns.value(row, field);
            try {
                return text.map(LocalDate::parse);
            } catch (DateTimeException e) {
                throw ScreeningProblem.BAD_REGISTER_ENTRY.because(field + ": a day as 2026-11-23");
            }
        }

        void flush() {
            if (!documents.isEmpty()) registers.addDocuments(documents);
            if (!vehicles.isEmpty()) registers.addVehicles(vehicles);
            documents.clear();
            vehicles.clear();
        }
    }
}
