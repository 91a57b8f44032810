package org.sharaka.node.screening.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PublicSeal;

/**
 * A post as a node knows it: what its installation wrote to be carried there, one line of its name and its public key.
 *
 * @param key 32 bytes, X25519
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record PostKey(String name, byte[] key) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern LINE = Pattern.compile("sharaka-post-1 (" + NAME.pattern() + ") ([A-Za-z0-9+/=]{44})");

    /** @throws OperatorException for a name of other than small letters, digits and hyphens */
    public PostKey {
        if (!NAME.matcher(name).matches()) throw new OperatorException("extract.post-name", name);
        if (key.length != PublicSeal.KEY_BYTES) throw new IllegalArgumentException("the key has not 32 bytes");
    }

    /** @throws OperatorException if the file is none of a post */
    public static PostKey read(Path file) {
        try {
            if (Files.size(file) > 1_000) throw new OperatorException("extract.post-key", file);
            Matcher line = LINE.matcher(Files.readString(file).strip());
            if (!line.matches()) throw new OperatorException("extract.post-key", file);
            byte[] key = Base64.getDecoder().decode(line.group(2));
            if (key.length != PublicSeal.KEY_BYTES) throw new OperatorException("extract.post-key", file);
            return new PostKey(line.group(1), key);
        } catch (IOException | IllegalArgumentException e) {
            throw new OperatorException("extract.post-key", e, file);
        }
    }

    /** As {@link #read} reads it. */
    public String line() {
        return "sharaka-post-1 " + name + " " + Base64.getEncoder().encodeToString(key) + "\n";
    }
}
