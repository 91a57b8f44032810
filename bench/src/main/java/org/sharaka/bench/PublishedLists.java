package org.sharaka.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sharaka.matching.Entry;
import org.sharaka.matching.lists.OfacReader;
import org.sharaka.matching.lists.UnListReader;

/** The lists of the shared data, as published. */
final class PublishedLists {
    private PublishedLists() {}

    static List<Entry> un(Path data, boolean originalScript) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(data.resolve("lists"), "UN_consolidated*.xml")) {
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    new UnListReader(originalScript).read(in, entries::add);
                }
            }
        }
        if (entries.isEmpty()) throw new IOException("no UN_consolidated*.xml in lists");
        return entries;
    }

    static List<Entry> ofac(Path data) throws IOException {
        Path folder = data.resolve("lists/ofac_2021");
        OfacReader reader = new OfacReader();
        List<Entry> entries = new ArrayList<>();
        try (Reader alt = open(folder, "alt.csv");
                Reader remarks = open(folder, "sdn_comments.csv");
                Reader sdn = open(folder, "sdn.csv")) {
            reader.readOtherNames(alt);
            reader.readRemarks(remarks);
            reader.read(sdn, entries::add);
        }
        return entries;
    }

    static List<Entry> both(Path data) throws IOException {
        List<Entry> entries = un(data, true);
        entries.addAll(ofac(data));
        return entries;
    }

    private static Reader open(Path folder, String file) throws IOException {
        return Files.newBufferedReader(folder.resolve(file), StandardCharsets.ISO_8859_1);
    }
}
