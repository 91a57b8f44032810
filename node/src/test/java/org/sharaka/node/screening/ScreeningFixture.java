package org.sharaka.node.screening;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.access.NewApiKey;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;

/** A whole node, invented lists as files, and the few moves that the tests of this module make. */
final class ScreeningFixture implements AutoCloseable {
    static final Actor CLERK = Actor.commandLine("test");
    static final Actor OFFICER = officer(
            "officer-1",
            Set.of(Permission.SCREENING_QUERY, Permission.SCREENING_CONFIRM),
            Optional.of(Purpose.SECURITY_CHECK));
    /** Works at the bureau. */
    static final Actor BUREAU =
            officer("officer-2", Role.BUREAU_DUTY_OFFICER.permissions(), Optional.of(Purpose.SEARCH_WANTED_PERSON));

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final TestNode node;
    final ListImportService imports;
    final ScreeningService screening;
    final ListsInForce lists;
    final JdbcTemplate sql;

    ScreeningFixture(String... settings) {
        node = TestNode.start(settings);
        imports = node.service(ListImportService.class);
        screening = node.service(ScreeningService.class);
        lists = node.service(ListsInForce.class);
        sql = node.service(JdbcTemplate.class);
    }

    static Actor officer(Set<Permission> permissions, Optional<Purpose> purpose) {
        return officer("officer-1", permissions, purpose);
    }

    static Actor officer(String id, Set<Permission> permissions, Optional<Purpose> purpose) {
        return new Actor(Actor.Kind.OFFICER, id, id, Optional.of("border"), permissions, purpose);
    }

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String person(String id, String birth, String... names) {
        return "{\"id\":\"" + id + "\",\"schema\":\"Person\",\"properties\":{\"name\":[\""
                + String.join("\",\"", names) + "\"],\"birthDate\":[\"" + birth + "\"],\"nationality\":[\"ma\"],"
                + "\"passportNumber\":[\"ZT" + Math.abs(id.hashCode() % 1_000_000 + 1_000_000) + "\"]}}\n";
    }

    /** People nobody asks for, so that a list has a length. */
    static String crowd(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> person("crowd" + i, "1950", "Crowdmember Number" + (char) ('a' + i % 26) + "xq " + i))
                .collect(Collectors.joining());
    }

    static String un(String individuals) {
        return "<?xml version='1.0' encoding='UTF-8'?>\n<CONSOLIDATED_LIST><INDIVIDUALS>" + individuals
                + "</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>\n";
    }

    static String individual(int id, String first, String second, String original) {
        return "<INDIVIDUAL><DATAID>" + id + "</DATAID><FIRST_NAME>" + first + "</FIRST_NAME><SECOND_NAME>" + second
                + "</SECOND_NAME><NAME_ORIGINAL_SCRIPT>" + original + "</NAME_ORIGINAL_SCRIPT>"
                + "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR>"
                + "<TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>";
    }

    /** Imports and waits until the node searches it. */
    ListImport put(ListFormat format, Path file, String list) {
        ListImport done = imports.run(
                CLERK,
                new ListImportService.Request(
                        format,
                        file,
                        format == ListFormat.FTM_JSON ? Optional.of(list) : Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty()),
                read -> {});
        await(list);
        return done;
    }

    void await(String list) {
        int version = sql.queryForObject("select version from screening.list where name = ?", Integer.class, list);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!lists.loaded()
                || lists.all().get(list) == null
                || lists.all().get(list).list().version() < version) {
            if (System.nanoTime() > end) throw new AssertionError("the list " + list + " does not come in force");
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    String hash(String list) {
        return lists.all().get(list).index().hash();
    }

    static ScreeningService.Query asked(String typed) {
        return TypedQuery.read(typed, org.sharaka.identifiers.Region.of("MA")).query();
    }

    /** What the lists say of a typed text. */
    Screened ask(String typed) {
        return screening
                .match(OFFICER, ScreeningList.ALL, List.of(asked(typed)), SearchLimits.STANDARD)
                .get(0);
    }

    /** How many rows of any table hold a text, as one who stole the database would look. */
    int rowsWith(String text) {
        List<String> tables = sql.queryForList(
                "select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables"
                        + " where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
                String.class);
        int rows = 0;
        for (String table : tables)
            rows += sql.queryForObject(
                    "select count(*) from " + table + " t where t::text ilike ?", Integer.class, "%" + text + "%");
        return rows;
    }

    List<String> found(String list, String typed) {
        return screening
                .match(
                        OFFICER,
                        list,
                        List.of(TypedQuery.read(typed, org.sharaka.identifiers.Region.of("MA"))
                                .query()),
                        SearchLimits.STANDARD)
                .get(0)
                .possible()
                .stream()
                .map(possible -> possible.match().id())
                .toList();
    }

    String key(Permission permission) {
        return node.service(ApiKeyService.class)
                .make(CLERK, new NewApiKey("gate", Purpose.SECURITY_CHECK, Set.of(permission), Duration.ofDays(1)))
                .token();
    }

    @Override
    public void close() {
        node.close();
    }
}
