package org.sharaka.node.screening.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Role;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PublicSeal;
import org.sharaka.node.screening.PublishedLists;
import org.sharaka.node.screening.ScreeningList;
import org.sharaka.node.screening.ScreeningSettings;
import org.sharaka.node.screening.hit.Distinction;
import org.sharaka.node.screening.hit.DistinctionRows;
import org.sharaka.node.screening.register.RegisterContents;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Makes extracts, and enters into the audit what was asked of them. For the command line of the node's own machine. */
public final class ExtractService {
    private static final int KEY_BYTES = 32;
    private static final int OFFICERS_MAX = 100;

    private final PublishedLists lists;
    private final RegisterContents registers;
    private final DistinctionRows distinctions;
    private final OfficerService officers;
    private final SqlExtracts sql;
    private final ExtractKeys keys;
    private final AuditTrail audit;
    private final ScreeningSettings settings;
    private final TransactionTemplate snapshot;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    /** Twelve parts: an extract holds something of everything. */
    ExtractService(
            PublishedLists lists,
            RegisterContents registers,
            DistinctionRows distinctions,
            OfficerService officers,
            SqlExtracts sql,
            ExtractKeys keys,
            AuditTrail audit,
            ScreeningSettings settings,
            PlatformTransactionManager transactions,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.lists = lists;
        this.registers = registers;
        this.distinctions = distinctions;
        this.officers = officers;
        this.sql = sql;
        this.keys = keys;
        this.audit = audit;
        this.settings = settings;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What somebody wants made.
     *
     * @param post its name and public key
     * @param logins of the officers who work there, each with a code of their own
     * @param call how the own bureau is reached from there, for people
     * @param only names of lists; all in force if empty
     * @param freshCodes whether officers who have a code for this post get a new one
     */
    public record Request(
            PostKey post,
            List<String> logins,
            String call,
            Duration lasts,
            Set<String> only,
            boolean freshCodes,
            Path out) {
        public Request {
            logins = logins.stream().distinct().toList();
            only = Set.copyOf(only);
        }
    }

    /**
     * What was made.
     *
     * @param codes of officers who got one, by login: shown now and never again
     */
    public record Made(Manifest manifest, Contents contents, Map<String, String> codes) {}

    /** What stands in an extract, for the record. */
    public record Contents(
            List<ListInIt> lists,
            int documents,
            int vehicles,
            int distinctions,
            List<String> officers,
            String sha256) {}

    /**
     * A list in an extract.
     *
     * @param fileHash of the file it was last read from
     */
    public record ListInIt(String name, int version, String fileHash, Instant importedAt, int entries) {}

    /** Fingerprint of the certificate that signs, by which a post knows this node. */
    public String signer(Actor actor) {
        return keys.signing(actor, settings.country())
                .certificate()
                .fingerprint()
                .toString();
    }

    /** @throws OperatorException if the time is too long, an officer is not known or may not ask, or the file cannot be written */
    public Made make(Actor actor, Request wanted) {
        actor.require(Permission.OFFICER_ADMINISTER).require(Permission.SCREENING_QUERY);
        if (wanted.lasts().isNegative()
                || wanted.lasts().isZero()
                || wanted.lasts().compareTo(settings.extractLongest()) > 0)
            throw new OperatorException(
                    "extract.too-long", settings.extractLongest().toHours());
        if (wanted.call().isBlank()) throw new OperatorException("extract.call-missing");
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        UUID id = ids.random();
        OwnKey signing = keys.signing(actor, settings.country());
        Map<String, String> codes = new LinkedHashMap<>();
        List<PostOfficer> people = people(actor, wanted, codes);
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        Path part = wanted.out().resolveSibling(wanted.out().getFileName() + ".part");
        Path whole = wanted.out().resolveSibling(wanted.out().getFileName() + ".new");
        try {
            Counting counting = new Counting();
            byte[] hash = ExtractFile.seal(
                    part, key, Manifest.context(id), out -> write(out, id, wanted, people, now, counting));
            Contents contents = counting.contents(people, HexFormat.of().formatHex(hash));
            Manifest manifest = audit.act(actor, "screening.extract-make", "extract/" + id, entry -> {
                long number = sql.add(id, wanted.post().name(), now, now.plus(wanted.lasts()), contents, entry);
                people.forEach(each -> sql.keepCode(wanted.post().name(), each, now));
                audit.enterAll(actor, told(id, wanted.post().name(), contents));
                Manifest made = manifest(id, number, wanted, now, key, contents.sha256());
                assemble(part, signed(made, signing), whole);
                return made;
            });
            // Not before the act is on record: what lies under the wanted name has an entry.
            Files.move(whole, wanted.out(), StandardCopyOption.ATOMIC_MOVE);
            return new Made(manifest, contents, codes);
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, wanted.out());
        } finally {
            delete(part);
            delete(whole);
        }
    }

    private List<PostOfficer> people(Actor actor, Request wanted, Map<String, String> codes) {
        if (wanted.logins().isEmpty() || wanted.logins().size() > OFFICERS_MAX)
            throw new OperatorException("extract.no-officer", OFFICERS_MAX);
        List<PostOfficer> people = new ArrayList<>();
        for (String login : wanted.logins()) {
            Officer officer = officers.find(actor, login)
                    .filter(each -> !each.disabled() && !each.breakGlass())
                    .filter(each -> Role.permissionsOf(each.roles()).contains(Permission.SCREENING_QUERY))
                    .orElseThrow(() -> new OperatorException("extract.officer-unfit", login));
            Optional<String> known = wanted.freshCodes()
                    ? Optional.empty()
                    : sql.code(wanted.post().name(), officer.id());
            String hash = known.orElseGet(() -> {
                String code = PostCode.fresh(random);
                codes.put(officer.login().value(), code);
                return PostCode.hash(code);
            });
            people.add(new PostOfficer(
                    officer.id().toString(), officer.login().value(), officer.name(), officer.unit(), hash));
        }
        return people;
    }

    /** Everything of one moment. */
    private void write(
            ContentWriter out, UUID id, Request wanted, List<PostOfficer> people, Instant now, Counting counting) {
        snapshot.executeWithoutResult(status -> {
            out.header(new Opened.Header(settings.country(), wanted.call().strip(), keys.secret(id), keys.logKey()));
            people.forEach(out::officer);
            List<ScreeningList> wantedLists = lists.all().stream()
                    .filter(each -> wanted.only().isEmpty() || wanted.only().contains(each.name()))
                    .toList();
            for (String name : wanted.only())
                if (wantedLists.stream().noneMatch(each -> each.name().equals(name)))
                    throw new OperatorException("extract.no-list", name);
            for (ScreeningList list : wantedLists) {
                out.list(list);
                int[] entries = new int[1];
                lists.each(list.name(), entry -> {
                    out.entry(entry);
                    entries[0]++;
                });
                counting.lists.add(
                        new ListInIt(list.name(), list.version(), list.fileHash(), list.importedAt(), entries[0]));
            }
            registers.documents(now, document -> {
                out.document(document);
                counting.documents++;
            });
            registers.vehicles(now, vehicle -> {
                out.vehicle(vehicle);
                counting.vehicles++;
            });
            for (Distinction each : distinctions.inForce(now)) {
                out.distinction(each);
                counting.distinctions++;
            }
        });
    }

    private static final class Counting {
        final List<ListInIt> lists = new ArrayList<>();
        int documents;
        int vehicles;
        int distinctions;

        Contents contents(List<PostOfficer> people, String sha256) {
            return new Contents(
                    List.copyOf(lists),
                    documents,
                    vehicles,
                    distinctions,
                    people.stream().map(PostOfficer::id).toList(),
                    sha256);
        }
    }

    /** What left the node, an entry for each thing, so that the tree holds it and not this module's table alone. */
    private static List<AuditTrail.Deed> told(UUID id, String post, Contents contents) {
        List<AuditTrail.Deed> told = new ArrayList<>();
        String extract = "extract/" + id + " ";
        told.add(AuditTrail.Deed.done(
                "screening.extract-post", extract + "post/" + post + " sha256/" + contents.sha256()));
        for (ListInIt list : contents.lists())
            told.add(AuditTrail.Deed.done(
                    "screening.extract-list",
                    extract + "list/" + list.name() + " version/" + list.version() + " entries/" + list.entries()
                            + " file/" + list.fileHash()));
        told.add(AuditTrail.Deed.done(
                "screening.extract-registers",
                extract + "documents/" + contents.documents() + " vehicles/" + contents.vehicles() + " distinctions/"
                        + contents.distinctions()));
        for (String officer : contents.officers())
            told.add(AuditTrail.Deed.done("screening.extract-officer", extract + "officer/" + officer));
        return told;
    }

    private static Manifest manifest(UUID id, long number, Request wanted, Instant now, byte[] key, String sha256) {
        byte[] sealed = PublicSeal.seal(wanted.post().key(), Manifest.context(id), key);
        return new Manifest(
                Manifest.VERSION,
                id,
                number,
                wanted.post().name(),
                now,
                now.plus(wanted.lasts()),
                Base64.getEncoder().encodeToString(sealed),
                sha256);
    }

    private byte[] signed(Manifest manifest, OwnKey key) {
        return new Profile1(random).sign(JsonMapper.builder().build().writeValueAsBytes(manifest), key);
    }

    private static void assemble(Path part, byte[] signed, Path whole) {
        try {
            ExtractFile.assemble(part, signed, whole);
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, whole);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, file);
        }
    }

    /** The latest first. */
    public List<SqlExtracts.Row> all() {
        return sql.all();
    }

    /**
     * What a log brought home.
     *
     * @param fresh lines that were not entered before
     * @param last whether nothing can come any more
     */
    public record Collected(UUID extract, String post, long fresh, boolean last) {}

    /**
     * Enters what a post's log says, each line in the name of the officer who asked. A line is entered once, however often it comes home.
     *
     * @throws OperatorException if the log is altered or cut, of no extract of this node, or contradicts what came home before
     */
    public Collected collect(Actor actor, Path file) {
        actor.require(Permission.OFFICER_ADMINISTER);
        UUID id = QueryLog.extractOf(file);
        QueryLog log = new QueryLog(id, keys.secret(id));
        return audit.act(actor, "screening.extract-collect", "extract/" + id, entry -> collected(file, id, log, entry));
    }

    private Collected collected(Path file, UUID id, QueryLog log, EntryId entry) {
        SqlExtracts.Row row = sql.lock(id).orElseThrow(() -> new OperatorException("extract.log-unknown", file));
        List<QueryLog.Line> lines = log.read(file, false);
        byte[] secret = keys.logPrivateKey();
        if (lines.isEmpty()) throw new OperatorException("extract.log-cut", file);
        QueryLine last = log.open(lines.get(lines.size() - 1), secret, file);
        // Every hand-over ends with a line of its own: what does not was cut.
        if (!last.action().equals(QueryLine.HAND_OVER)) throw new OperatorException("extract.log-cut", file);
        if (lines.size() < row.lines()) throw new OperatorException("extract.log-older", file, row.lines());
        boolean goesOn = row.lines() == 0
                || java.util.Arrays.equals(lines.get((int) row.lines() - 1).hash(), row.head());
        if (!goesOn) throw new OperatorException("extract.log-other", file);
        List<QueryLog.Line> fresh = lines.subList((int) row.lines(), lines.size());
        enter(id, fresh.stream().map(line -> log.open(line, secret, file)).toList(), row.lines());
        boolean ended = last.result().equals(QueryLine.LAST);
        sql.collected(id, lines.size(), lines.get(lines.size() - 1).hash(), ended, clock.instant(), entry);
        return new Collected(id, row.post(), fresh.size(), ended);
    }

    /** In their order; what one officer asked in a row for one purpose goes into the record in one statement. */
    private void enter(UUID id, List<QueryLine> lines, long before) {
        List<AuditTrail.Deed> deeds = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            QueryLine line = lines.get(i);
            deeds.add(AuditTrail.Deed.done(
                    "post." + line.action().replaceFirst("^post\\.", ""),
                    line.subject() + " " + line.result() + " at/" + line.at() + " extract/" + id + "/"
                            + (before + i + 1)));
            boolean turn = i + 1 == lines.size() || !who(lines.get(i + 1)).equals(who(line));
            if (!turn) continue;
            var unused = audit.enterAll(who(line), deeds);
            deeds.clear();
        }
    }

    private static Actor who(QueryLine line) {
        return new Actor(line.kind(), line.actor(), line.actor(), line.unit(), Set.of(), line.purpose());
    }
}
