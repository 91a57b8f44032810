package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What invented victims and senders write, from files of lines {@code KEY: sentence} beside this class. */
final class Wording {
    private Wording() {}

    /** @return the sentences of each key, in the order of the file */
    static Map<String, List<String>> read(String resource) {
        Map<String, List<String>> wording = new HashMap<>();
        try (InputStream in = Wording.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException(resource + " is not in the archive");
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                int colon = line.indexOf(':');
                wording.computeIfAbsent(line.substring(0, colon), key -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return wording;
    }
}
