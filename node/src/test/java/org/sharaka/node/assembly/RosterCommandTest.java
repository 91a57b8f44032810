package org.sharaka.node.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.OfflineCommandLine;
import org.sharaka.protocol.roster.MemberKeys;
import org.sharaka.protocol.roster.SignedRoster;

/** The members found, change and check their list with the command alone; no node, no database. */
class RosterCommandTest {
    @TempDir
    Path directory;

    private final OfflineCommandLine sharaka = new OfflineCommandLine(Locale.ENGLISH);

    @BeforeEach
    void membersAndTheFoundingList() throws IOException {
        Files.writeString(file("pass"), "a long sentence\n");
        for (String country : List.of("xs", "xb", "xk"))
            assertThat(member(country)).isZero();
        assertThat(run("found", "xs/member.json", "xb/member.json", "xk/member.json", "--out", "1.json"))
                .isZero();
        for (String country : List.of("xs", "xb", "xk"))
            assertThat(sign("1.json", country)).isZero();
    }

    @Test
    void aFoundedListVerifiesAgainstItsHash() throws IOException {
        assertThat(verify(pin(), "1.json")).isZero();
        assertThat(sharaka.out()).contains("Version 1 is valid", "It is in force.");
        assertThat(verify("0".repeat(64), "1.json")).isEqualTo(1);
        assertThat(sharaka.err()).contains("roster-not-pinned", "not the founding list");
    }

    @Test
    void keysAreForTheirOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("xs/roster.p12"))))
                .isEqualTo("rw-------");
        assertThat(MemberKeys.readNodeKeys(Files.readAllBytes(file("xs/node.p12")), "a long sentence".toCharArray())
                        .log()
                        .key()
                        .name())
                .isEqualTo("xs-ncb/audit");
    }

    @Test
    void theMembersAdmitAnotherAndTheChainVerifies() throws IOException {
        assertThat(member("xn")).isZero();
        assertThat(run("propose", "1.json", "--admit", "xn/member.json", "--out", "2.json"))
                .isZero();
        assertThat(verify(pin(), "1.json", "2.json")).isEqualTo(1);
        assertThat(sharaka.err()).contains("roster-too-few-signatures");
        for (String country : List.of("xs", "xb", "xn"))
            assertThat(sign("2.json", country)).isZero();

        assertThat(verify(pin(), "1.json", "2.json")).isZero();
        assertThat(run("show", "2.json")).isZero();
        assertThat(sharaka.out()).contains("version 2", "xn-ncb", "Signatures on it: 3");
    }

    @Test
    void nobodySignsTwoListsOfOneNumber() {
        assertThat(run("propose", "1.json", "--suspend", "xk-ncb", "--out", "2.json"))
                .isZero();
        assertThat(run("propose", "1.json", "--depart", "xk-ncb", "--out", "2b.json"))
                .isZero();
        assertThat(sign("2.json", "xs")).isZero();

        assertThat(sign("2b.json", "xs")).isEqualTo(1);
        assertThat(sharaka.err()).contains("roster-forked");
        assertThat(sign("2.json", "xs")).isZero();
    }

    @Test
    void aSecondListThatFollowsTheSameOneIsSignedOnlyIfTheFirstIsSaidToBeGivenUp() throws IOException {
        assertThat(run("propose", "1.json", "--suspend", "xk-ncb", "--out", "2.json"))
                .isZero();
        assertThat(run("propose", "1.json", "--depart", "xk-ncb", "--number", "3", "--out", "3.json"))
                .isZero();
        assertThat(sign("2.json", "xs")).isZero();
        byte[] before = Files.readAllBytes(file("3.json"));

        assertThat(sign("3.json", "xs")).isEqualTo(1);
        assertThat(sharaka.err()).contains("has signed version 2", "--instead-of 2");
        assertThat(sign("3.json", "xs", "--instead-of", "4")).isEqualTo(1);
        assertThat(Files.readAllBytes(file("3.json"))).isEqualTo(before);
        assertThat(sign("3.json", "xb")).isZero();
        assertThat(sign("3.json", "xs", "--instead-of", "2")).isZero();
        assertThat(verify(pin(), "1.json", "3.json")).isZero();
    }

    @Test
    void aNewKeyIsSignedInByTheOldAndTheNew() throws IOException {
        assertThat(member("xs", "fresh")).isZero();
        assertThat(run("propose", "1.json", "--replace", "fresh/member.json", "--out", "2.json"))
                .isZero();

        assertThat(sign("2.json", "xs")).isEqualTo(1);
        assertThat(sharaka.err()).contains("names no such key");
        assertThat(run(
                        "sign",
                        "2.json",
                        "--member",
                        "xs-ncb",
                        "--key",
                        "xs/roster.p12",
                        "--after",
                        "1.json",
                        "--passphrase-file",
                        "pass"))
                .isZero();
        assertThat(run(
                        "sign",
                        "2.json",
                        "--member",
                        "xs-ncb",
                        "--key",
                        "fresh/roster.p12",
                        "--passphrase-file",
                        "pass"))
                .isZero();
        assertThat(sign("2.json", "xb")).isZero();
        assertThat(SignedRoster.parse(Files.readAllBytes(file("2.json"))).signatures())
                .hasSize(3);
        assertThat(verify(pin(), "1.json", "2.json")).isZero();
    }

    @Test
    void nothingIsWrittenOverAndNothingUnknownIsChanged() throws IOException {
        byte[] before = Files.readAllBytes(file("1.json"));

        assertThat(run("found", "xs/member.json", "--out", "1.json")).isEqualTo(1);
        assertThat(sharaka.err()).contains("exists already");
        assertThat(run("propose", "1.json", "--suspend", "zz-ncb", "--out", "2.json"))
                .isEqualTo(1);
        assertThat(run("propose", "1.json", "--admit", "xs/member.json", "--out", "2.json"))
                .isEqualTo(1);
        assertThat(Files.readAllBytes(file("1.json"))).isEqualTo(before);
    }

    @Test
    void aWrongPassphraseOrFileIsToldInASentence() throws IOException {
        Files.writeString(file("wrong"), "another sentence\n");

        assertThat(run("sign", "1.json", "--member", "xs-ncb", "--key", "xs/roster.p12", "--passphrase-file", "wrong"))
                .isEqualTo(1);
        assertThat(sharaka.err()).contains("does not open").doesNotContain("Exception");
        assertThat(run("show", "pass")).isEqualTo(1);
        assertThat(sharaka.err()).contains("not-json").doesNotContain("at org.sharaka");
        assertThat(run("show", "missing.json")).isEqualTo(1);
        assertThat(sharaka.err()).contains("cannot be read");
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private String pin() throws IOException {
        return SignedRoster.parse(Files.readAllBytes(file("1.json")))
                .roster()
                .hash()
                .toString();
    }

    private int member(String country) {
        return member(country, country);
    }

    private int member(String country, String into) {
        return run(
                "member",
                country + "-ncb",
                "--country",
                country.toUpperCase(Locale.ROOT),
                "--name",
                "en=Bureau " + country,
                "--name",
                "ar=مكتب",
                "--name",
                "fr=Bureau",
                "--name",
                "es=Oficina",
                "--endpoint",
                "https://" + country + ".example/",
                "--out",
                into,
                "--passphrase-file",
                "pass");
    }

    private int sign(String roster, String country, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "sign",
                roster,
                "--member",
                country + "-ncb",
                "--key",
                country + "/roster.p12",
                "--passphrase-file",
                "pass"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int verify(String pin, String... files) {
        List<String> arguments = new ArrayList<>(List.of("verify"));
        arguments.addAll(List.of(files));
        arguments.addAll(List.of("--pin", pin));
        return run(arguments.toArray(String[]::new));
    }

    /** Names of files stand in the test's directory. */
    private int run(String... arguments) {
        List<String> whole = new ArrayList<>(List.of("roster"));
        for (int i = 0; i < arguments.length; i++) {
            boolean isFile = arguments[i].matches("([a-z0-9]+/)?[a-z0-9]+\\.(json|p12)|pass|wrong")
                    || (i > 0 && arguments[i - 1].equals("--out"));
            whole.add(isFile ? file(arguments[i]).toString() : arguments[i]);
        }
        return sharaka.run(whole.toArray(String[]::new));
    }
}
