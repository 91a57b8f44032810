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
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;

/** A whole node, invented lists as files, and the few moves that the tests of this module make. */
final class ScreeningFixture implements AutoCloseable {
    static final Actor CLERK = Actor.commandLine("test");
    static final Actor OFFICER = officer(Set.of(Permission.SCREENING_QUERY), Optional.of(Purpose.SECURITY_CHECK));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final TestNode node = TestNode.start();
    final ListImportService imports = node.service(ListImportService.class);
    final ScreeningService screening = node.service(ScreeningService.class);
    final ListsInForce lists = node.service(ListsInForce.class);
    final JdbcTemplate sql = node.service(JdbcTemplate.class);

    static Actor officer(Set<Permission> permissions, Optional<Purpose> purpose) {
        return new Actor(Actor.Kind.OFFICER, "officer-1", "officer", Optional.of("border"), permissions, purpose);
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
                        false),
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
