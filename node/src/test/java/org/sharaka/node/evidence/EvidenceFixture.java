package org.sharaka.node.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Limits;
import org.springframework.jdbc.core.JdbcTemplate;

/** A whole node and officers of three units. */
final class EvidenceFixture implements AutoCloseable {
    static final Actor OFFICER = officer("cyber", Set.of(Permission.values()));
    static final Actor STRANGER = officer("other unit", Set.of(Permission.values()));
    static final Actor CHILD_PROTECTION = officer("Child Protection", Set.of(Permission.values()));

    final TestNode node;
    final EvidenceService evidence;
    final EvidenceExchange exchange;
    final JdbcTemplate sql;

    EvidenceFixture(String... settings) {
        this(TestNode.withoutWeb(with(settings)));
    }

    static EvidenceFixture serving(String... settings) {
        return new EvidenceFixture(TestNode.start(with(settings)));
    }

    private static String[] with(String... settings) {
        return Stream.concat(Stream.of("sharaka.evidence.child-protection-unit=child protection"), Stream.of(settings))
                .toArray(String[]::new);
    }

    private EvidenceFixture(TestNode node) {
        this.node = node;
        evidence = node.service(EvidenceService.class);
        exchange = node.service(EvidenceExchange.class);
        sql = node.service(JdbcTemplate.class);
    }

    static Actor officer(String unit, Set<Permission> permissions) {
        return new Actor(
                Actor.Kind.OFFICER,
                "officer of " + unit,
                "officer",
                Optional.of(unit),
                permissions,
                Optional.of(Purpose.INVESTIGATION));
    }

    static Actor without(Permission missing) {
        return officer(
                "cyber",
                Set.copyOf(Stream.of(Permission.values())
                        .filter(each -> each != missing)
                        .toList()));
    }

    static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    /** The last one short. */
    static byte[] twoChunks() {
        return content(Limits.CHUNK_BYTES + 1000);
    }

    Item take(byte[] content) {
        return take("report.pdf", content);
    }

    Item take(String name, byte[] content) {
        return evidence.take(OFFICER, new NewItem(name, "application/pdf", false), new ByteArrayInputStream(content));
    }

    byte[] read(Actor actor, ItemId id) {
        try (ItemContent content = evidence.view(actor, id)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(ItemId id) {
        String address = sql.queryForObject("select address from evidence.item where id = ?", String.class, id.value());
        return node.home().resolve("evidence").resolve(SealedFiles.within(address));
    }

    /** Everything that lies under the node's directory for sealed files. */
    List<Path> files() {
        try (Stream<Path> tree = Files.walk(node.home().resolve("evidence"))) {
            return tree.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> audited(ItemId id) {
        return sql.queryForList(
                "select action || ' ' || outcome || coalesce(' ' || problem, '') from audit.entry where subject = ? order by id",
                String.class,
                "evidence/" + id);
    }

    List<CustodyAct> log(ItemId id) {
        return evidence.custody(OFFICER, id).stream().map(CustodyEntry::act).toList();
    }

    @Override
    public void close() {
        node.close();
    }
}
