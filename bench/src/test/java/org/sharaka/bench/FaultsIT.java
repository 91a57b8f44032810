package org.sharaka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Twenty faults, each kind among them; two hundred are run by hand (docs/benchmarks.md). */
class FaultsIT {
    private Path place;

    /** Where the database's own account may pass through. */
    @BeforeEach
    void makePlace() throws IOException {
        place = Files.createTempDirectory(
                "sharaka-test-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        Files.deleteIfExists(place.resolve("figures.json"));
        Files.delete(place);
    }

    @Test
    void afterTwentyFaultsNothingIsLostDoubledOrOutOfOrder() throws Exception {
        StringWriter said = new StringWriter();
        Path figures = place.resolve("figures.json");
        CommandLine command = new CommandLine(new FaultsBench()).setOut(new PrintWriter(said, true));

        int status = command.execute(
                "--faults", "20", "--seed", "1", "--directory", place.toString(), "--json", figures.toString());

        assertThat(status).as(said.toString()).isZero();
        String measured = Files.readString(figures);
        boolean small = !said.toString().contains("FULL_DISK is left out");
        for (Fault fault : Fault.values())
            if (small || fault != Fault.FULL_DISK)
                assertThat(measured).contains("\"" + fault.name().toLowerCase(Locale.ROOT) + "\":{\"value\":");
        assertThat(measured)
                .contains("\"lost\":{\"value\":0,", "\"doubled\":{\"value\":0,", "\"out_of_order\":{\"value\":0,")
                .contains(
                        "\"receipts_that_do_not_verify\":{\"value\":0,", "\"records_that_do_not_verify\":{\"value\":0,")
                .contains("\"orders_not_obeyed\":{\"value\":0,", "\"destroyed_and_still_there\":{\"value\":0,")
                .doesNotContain("\"ordered_destroyed\":{\"value\":0,")
                .doesNotContain("\"copies_of_messages_brought\":{\"value\":0,")
                .doesNotContain("\"committed\":{\"value\":0,");
    }
}
