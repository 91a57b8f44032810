package org.sharaka.bench;

import java.io.InputStream;
import java.util.SplittableRandom;

/** A file of any size that needs no disk: bytes that do not shrink, the same for the same seed. */
final class NoiseStream extends InputStream {
    private static final int BLOCK = 1 << 16;

    private final SplittableRandom random;
    private final byte[] block = new byte[BLOCK];
    private long left;
    private int position = BLOCK;

    NoiseStream(long seed, long bytes) {
        this.random = new SplittableRandom(seed);
        this.left = bytes;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (left == 0) return -1;
        if (position == BLOCK) {
            random.nextBytes(block);
            position = 0;
        }
        int count = (int) Math.min(Math.min(length, BLOCK - position), left);
        System.arraycopy(block, position, into, offset, count);
        position += count;
        left -= count;
        return count;
    }
}
