package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A floor under the quality, on people and companies that do not exist. The figures that count are those of `./sharaka bench names`. */
class QualityFloorTest {
    @Test
    void inventedPairsAreToldApart() throws IOException {
        NameComparator comparator = new NameComparator();
        List<String> wrong = new ArrayList<>();
        int pairs = 0;
        try (InputStream in = Objects.requireNonNull(QualityFloorTest.class.getResourceAsStream("invented-pairs.tsv"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split("\t", -1);
                Schema schema = Schema.of(fields[0]).orElseThrow();
                double score = comparator.score(PreparedName.of(schema, fields[1]), PreparedName.of(schema, fields[2]));
                if (score >= NameComparator.THRESHOLD != fields[3].equals("1")) wrong.add(line + " got " + score);
                pairs++;
            }
        }
        assertThat(pairs).isGreaterThanOrEqualTo(65);
        assertThat(wrong).hasSizeLessThanOrEqualTo(2);
    }
}
