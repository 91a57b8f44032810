package org.sharaka.node.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.sharaka.node.evidence.EvidenceFixture.CHILD_PROTECTION;
import static org.sharaka.node.evidence.EvidenceFixture.OFFICER;
import static org.sharaka.node.evidence.EvidenceFixture.STRANGER;
import static org.sharaka.node.evidence.EvidenceFixture.content;
import static org.sharaka.node.evidence.EvidenceFixture.twoChunks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.node.platform.TestVault;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.file.FileManifest;
import org.springframework.dao.DataAccessException;

/** Files under custody on a real disk and a real database, and what becomes of them. */
class EvidenceServiceIT {
    private static final MemberId ABROAD = new MemberId("bo-ncb");

    private static EvidenceFixture node;

    @BeforeAll
    static void start() {
        node = new EvidenceFixture();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void whatIsTakenInComesBackAsItWas() throws IOException {
        for (byte[] content : List.of(content(0), content(1), content(Limits.CHUNK_BYTES), twoChunks())) {
            Item item = node.take(content);

            assertThat(item.content()).contains(new Item.Content("report.pdf", "application/pdf", Hash.of(content)));
            assertThat(item.sizeBytes()).isEqualTo(content.length);
            assertThat(node.read(OFFICER, item.id())).isEqualTo(content);
            try (ItemContent byByte = node.evidence.view(OFFICER, item.id())) {
                assertThat(byByte.read()).isEqualTo(content.length == 0 ? -1 : content[0] & 0xFF);
            }
        }
    }

    @Test
    void nothingOfAFileShowsOnTheDisk() throws IOException {
        byte[] content = "the same sentence again and again. ".repeat(1000).getBytes(StandardCharsets.UTF_8);

        Path one = node.file(node.take("strange name.pdf", content).id());
        Path other = node.file(node.take("strange name.pdf", content).id());

        assertThat(Files.readAllBytes(one)).isNotEqualTo(Files.readAllBytes(other));
        assertThat(new String(Files.readAllBytes(one), StandardCharsets.ISO_8859_1))
                .doesNotContain("sentence");
        assertThat(one.toString())
                .doesNotContain("strange")
                .doesNotContain(Hash.of(content).toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.getParent())))
                .isEqualTo("rwx------");
        assertThat(node.sql.queryForList("select i::text from evidence.item i", String.class))
                .noneMatch(row ->
                        row.contains("strange") || row.contains(Hash.of(content).toString()));
    }

    @Test
    void everyActIsInTheCustodyLogAndInTheRecord() throws IOException {
        ItemId id = node.take(content(10)).id();
        node.read(OFFICER, id);
        node.evidence.export(OFFICER, id).close();
        node.exchange.sent(OFFICER, node.exchange.offer(OFFICER, id), ABROAD, "message/1");
        node.evidence.attach(OFFICER, id, "message/1", Instant.parse("2100-01-01T00:00:00Z"));
        node.evidence.destroy(OFFICER, id, DestructionReason.ORDER_OF_AUTHORITY);

        List<CustodyEntry> log = node.evidence.custody(OFFICER, id);

        assertThat(log)
                .extracting(CustodyEntry::act)
                .containsExactly(
                        CustodyAct.RECEIVED,
                        CustodyAct.VIEWED,
                        CustodyAct.EXPORTED,
                        CustodyAct.SENT,
                        CustodyAct.ATTACHED,
                        CustodyAct.DESTROYED);
        assertThat(log).extracting(CustodyEntry::number).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(log).allMatch(entry -> entry.actor().equals(OFFICER.id()));
        assertThat(log.get(3).counterpart()).contains("bo-ncb");
        assertThat(log.get(3).reference()).contains("message/1");
        assertThat(log.get(5).reason()).contains("ORDER_OF_AUTHORITY");
        for (CustodyEntry entry : log)
            assertThat(node.sql.queryForObject(
                            "select action from audit.entry where id = ?",
                            String.class,
                            entry.entry().value()))
                    .isEqualTo(entry.act().action());
    }

    @Test
    void s19WhatIsTakenOutForACourtIsLoggedAsThat() throws IOException {
        ItemId id = node.take(content(10)).id();

        node.evidence.exportForCourt(OFFICER, id).close();
        refused(
                AccessProblem.FORBIDDEN,
                () -> node.evidence.exportForCourt(EvidenceFixture.without(Permission.EVIDENCE_EXPORT), id));

        assertThat(node.evidence.custody(OFFICER, id)).last().satisfies(entry -> {
            assertThat(entry.act()).isEqualTo(CustodyAct.EXPORTED);
            assertThat(entry.reason()).contains("COURT");
        });
        assertThat(node.audited(id))
                .contains("evidence.exported-for-court DONE", "evidence.exported-for-court REFUSED access.forbidden");
    }

    @Test
    void theCustodyLogCannotBeChanged() {
        ItemId id = node.take(content(10)).id();

        for (String attempt : List.of(
                "update evidence.custody set actor_id = 'nobody'",
                "delete from evidence.custody",
                "truncate evidence.custody",
                "delete from evidence.item"))
            assertThatThrownBy(() -> node.sql.execute(attempt)).isInstanceOf(DataAccessException.class);

        assertThat(node.log(id)).containsExactly(CustodyAct.RECEIVED);
    }

    @Test
    void anActThatIsRefusedIsOnRecordAndNotInTheLog() {
        ItemId id = node.take(content(10)).id();

        refused(
                AccessProblem.FORBIDDEN,
                () -> node.evidence.view(EvidenceFixture.without(Permission.EVIDENCE_READ), id));
        refused(
                AccessProblem.FORBIDDEN,
                () -> node.evidence.export(EvidenceFixture.without(Permission.EVIDENCE_EXPORT), id));
        refused(
                AccessProblem.FORBIDDEN,
                () -> node.evidence.destroy(
                        EvidenceFixture.without(Permission.EVIDENCE_DESTROY), id, DestructionReason.MISTAKE));
        refused(
                AccessProblem.FORBIDDEN,
                () -> node.evidence.take(
                        EvidenceFixture.without(Permission.EVIDENCE_ADD),
                        new NewItem("a", "", false),
                        InputStream.nullInputStream()));

        assertThat(node.log(id)).containsExactly(CustodyAct.RECEIVED);
        assertThat(node.audited(id))
                .contains(
                        "evidence.viewed REFUSED access.forbidden",
                        "evidence.exported REFUSED access.forbidden",
                        "evidence.destroyed REFUSED access.forbidden");
    }

    // --- Damage ------------------------------------------------------------------------------------------------------

    @Test
    void anAlteredChunkIsRefusedBeforeAnyOfItIsGivenOut() throws IOException {
        ItemId id = node.take(twoChunks()).id();
        alter(node.file(id), SealedFile.SLOT_BYTES + 500);

        try (ItemContent content = node.evidence.view(OFFICER, id)) {
            assertThat(content.readNBytes(Limits.CHUNK_BYTES)).hasSize(Limits.CHUNK_BYTES);
            refused(EvidenceProblem.ALTERED, content::read);
        }
        assertThat(node.exchange.sealedChunk(id, 0)).isPresent();
        assertThat(node.exchange.sealedChunk(id, 1)).as("nor to a member").isEmpty();
    }

    @Test
    void anAlteredFirstChunkIsRefusedBeforeTheAnswerBegins() throws IOException {
        ItemId id = node.take(content(100)).id();
        alter(node.file(id), 60);

        refused(EvidenceProblem.ALTERED, () -> node.evidence.view(OFFICER, id));

        assertThat(node.log(id)).containsExactly(CustodyAct.RECEIVED);
        assertThat(node.audited(id)).contains("evidence.viewed REFUSED evidence.altered");
    }

    @Test
    void aFileThatWasCutOffIsRefused() throws IOException {
        ItemId id = node.take(twoChunks()).id();
        try (RandomAccessFile file = new RandomAccessFile(node.file(id).toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }

        try (ItemContent content = node.evidence.view(OFFICER, id)) {
            content.skipNBytes(Limits.CHUNK_BYTES);
            refused(EvidenceProblem.ALTERED, content::read);
        }
    }

    @Test
    void chunksThatChangedPlacesAreRefusedEvenIfTheDatabaseSaysSoToo() throws IOException {
        ItemId id = node.take(twoChunks()).id();
        swapChunks(node.file(id));
        try (ItemContent content = node.evidence.view(OFFICER, id)) {
            throw new AssertionError("opened " + (content != null));
        } catch (ProblemException e) {
            assertThat(e.type()).isEqualTo(EvidenceProblem.ALTERED);
        }

        node.sql.update(
                "update evidence.item set chunk_hashes = substring(chunk_hashes from 33 for 32) || "
                        + "substring(chunk_hashes from 1 for 32) where id = ?",
                id.value());

        refused(EvidenceProblem.ALTERED, () -> node.evidence.view(OFFICER, id));
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        ItemId id = node.take(content(100)).id();
        Files.delete(node.file(id));

        refused(EvidenceProblem.FILE_MISSING, () -> node.evidence.view(OFFICER, id));
        refused(EvidenceProblem.FILE_MISSING, () -> node.exchange.offer(OFFICER, id));
        assertThat(node.exchange.sealedChunk(id, 0)).isEmpty();
    }

    @Test
    void anotherVaultOpensNothing() {
        ItemId id = node.take(content(100)).id();
        ItemId other = node.take(content(100)).id();

        node.sql.update(
                "update evidence.secret set sealed = ? where item = ?",
                TestVault.fresh().seal("evidence.item/" + id, new byte[100]),
                id.value());
        refused(EvidenceProblem.KEY_REFUSED, () -> node.evidence.view(OFFICER, id));

        // Nor does the key of another item, even one of this node.
        node.sql.update(
                "update evidence.secret set sealed = (select sealed from evidence.secret where item = ?) where item = ?",
                other.value(),
                id.value());
        refused(EvidenceProblem.KEY_REFUSED, () -> node.evidence.view(OFFICER, id));
    }

    // --- Nothing half-there ------------------------------------------------------------------------------------------

    @Test
    void aStreamThatBreaksOffLeavesNothing() {
        List<Path> before = node.files();
        InputStream breaking = new InputStream() {
            private int left = Limits.CHUNK_BYTES + 100;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1) == 1 ? 7 : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (left == 0) throw new IOException("connection reset");
                int given = Math.min(length, left);
                left -= given;
                return given;
            }
        };

        refused(EvidenceProblem.BROKE_OFF, () -> node.evidence.take(OFFICER, new NewItem("a", "", false), breaking));

        assertThat(node.files()).isEqualTo(before);
        assertThat(node.sql.queryForObject("select count(*) from evidence.unfinished", Long.class))
                .isZero();
    }

    @Test
    void whatAKilledNodeBeganIsSweptOnceNobodyWritesToItAnyMore() throws IOException {
        ItemId whole = node.take(content(100)).id();
        String address = "00112233445566778899aabbccddeeff";
        Path left = node.node.home().resolve("evidence").resolve(SealedFiles.within(address));
        Files.createDirectories(left.getParent());
        Files.write(left, new byte[1000]);
        node.sql.update("insert into evidence.unfinished values (?, now() - interval '2 hours')", address);

        assertThat(node.evidence.sweep()).isZero();
        assertThat(left).exists();
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(7200)));

        assertThat(node.evidence.sweep()).isEqualTo(1);
        assertThat(left).doesNotExist();
        assertThat(node.read(OFFICER, whole)).hasSize(100);
        assertThat(node.evidence.sweep()).isZero();
    }

    @Test
    void aFileThatIsNotOnRecordIsNeverDeleted() throws IOException {
        Path stranger = node.node.home().resolve("evidence/ff/ff/ffffffffffffffffffffffffffff");
        Files.createDirectories(stranger.getParent());
        Files.write(stranger, new byte[10]);
        Files.setLastModifiedTime(stranger, FileTime.from(Instant.now().minusSeconds(864_000)));

        node.evidence.sweep();

        assertThat(stranger).exists();
        Files.delete(stranger);
    }

    @Test
    void badNamesAreRefused() {
        for (String name : List.of("", "..", "a/b", "a\\b", "a\nb", "x".repeat(256)))
            refused(
                    EvidenceProblem.BAD_NAME,
                    () -> node.evidence.take(OFFICER, new NewItem(name, "", false), InputStream.nullInputStream()));
    }

    @Test
    void oddMediaTypesCountAsUnknown() {
        Item item = node.evidence.take(
                OFFICER, new NewItem("a", "text/html; charset=utf-8", false), InputStream.nullInputStream());

        assertThat(item.content().orElseThrow().mediaType()).isEqualTo("application/octet-stream");
    }

    // --- The end -----------------------------------------------------------------------------------------------------

    @Test
    void s20ADestroyedItemCannotBeOpenedByAnybodyAndWhatStaysIsNoPersonalData() throws IOException {
        byte[] content = twoChunks();
        ItemId id = node.take("Passport of somebody.pdf", content).id();
        Path file = node.file(id);
        byte[] sealed = Files.readAllBytes(file);

        node.evidence.destroy(OFFICER, id, DestructionReason.MISTAKE);

        assertThat(file).doesNotExist();
        refused(EvidenceProblem.DESTROYED, () -> node.evidence.view(OFFICER, id));
        refused(EvidenceProblem.DESTROYED, () -> node.exchange.offer(OFFICER, id));
        refused(EvidenceProblem.DESTROYED, () -> node.evidence.destroy(OFFICER, id, DestructionReason.MISTAKE));
        Item stays = node.evidence.item(OFFICER, id);
        assertThat(stays.content()).isEmpty();
        assertThat(stays.state()).isEqualTo(Item.State.DESTROYED);

        // Whoever brings the file back has no key to it.
        Files.createDirectories(file.getParent());
        Files.write(file, sealed);
        refused(EvidenceProblem.DESTROYED, () -> node.evidence.view(OFFICER, id));
        Files.delete(file);
        String rows = String.join(
                " ",
                node.sql.queryForList(
                        "select i::text from evidence.item i where id = ? union all "
                                + "select s::text from evidence.secret s where item = ? union all "
                                + "select c::text from evidence.custody c where item = ?",
                        String.class,
                        id.value(),
                        id.value(),
                        id.value()));
        assertThat(rows)
                .doesNotContain("Passport")
                .doesNotContain(Hash.of(content).toString())
                .doesNotContain(HexFormat.of().formatHex(Hash.of(sealed).bytes()));
    }

    @Test
    void s20WhatReachesItsEndIsDestroyed() {
        ItemId id = node.take(content(10)).id();
        ItemId kept = node.take(content(10)).id();
        node.evidence.attach(OFFICER, id, "message/1", Instant.now().minusSeconds(1));

        assertThat(node.evidence.destroyExpired()).isEqualTo(1);

        assertThat(node.evidence.item(OFFICER, id).state()).isEqualTo(Item.State.DESTROYED);
        assertThat(node.evidence.custody(OFFICER, id).get(2).actor()).isEqualTo("evidence.retention");
        assertThat(node.read(OFFICER, kept)).hasSize(10);
    }

    // --- Who may -----------------------------------------------------------------------------------------------------

    @Test
    void s19AnItemOfAUnitExistsForItsOfficersAlone() {
        ItemId id = node.evidence
                .take(OFFICER, new NewItem("a", "", true), new ByteArrayInputStream(content(10)))
                .id();
        ItemId unknown = new ItemId(UUID.fromString("00000000-0000-7000-8000-000000000000"));

        String closed = refused(EvidenceProblem.NOT_FOUND, () -> node.evidence.view(STRANGER, id));
        String absent = refused(EvidenceProblem.NOT_FOUND, () -> node.evidence.view(STRANGER, unknown));

        assertThat(closed.replace(id.toString(), "")).isEqualTo(absent.replace(unknown.toString(), ""));
        refused(EvidenceProblem.NOT_FOUND, () -> node.evidence.item(STRANGER, id));
        refused(EvidenceProblem.NOT_FOUND, () -> node.evidence.custody(STRANGER, id));
        refused(EvidenceProblem.NOT_FOUND, () -> node.evidence.export(STRANGER, id));
        refused(EvidenceProblem.NOT_FOUND, () -> node.evidence.restrict(STRANGER, id));
        refused(EvidenceProblem.NOT_FOUND, () -> node.exchange.offer(STRANGER, id));
        assertThat(node.evidence.shown(STRANGER, List.of(id))).isEmpty();
        assertThat(node.read(OFFICER, id)).hasSize(10);
    }

    @Test
    void s12WhatMayShowTheAbuseOfAChildIsSeenByOneUnitAndTakenOutByNobody() {
        ItemId id = node.take("picture.jpg", content(10)).id();
        FileManifest offered = node.exchange.offer(OFFICER, id);

        node.evidence.restrict(STRANGER, id);

        refused(EvidenceProblem.RESTRICTED, () -> node.exchange.sent(OFFICER, offered, ABROAD, "message/1"));

        for (var actor : List.of(OFFICER, STRANGER)) {
            refused(EvidenceProblem.RESTRICTED, () -> node.evidence.view(actor, id));
            refused(EvidenceProblem.RESTRICTED, () -> node.evidence.release(actor, id));
            refused(EvidenceProblem.RESTRICTED, () -> node.evidence.restricted(actor));
            refused(EvidenceProblem.RESTRICTED, () -> node.evidence.destroy(actor, id, DestructionReason.MISTAKE));
            assertThat(node.evidence.item(actor, id).content()).isEmpty();
            assertThat(node.evidence.shown(actor, List.of(id)).get(0).content()).isEmpty();
        }
        for (var actor : List.of(OFFICER, CHILD_PROTECTION)) {
            refused(EvidenceProblem.RESTRICTED, () -> node.evidence.export(actor, id));
            refused(EvidenceProblem.RESTRICTED, () -> node.evidence.exportForCourt(actor, id));
            refused(EvidenceProblem.RESTRICTED, () -> node.exchange.offer(actor, id));
        }
        assertThat(node.exchange.sealedChunk(id, 0)).isEmpty();
        assertThat(node.evidence.restricted(CHILD_PROTECTION))
                .extracting(Item::id)
                .containsExactly(id);
        assertThat(node.read(CHILD_PROTECTION, id)).hasSize(10);
    }

    @Test
    void s12TheUnitsClockRunsFromTheFirstFlagAndNothingEndsBeforeTheUnitHasLooked() {
        ItemId id = node.take(content(10)).id();
        node.evidence.restrict(OFFICER, id);
        Instant first = node.evidence.item(OFFICER, id).reviewBy().orElseThrow();

        node.evidence.restrict(STRANGER, id);
        node.sql.update("update evidence.item set keep_until = now() - interval '1 day' where id = ?", id.value());
        node.evidence.destroyExpired();

        assertThat(node.evidence.item(OFFICER, id).reviewBy()).contains(first);
        assertThat(node.evidence.item(OFFICER, id).state()).isEqualTo(Item.State.HELD);
        node.evidence.release(CHILD_PROTECTION, id);
        // Now its end has come, whether or not it is destroyed yet.
        refused(EvidenceProblem.DESTROYED, () -> node.read(OFFICER, id));
        assertThat(node.evidence.item(OFFICER, id).content()).isEmpty();
        assertThat(node.log(id))
                .containsExactly(
                        CustodyAct.RECEIVED, CustodyAct.RESTRICTED, CustodyAct.RESTRICTED, CustodyAct.RELEASED);
        node.evidence.destroy(OFFICER, id, DestructionReason.MISTAKE);
    }

    // -----------------------------------------------------------------------------------------------------------------

    private interface Attempt {
        void run() throws IOException;
    }

    private static String refused(ProblemType why, Attempt attempt) {
        Throwable thrown = catchThrowable(attempt::run);
        assertThat(thrown).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(why));
        return String.valueOf(thrown.getMessage());
    }

    private static void alter(Path path, long at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            int was = file.read();
            file.seek(at);
            file.write(was ^ 1);
        }
    }

    private static void swapChunks(Path path) throws IOException {
        try (SealedFile file = SealedFile.write(path)) {
            byte[] one = file.get(0).orElseThrow();
            byte[] other = file.get(1).orElseThrow();
            file.put(0, other);
            file.put(1, one);
        }
    }
}
