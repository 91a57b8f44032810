package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.node.SharakaApplication;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemContent;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.evidence.NewItem;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A whole node of the bench of evidence, in a process of its own: joins if it has not yet, then does what it is told on standard input. */
final class EvidenceNode {
    private static final Actor OFFICER = new Actor(
            Actor.Kind.OFFICER,
            "bench",
            "bench",
            Optional.empty(),
            Set.of(Permission.values()),
            Optional.of(Purpose.INVESTIGATION));

    private final EvidenceService evidence;
    private final EvidenceExchange files;
    private final ExchangeService exchange;
    private final JdbcTemplate sql;
    private final MemberId us;
    private final MemberId peer;
    private final PrintStream out;

    private EvidenceNode(ConfigurableApplicationContext context, MemberId us, PrintStream out) {
        this.evidence = context.getBean(EvidenceService.class);
        this.files = context.getBean(EvidenceExchange.class);
        this.exchange = context.getBean(ExchangeService.class);
        this.sql = context.getBean(JdbcTemplate.class);
        this.us = us;
        this.peer = new MemberId(us.value().equals("ma-ncb") ? "es-ncb" : "ma-ncb");
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // Whatever logs: standard output speaks to the bench.
        Path directory = Path.of(arguments[0]);
        MemberId member = new MemberId(arguments[1]);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(SharakaApplication.class)
                .run(
                        "--sharaka.home=" + arguments[2],
                        "--sharaka.command=false",
                        "--sharaka.console.port=0",
                        "--sharaka.management.port=0",
                        "--sharaka.vault.passphrase-file=" + arguments[3],
                        "--sharaka.exchange.port=" + arguments[4],
                        "--sharaka.exchange.longest-pause=5s",
                        "--sharaka.attachment.ask-above-megabytes=1000000000",
                        "--sharaka.attachment.gigabytes-per-member=1000000",
                        "--logging.level.root=warn");
        try (context) {
            if (!context.getBean(Rosters.class).joined()) ExchangeNode.join(context, directory, member);
            out.println(ExchangeNode.READY);
            new EvidenceNode(context, member, out).obey();
        }
    }

    private void obey() throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "take" -> take(Long.parseLong(words[1]));
                case "send" -> send(words[1]);
                case "far" -> tellHowFar();
                case "read" -> read();
                case "heap" -> out.println(Runtime.getRuntime().maxMemory());
                default -> throw new IllegalArgumentException(line);
            }
            out.println(ExchangeNode.READY);
        }
    }

    /** Says the item and its SHA-256. */
    private void take(long bytes) throws IOException {
        try (InputStream noise = new NoiseStream(1, bytes)) {
            Item item = evidence.take(OFFICER, new NewItem("image.dd", "application/octet-stream", false), noise);
            out.println(item.id() + " " + item.content().orElseThrow().sha256());
        }
    }

    private void send(String item) {
        var sent = exchange.send(
                OFFICER,
                new Outgoing(
                        peer,
                        ConversationId.random(new java.security.SecureRandom()),
                        Lane.ORDINARY,
                        ExchangeNode.handling(us),
                        Optional.empty(),
                        new FreeText(Optional.empty(), new Words("en", "an image of a disk", Set.of())).toContent(),
                        List.of(files.offer(OFFICER, ItemId.parse(item).orElseThrow())),
                        Optional.empty(),
                        Optional.empty()));
        out.println(sent.id());
    }

    /** Of the only file that came: its state, and how many of its chunks are noted as safe. */
    private void tellHowFar() {
        List<Map<String, Object>> rows = sql.queryForList(
                "select r.state, i.stored, i.chunks from attachment.received r join evidence.item i on i.id = r.item");
        if (rows.isEmpty()) out.println("NONE 0 1");
        else
            out.println(rows.get(0).get("state") + " " + rows.get(0).get("stored") + " "
                    + rows.get(0).get("chunks"));
    }

    /** Opens the file that came, as an officer would, and says the SHA-256 of what is read. */
    private void read() throws Exception {
        ItemId item = new ItemId(sql.queryForList("select item from attachment.received", UUID.class)
                .get(0));
        MessageDigest whole = MessageDigest.getInstance("SHA-256");
        try (ItemContent content = evidence.view(OFFICER, item)) {
            new DigestInputStream(content, whole).transferTo(java.io.OutputStream.nullOutputStream());
        }
        out.println(HexFormat.of().formatHex(whole.digest()));
    }
}
