package org.sharaka.exercise;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Receipt;
import org.springframework.jdbc.core.JdbcTemplate;

/** Checks through the pages of both nodes that a campaign is seen in the other country, and that people decide what is told of it. */
final class BorderCheck {
    private static final int ROUNDS = 12;
    private static final int TRACES = 5;
    private static final long GOAL_MILLIS = 1_000;
    private static final long PATIENCE_SECONDS = 30;
    /** The Budapest Convention binds both. */
    private static final String LAW = "coe.ets-185";

    private static final Pattern TRACE = Pattern.compile("name=\"trace\"[^>]*?value=\"(-?\\d+)\"");
    private static final Pattern ASKED = Pattern.compile("/crosschecks/ma-ncb/([0-9a-f]{32})");

    private final DemoNode morocco;
    private final NeighbourChild child;
    private final NeighbourChild.Ready spain;
    private final Told told;

    /** Hears what was checked. */
    interface Told {
        void check(boolean right, String key, Object... arguments);
    }

    /** A report that just came in, and the campaign that it is found in. */
    interface Fresh {
        void submit(String key);
    }

    BorderCheck(DemoNode morocco, NeighbourChild child, NeighbourChild.Ready spain, Told told) {
        this.morocco = morocco;
        this.child = child;
        this.spain = spain;
        this.told = told;
    }

    /**
     * @param campaign number of the campaign that stands in both countries, in Morocco
     * @param fresh submits one more report of it in Morocco and returns when it is in the campaign
     */
    void run(long campaign, Fresh fresh) {
        String page = "/campaigns/" + campaign;
        OfficerBrowser analyst = OfficerBrowser.loggedIn(morocco.console(), "amina");
        OfficerBrowser duty = OfficerBrowser.loggedIn(spain.console(), "lucia");
        // What may travel is offered once a law lets it pass.
        List<String> traces = traces(
                analyst.page(page + "/abroad?to=" + DemoNetwork.SPAIN + "&purpose=INVESTIGATION&offence=cyber.fraud")
                        .body());
        withoutALaw(analyst, duty, page, traces);
        List<Long> millis = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String latest = "";
        for (int i = 0; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            fresh.submit("border-" + i);
            ask(analyst, page, "INVESTIGATION", traces);
            latest = awaitAsked(duty, seen);
            millis.add((System.nanoTime() - begun) / 1_000_000);
        }
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        told.check(seen.size() == ROUNDS, "exercise.check.border.seen", seen.size(), ROUNDS);
        told.check(
                sorted[sorted.length / 2] < GOAL_MILLIS,
                "exercise.check.border.time",
                sorted[sorted.length / 2],
                sorted[sorted.length - 1],
                ROUNDS);
        answered(analyst, duty, page, latest);
        proved(latest);
        told.check(child.auditVerifies(), "exercise.check.border.audit");
    }

    private static List<String> traces(String page) {
        List<String> traces = new ArrayList<>();
        Matcher found = TRACE.matcher(page);
        while (found.find() && traces.size() < TRACES) traces.add(found.group(1));
        if (traces.isEmpty()) throw new IllegalStateException("the campaign has nothing that may travel");
        return traces;
    }

    /** A security check is no purpose of any agreement between the two. */
    private void withoutALaw(OfficerBrowser analyst, OfficerBrowser duty, String page, List<String> traces) {
        HttpResponse<String> answer = ask(analyst, page, "SECURITY_CHECK", traces);
        told.check(
                answer.statusCode() / 100 == 4
                        && asked(duty.page("/crosschecks").body()).isEmpty(),
                "exercise.check.border.law",
                answer.statusCode());
    }

    private static HttpResponse<String> ask(OfficerBrowser analyst, String page, String purpose, List<String> traces) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "to",
                DemoNetwork.SPAIN,
                "basis-" + DemoNetwork.SPAIN,
                LAW,
                "purpose",
                purpose,
                "offence",
                "cyber.fraud",
                "figures",
                "true",
                "urgency",
                "URGENT",
                "urgencyReason",
                "It goes on today.",
                "days",
                "30"));
        fields.put("trace", String.join(",", traces));
        return analyst.post("/purpose", page + "/abroad", fields);
    }

    private static Set<String> asked(String page) {
        Set<String> asked = new HashSet<>();
        Matcher found = ASKED.matcher(page);
        while (found.find()) asked.add(found.group(1));
        return asked;
    }

    /** Looks at Spain's page as a browser does that is left open. @return the conversation that is new */
    private static String awaitAsked(OfficerBrowser duty, Set<String> seen) {
        List<String> fresh = new ArrayList<>();
        boolean there = await(() -> {
            Set<String> now = asked(duty.page("/crosschecks").body());
            now.removeAll(seen);
            fresh.addAll(now);
            return !now.isEmpty();
        });
        if (!there) throw new IllegalStateException("Spain was not asked");
        seen.addAll(fresh);
        return fresh.get(0);
    }

    /** Nothing is told before Spain's officer releases it; then the figures stand on Morocco's page. */
    private void answered(OfficerBrowser analyst, OfficerBrowser duty, String page, String conversation) {
        String there = "/crosschecks/" + DemoNetwork.MOROCCO + "/" + conversation;
        told.check(!released(analyst, page, conversation), "exercise.check.border.nothing-by-itself");
        HttpResponse<String> sent =
                duty.post("/purpose", there + "/answer", Map.of("level", "FIGURES", "basis", LAW, "losses", "true"));
        long begun = System.nanoTime();
        boolean shown = sent.statusCode() == 200 && await(() -> released(analyst, page, conversation));
        told.check(shown, "exercise.check.border.released", (System.nanoTime() - begun) / 1_000_000);
    }

    private static boolean released(OfficerBrowser analyst, String page, String conversation) {
        String body = analyst.page(page).body();
        int begin = body.indexOf("id=\"abroad-" + DemoNetwork.SPAIN + "-" + conversation);
        if (begin < 0) return false;
        return body.substring(begin, body.indexOf("</article>", begin)).contains("badge ok");
    }

    private void proved(String conversation) {
        String message = Optional.ofNullable(morocco.service(JdbcTemplate.class)
                        .queryForObject(
                                "select message from crosscheck.asked where conversation = ?",
                                String.class,
                                conversation))
                .orElseThrow();
        List<Receipt.State> states = morocco.service(ExchangeService.class).proved(new MessageId(message)).stream()
                .map(Receipt::state)
                .toList();
        told.check(
                states.containsAll(List.of(Receipt.State.DELIVERED, Receipt.State.ACCEPTED)),
                "exercise.check.border.receipts",
                Arrays.toString(states.toArray()));
    }

    private static boolean await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) return false;
            try {
                Thread.sleep(30);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
