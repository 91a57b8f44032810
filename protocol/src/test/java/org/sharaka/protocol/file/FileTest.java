package org.sharaka.protocol.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;

class FileTest {
    private final SecureRandom random = new SecureRandom();
    private final Profile1 profile = new Profile1(random);
    private final FileKey key = FileKey.random(random);
    private final List<byte[]> chunks = new ArrayList<>();

    @Test
    void filesOfEverySizeComeOutAsTheyWentIn() throws IOException {
        for (int size : new int[] {0, 1, Limits.CHUNK_BYTES - 1, Limits.CHUNK_BYTES, Limits.CHUNK_BYTES + 1}) {
            byte[] file = bytes(size);
            chunks.clear();

            FileManifest manifest = read(seal(file));

            assertThat(manifest.chunks()).hasSize(size > Limits.CHUNK_BYTES ? 2 : 1);
            assertThat(open(manifest)).isEqualTo(file);
        }
    }

    @Test
    void chunksThatWereSwappedAlteredCutOrGrownAreRefusedUnopened() throws IOException {
        FileManifest manifest = seal(bytes(2 * Limits.CHUNK_BYTES + 5));
        byte[] altered = chunks.get(0).clone();
        altered[altered.length / 2] ^= 1;
        FileOpener opener = new FileOpener(profile, manifest);

        Refused.with(Refusal.CHUNK_WRONG, () -> opener.check(0, chunks.get(1)));
        Refused.with(Refusal.CHUNK_WRONG, () -> opener.check(0, altered));
        Refused.with(Refusal.CHUNK_WRONG, () -> opener.check(2, java.util.Arrays.copyOf(chunks.get(2), 9)));
        Refused.with(Refusal.CHUNK_WRONG, () -> opener.check(3, chunks.get(2)));
        Refused.with(Refusal.TOO_LARGE, () -> opener.check(1, new byte[Limits.SEALED_CHUNK_BYTES + 1]));
    }

    @Test
    void aManifestThatLiesAboutTheWholeIsFoundOut() throws IOException {
        FileManifest honest = seal(bytes(100));
        FileManifest lie = new FileManifest(key, "a.bin", "text/plain", 100, Hash.of(new byte[] {1}), honest.chunks());
        FileManifest wrongSize = new FileManifest(key, "a.bin", "text/plain", 99, honest.sha256(), honest.chunks());

        Refused.with(Refusal.FILE_WRONG, () -> open(lie));
        Refused.with(Refusal.CHUNK_WRONG, () -> open(wrongSize));
    }

    @Test
    void aChunkUnderAnotherKeyIsRefused() throws IOException {
        FileManifest manifest = seal(bytes(100));
        FileKey sameName = FileKey.of(key.id(), FileKey.random(random).bytes());
        FileManifest wrong =
                new FileManifest(sameName, "a.bin", "text/plain", 100, manifest.sha256(), manifest.chunks());

        Refused.with(Refusal.SEAL_BROKEN, () -> open(wrong));
        Refused.with(Refusal.NOT_SEALED_TO_US, () -> profile.openUnder(chunks.get(0), FileKey.random(random)));
    }

    @Test
    void namesThatAreNoNamesAreRefused() throws IOException {
        FileManifest good = seal(bytes(1));
        for (String name : List.of(
                "..",
                ".",
                "a/b",
                "a\\b",
                "a\u0000b",
                "cod\u202egpj.exe",
                "a\u200fb",
                "\u200ca",
                "a.\u200cb",
                "",
                "x".repeat(256)))
            Refused.with(
                    Refusal.FIELD_WRONG,
                    () -> new FileManifest(key, name, "text/plain", 1, good.sha256(), good.chunks()));
        Refused.with(
                Refusal.FIELD_WRONG,
                () -> new FileManifest(key, "صورة.jpg", "text plain", 1, good.sha256(), good.chunks()));
        // Persian is not spelt rightly without joiners.
        for (String name : List.of("صورة الشاشة.jpg", "گفت\u200cوگوها.txt", "سال ۱۴۰۵ ه\u200d.pdf"))
            assertThat(new FileManifest(key, name, "image/jpeg", 1, good.sha256(), good.chunks()))
                    .isNotNull();
    }

    /** Nothing is kept but the hashes; how much heap that takes is for the bench to say. */
    @Test
    void aFileThatIsLargerThanWeHoldStreamsThrough() throws IOException {
        long size = 96L << 20;
        int[] count = {0};
        FileManifest manifest = new FileSealer(profile)
                .seal(new Zeros(size), key, "disk.img", "application/octet-stream", (place, bytes) -> {
                    count[0]++;
                    new FileOpener(profile, single(key, bytes, count[0] - 1)).check(0, bytes);
                });

        assertThat(manifest.sizeBytes()).isEqualTo(size);
        assertThat(count[0]).isEqualTo(24);
    }

    private static FileManifest single(FileKey key, byte[] sealed, int place) {
        return new FileManifest(
                key, "part-" + place, "application/octet-stream", 1, Hash.of(sealed), List.of(Hash.of(sealed)));
    }

    private FileManifest seal(byte[] file) throws IOException {
        return new FileSealer(profile)
                .seal(
                        new ByteArrayInputStream(file),
                        key,
                        "a.bin",
                        "application/octet-stream",
                        (place, bytes) -> chunks.add(bytes));
    }

    private static FileManifest read(FileManifest manifest) {
        FileManifest read = FileManifest.parse(
                Fields.of(Json.parseCanonical(manifest.toJson().canonical(), Limits.DOCUMENT_BYTES), "file"));
        assertThat(read.toJson()).isEqualTo(manifest.toJson());
        return read;
    }

    private byte[] open(FileManifest manifest) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FileOpener(profile, manifest).open(chunks::get, out);
        return out.toByteArray();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** So many zeros, held nowhere. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int from, int count) {
            if (left <= 0) return -1;
            int given = (int) Math.min(count, left);
            java.util.Arrays.fill(buffer, from, from + given, (byte) 0);
            left -= given;
            return given;
        }

        @Override
        public long transferTo(OutputStream out) {
            throw new UnsupportedOperationException();
        }
    }
}
