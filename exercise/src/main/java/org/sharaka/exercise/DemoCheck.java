package org.sharaka.exercise;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.PrintedMessages;
import tools.jackson.databind.JsonNode;

/** Checks over HTTP that a node full of a scenario does what it promises; one line for each check. */
final class DemoCheck {
    private static final List<String> SHARED_SERVICES = List.of(
            "bit.ly", "tinyurl.com", "is.gd", "cutt.ly", "youtube.com", "google.com", "booking.com", "amazon.com");

    /** A reviewed letter among the choices of a report's page. */
    private static final Pattern LETTER = Pattern.compile("<option value=\"([0-9a-f-]{36})\"");

    private static final double PRECISION_MIN = 0.99;
    private static final double RECALL_MIN = 0.95;
    private static final long PATIENCE_SECONDS = 60;

    private final DemoNode node;
    private final URI portal;
    private final NodeClient client;
    private final Scenario scenario;
    private final Map<String, String> references;
    private final Map<String, String> keyOf = new HashMap<>();
    private final WantedList wanted;
    private final Abroad abroad;
    private final PrintedMessages messages;
    private final PrintWriter out;
    private int passed;
    private int failed;

    /**
     * @param portal address of the public portal
     * @param references by keys of the scenario's reports, as the node gave them
     * @param wanted the list that the node screens by
     * @param abroad the second node
     */
    DemoCheck(
            DemoNode node,
            URI portal,
            NodeClient client,
            Scenario scenario,
            Map<String, String> references,
            WantedList wanted,
            Abroad abroad,
            PrintedMessages messages,
            PrintWriter out) {
        this.node = node;
        this.portal = portal;
        this.client = client;
        this.scenario = scenario;
        this.references = new HashMap<>(references);
        references.forEach((key, reference) -> keyOf.put(reference, key));
        this.wanted = wanted;
        this.abroad = abroad;
        this.messages = messages;
        this.out = out;
    }

    /** @return the exit status: 0 if every check passed */
    int run() {
        guarded(this::everyReportIsIn);
        guarded(this::campaignsAreFound);
        guarded(this::aFreshReportLands);
        guarded(this::identifiersAreFound);
        guarded(this::aSplitStays);
        guarded(this::alertsNameNobody);
        guarded(this::thePublicIsHeard);
        guarded(this::pagesAnswer);
        guarded(this::officersWorkTheQueue);
        guarded(this::theListsAreAsked);
        guarded(this::aCampaignIsSeenAcrossTheBorder);
        guarded(this::theAuditVerifies);
        out.println(messages.text("exercise.check.result", passed, failed));
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    private void everyReportIsIn() {
        check(
                references.size() == scenario.reports().size()
                        && new HashSet<>(references.values()).size() == references.size(),
                "exercise.check.accepted",
                scenario.reports().size());
        SyntheticReport again = scenario.reports().get(0);
        check(client.submit(again).equals(references.get(again.key())), "exercise.check.again");
    }

    private void campaignsAreFound() {
        FoundCampaigns found = FoundCampaigns.ask(client, keyOf);
        Map<String, String> truth = scenario.reports().stream()
                .filter(report -> report.group().isPresent())
                .collect(Collectors.toMap(
                        SyntheticReport::key, report -> report.group().orElseThrow()));
        PairScore score = PairScore.of(found.members().values(), truth);
        check(score.precision() >= PRECISION_MIN, "exercise.check.precision", shown(score.precision()), PRECISION_MIN);
        check(score.recall() >= RECALL_MIN, "exercise.check.recall", shown(score.recall()), RECALL_MIN);
        List<String> wrongly = new ArrayList<>();
        for (JsonNode campaign : client.all("/api/v1/campaigns")) {
            JsonNode view =
                    client.get("/api/v1/campaigns/" + campaign.path("number").asLong());
            for (JsonNode tie : view.path("ties")) {
                if (isSharedService(tie)) wrongly.add(tie.path("label").asString(""));
            }
        }
        check(wrongly.isEmpty(), "exercise.check.shared", wrongly.size());
    }

    /** A domain that everybody uses must tie nothing; one exact address on it may. */
    private static boolean isSharedService(JsonNode tie) {
        if (!tie.path("kind").asString("").equals("DOMAIN")) return false;
        String domain = tie.path("label").asString("").replace("[.]", ".");
        return SHARED_SERVICES.stream().anyMatch(service -> domain.equals(service) || domain.endsWith("." + service));
    }

    private void aFreshReportLands() {
        PlantedCampaign campaign = planted(5, 60, Shape.ACCOUNT, Shape.WALLET, Shape.EMAIL, Shape.HANDLE);
        long number = numberOf(campaign);
        SyntheticReport fresh = scenario.another("fresh-1", campaign);
        long begun = System.nanoTime();
        String reference = submit(fresh);
        boolean landed = awaitMember(number, fresh.key());
        long millis = (System.nanoTime() - begun) / 1_000_000;
        check(landed && !reference.isEmpty(), "exercise.check.fresh", millis);
    }

    private void identifiersAreFound() {
        PlantedCampaign phones = planted(3, 400, Shape.PHONE);
        String phone = phones.anchor().orElseThrow().value();
        PlantedCampaign kits = planted(3, 400, Shape.KIT);
        String link = kits.anchor().orElseThrow().value();
        Map<String, PlantedCampaign> spellings = new HashMap<>();
        spellings.put(phone, phones);
        spellings.put("00" + phone.substring(1), phones);
        spellings.put(phone.substring(0, 3) + " " + phone.substring(3, 7) + "-" + phone.substring(7), phones);
        spellings.put(Spelling.arabicIndic(phone), phones);
        spellings.put("tel: " + phone.substring(0, 4) + "." + phone.substring(4), phones);
        spellings.put(link.replace("https://", "hxxps://").replace(".", "[.]"), kits);
        spellings.put(link.toUpperCase(Locale.ROOT).substring(0, 12) + link.substring(12), kits);
        long right = spellings.entrySet().stream()
                .filter(entry -> finds(entry.getKey(), numberOf(entry.getValue())))
                .count();
        check(right == spellings.size(), "exercise.check.search", right, spellings.size());
        check(
                search("https://bit.ly/3abcdefgh").stream()
                        .anyMatch(found -> !found.path("ignored").asString("").isEmpty()),
                "exercise.check.shared-shown");
    }

    private boolean finds(String typed, long number) {
        return search(typed).stream().anyMatch(found -> {
            for (JsonNode campaign : found.path("campaigns")) {
                if (campaign.path("number").asLong() == number) return true;
            }
            return false;
        });
    }

    private List<JsonNode> search(String typed) {
        return client.all("/api/v1/search?identifier=" + NodeClient.encoded(typed));
    }

    private void aSplitStays() {
        PlantedCampaign campaign = planted(8, 40, Shape.ACCOUNT, Shape.PHONE, Shape.EMAIL);
        long number = numberOf(campaign);
        List<String> before = FoundCampaigns.membersOf(client, number, keyOf);
        List<String> away = before.subList(0, before.size() / 3 + 1);
        List<String> staying = before.subList(before.size() / 3 + 1, before.size());
        client.post(
                "/api/v1/campaigns/" + number + "/split",
                Map.of(
                        "references",
                        away.stream()
                                .map(key -> references.getOrDefault(key, key))
                                .toList(),
                        "reason",
                        "two different sellers, the account is a shared collection account"));
        check(apart(away, staying), "exercise.check.split");

        submit(scenario.another("between-1", campaign));
        awaitLinked();
        check(apart(away, staying), "exercise.check.split-stays");

        FoundCampaigns found = FoundCampaigns.ask(client, keyOf);
        Optional<Long> one =
                staying.stream().flatMap(key -> found.campaignOf(key).stream()).findFirst();
        PlantedCampaign third = planted(3, 30, Shape.WALLET, Shape.SEXTORTION);
        client.post(
                "/api/v1/campaigns/" + one.orElseThrow() + "/join",
                Map.of("other", numberOf(third), "reason", "the same handwriting"));
        FoundCampaigns after = FoundCampaigns.ask(client, keyOf);
        check(
                after.campaignOf(staying.get(0))
                        .equals(after.campaignOf(third.reports().get(0))),
                "exercise.check.join");
    }

    /** No report of the one side is in a campaign with a report of the other. */
    private boolean apart(List<String> one, List<String> other) {
        FoundCampaigns found = FoundCampaigns.ask(client, keyOf);
        Set<Long> ones =
                one.stream().flatMap(key -> found.campaignOf(key).stream()).collect(Collectors.toSet());
        return other.stream().flatMap(key -> found.campaignOf(key).stream()).noneMatch(ones::contains);
    }

    private void alertsNameNobody() {
        List<JsonNode> alerts = client.all("/api/v1/alerts");
        check(!alerts.isEmpty(), "exercise.check.alerts", alerts.size());
        String told = alerts.toString().toLowerCase(Locale.ROOT);
        boolean names = scenario.reports().stream()
                        .flatMap(report -> report.reporter().stream())
                        .anyMatch(name -> told.contains(name.toLowerCase(Locale.ROOT)))
                || scenario.campaigns().stream()
                        .flatMap(campaign -> campaign.anchor().stream())
                        .anyMatch(anchor -> told.contains(anchor.value().toLowerCase(Locale.ROOT)));
        check(!names, "exercise.check.alerts-name-nobody");
    }

    /** Through the portal's own forms, by a process that has no key to what it took. */
    private void thePublicIsHeard() {
        var visitor = new PublicVisitor(HttpClient.newHttpClient(), portal, "ar");
        long begun = System.nanoTime();
        PublicVisitor.Paper paper = visitor.report(
                Map.of(
                        "money-left", "today",
                        "category", "ONLINE_FRAUD",
                        "role", "victim",
                        "amount", "1500",
                        "currency", "MAD",
                        "story", "دفعت ثمن هاتف في متجر على الإنترنت ولم يصل شيء.",
                        "identity", "anonymous"),
                nanos -> {});
        check(awaitReport(paper.reference()), "exercise.check.portal", (System.nanoTime() - begun) / 1_000_000);
        check(
                visitor.mailbox(paper).contains("وصلنا تبليغك")
                        && visitor.tryCode(paper.reference(), paper.reference()) == 404,
                "exercise.check.mailbox");
    }

    private boolean awaitReport(String reference) {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            try {
                return client.get("/api/v1/reports/" + reference)
                        .path("channel")
                        .asString("")
                        .equals("PORTAL");
            } catch (NodeClient.Refused notYet) {
                if (notYet.status() != 404) throw notYet;
            }
        }
        return false;
    }

    private void pagesAnswer() {
        int status =
                new OfficerBrowser(node.console()).page("/api/v1/campaigns").statusCode();
        check(status == 401, "exercise.check.stranger");
        OfficerBrowser browser = new OfficerBrowser(node.console());
        DemoOfficer analyst = DemoOfficer.ALL.get(0);
        check(browser.logIn(analyst.login(), DemoOfficer.PASSWORD, "INVESTIGATION"), "exercise.check.log-in");
        List<String> paths = new ArrayList<>(List.of("/campaigns", "/alerts", "/search"));
        paths.add("/campaigns/" + numberOf(planted(5, 400, Shape.WALLET, Shape.HANDLE)));
        for (String path : paths) {
            for (String language : List.of("ar", "fr", "en", "es")) {
                var page = browser.page(path + "?lang=" + language);
                String direction = language.equals("ar") ? "rtl" : "ltr";
                String html = page.body().replaceAll("(?s)^.*?(<html[^>]*>).*$", "$1");
                boolean right = page.statusCode() == 200
                        && html.contains("lang=\"" + language)
                        && html.contains("dir=\"" + direction + "\"")
                        && page.uri().getPath().equals(path);
                check(right, "exercise.check.page", path, language, direction);
            }
        }
    }

    /** From the API to the queue; one letter; and a report that only its own unit knows. */
    private void officersWorkTheQueue() {
        OfficerBrowser karim = OfficerBrowser.loggedIn(node.console(), "karim");
        OfficerBrowser hind = OfficerBrowser.loggedIn(node.console(), "hind");
        PlantedCampaign campaign = planted(5, 60, Shape.ACCOUNT, Shape.WALLET, Shape.EMAIL, Shape.HANDLE);
        long begun = System.nanoTime();
        String path = "/triage/reports/" + submit(scenario.another("triage-1", campaign));
        boolean there = karim.page(path).statusCode() == 200;
        check(there, "exercise.check.triage", (System.nanoTime() - begun) / 1_000_000);
        for (String language : List.of("ar", "fr", "en", "es")) {
            var page = karim.page("/triage?lang=" + language);
            String direction = language.equals("ar") ? "rtl" : "ltr";
            check(
                    page.statusCode() == 200 && page.body().contains("dir=\"" + direction + "\""),
                    "exercise.check.page",
                    "/triage",
                    language,
                    direction);
        }
        Matcher letter = LETTER.matcher(karim.page(path).body());
        boolean sent = letter.find()
                && karim.post(path, path + "/write", Map.of("template", letter.group(1), "language", "ar"))
                        .body()
                        .contains("class=\"ours\"");
        check(sent, "exercise.check.letter");
        var closed = karim.post(path, path + "/close", Map.of("unit", DemoOfficer.WOMEN_AND_CHILDREN));
        boolean apart = closed.uri().getPath().equals("/triage")
                && karim.page(path).statusCode() == 404
                && hind.page(path).statusCode() == 200;
        check(apart, "exercise.check.closed");
    }

    /** In Arabic script for entries in Latin script; who is on no list; a document reported lost. */
    private void theListsAreAsked() {
        NodeClient gate = new NodeClient(node.console(), node.token(EnumSet.of(Permission.SCREENING_QUERY)));
        List<WantedList.Person> some = wanted.persons().subList(0, 20);
        long begun = System.nanoTime();
        awaitList(gate);
        long first = some.stream()
                .filter(person -> person.id().equals(firstFound(gate, person)))
                .count();
        check(
                first == some.size(),
                "exercise.check.screening-arabic",
                first,
                some.size(),
                (System.nanoTime() - begun) / 1_000_000);
        check(firstFound(gate, wanted.stranger()).isEmpty(), "exercise.check.screening-none");
        JsonNode lost = gate.get("/api/v1/screening/documents?number=" + wanted.lostDocument())
                .path("candidates");
        check(
                lost.size() == 1 && lost.get(0).path("standing").asString("").equals("lost-document"),
                "exercise.check.screening-register");
        OfficerBrowser nadia = OfficerBrowser.loggedIn(node.console(), "nadia");
        String page = nadia.post(
                        "/screening", "/screening", Map.of("q", some.get(0).arabic()))
                .body();
        check(page.contains(some.get(0).latin()) && page.contains("law arrest"), "exercise.check.screening-page");
    }

    private static void awaitList(NodeClient gate) {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            try {
                for (JsonNode name : gate.get("/api/v1/screening/catalog").path("current"))
                    if (name.asString("").equals(WantedList.NAME)) return;
            } catch (NodeClient.Refused loading) {
                if (loading.status() != 503) throw loading;
            }
        }
    }

    /** @return its id in the list; empty if nothing was found */
    private static String firstFound(NodeClient gate, WantedList.Person person) {
        JsonNode answer = gate.post(
                "/api/v1/screening/match/" + WantedList.NAME,
                Map.of(
                        "queries",
                        Map.of(
                                "q",
                                Map.of(
                                        "schema",
                                        "Person",
                                        "properties",
                                        Map.of(
                                                "name",
                                                List.of(person.arabic()),
                                                "birthDate",
                                                List.of(person.birth()))))));
        JsonNode first = answer.path("responses").path("q").path("results").path(0);
        String id = first.path("id").asString("");
        return id.isEmpty() ? "" : id.substring(WantedList.NAME.length() + 1);
    }

    /**
     * The other country.
     *
     * @param shared the campaign that both have reports of
     */
    record Abroad(PlantedCampaign shared, NeighbourChild child, NeighbourChild.Ready spain) {}

    private void aCampaignIsSeenAcrossTheBorder() {
        long number = numberOf(abroad.shared());
        new BorderCheck(node, abroad.child(), abroad.spain(), this::check).run(number, key -> {
            String reference = submit(scenario.another(key, abroad.shared()));
            if (reference.isEmpty() || !awaitMember(number, key)) throw new IllegalStateException("not linked: " + key);
        });
    }

    private void theAuditVerifies() {
        StringWriter said = new StringWriter();
        PrintWriter terminal = new PrintWriter(said);
        int status = node.command("verify-audit", terminal, messages);
        terminal.flush();
        check(status == 0, "exercise.check.audit");
        if (status != 0) out.println(said);
    }

    private String submit(SyntheticReport report) {
        String reference = client.submit(report);
        references.put(report.key(), reference);
        keyOf.put(reference, report.key());
        return reference;
    }

    private boolean awaitMember(long number, String key) {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            if (FoundCampaigns.membersOf(client, number, keyOf).contains(key)) return true;
        }
        return false;
    }

    private void awaitLinked() {
        new Submission(client).awaitLinked(PATIENCE_SECONDS);
    }

    /** The largest planted campaign of one of the shapes within the sizes that the node found as one. */
    private PlantedCampaign planted(int sizeMin, int sizeMax, Shape... shapes) {
        return scenario.campaigns().stream()
                .filter(campaign -> List.of(shapes).contains(campaign.shape()))
                .filter(campaign -> campaign.reports().size() >= sizeMin
                        && campaign.reports().size() <= sizeMax)
                .max(Comparator.comparingInt(campaign -> campaign.reports().size()))
                .orElseThrow(() -> new IllegalStateException("the scenario is too small for this check"));
    }

    private long numberOf(PlantedCampaign campaign) {
        String anchor = campaign.anchor().orElseThrow().value();
        for (JsonNode found : search(anchor)) {
            JsonNode first = found.path("campaigns").path(0);
            if (!first.isMissingNode()) return first.path("number").asLong();
        }
        return FoundCampaigns.ask(client, keyOf)
                .mostOf(campaign)
                .orElseThrow(() -> new IllegalStateException("not found: " + campaign.group()));
    }

    private void check(boolean right, String key, Object... arguments) {
        if (right) passed++;
        else failed++;
        String line = messages.text(key, arguments);
        out.println(messages.text(right ? "exercise.check.passed" : "exercise.check.failed", line));
        out.flush();
    }

    /** A check that cannot be made has failed, and the others are made all the same. */
    private void guarded(Runnable checks) {
        try {
            checks.run();
        } catch (RuntimeException e) {
            failed++;
            out.println(messages.text(
                    "exercise.check.failed", messages.text("exercise.check.broken", String.valueOf(e.getMessage()))));
            out.flush();
        }
    }

    private static String shown(double ratio) {
        return String.format(Locale.ROOT, "%.4f", ratio);
    }
}
