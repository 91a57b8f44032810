package org.sharaka.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the node's linking transactions took, as its own metrics tell: counts of those that took at most so long. */
record LinkingTimer(Map<Double, Long> countBySeconds) {
    private static final Pattern BUCKET = Pattern.compile(
            "^sharaka_linking_batch_seconds_bucket\\{.*le=\"([^\"]+)\".*\\} ([0-9.E]+)$", Pattern.MULTILINE);

    static LinkingTimer read(URI management) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(management.resolve("/prometheus")).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) throw new IOException("metrics answered " + answer.statusCode());
        Map<Double, Long> counts = new TreeMap<>();
        Matcher bucket = BUCKET.matcher(answer.body());
        while (bucket.find()) {
            double most =
                    bucket.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.group(1));
            counts.put(most, (long) Double.parseDouble(bucket.group(2)));
        }
        if (counts.isEmpty()) throw new IOException("the node tells nothing of its linking");
        return new LinkingTimer(counts);
    }

    LinkingTimer since(LinkingTimer before) {
        Map<Double, Long> counts = new TreeMap<>();
        countBySeconds.forEach((most, count) -> counts.put(most, count - before.countBySeconds.getOrDefault(most, 0L)));
        return new LinkingTimer(counts);
    }

    /** Percentiles as the upper bound of the bucket that they fall into. */
    void putInto(Figures figures, String key) {
        long all = countBySeconds.values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        for (int percentile : new int[] {50, 95, 99}) {
            countBySeconds.entrySet().stream()
                    .filter(bucket -> bucket.getValue() * 100 >= all * percentile)
                    .findFirst()
                    .ifPresent(
                            bucket -> figures.put(key + "_p" + percentile + "_at_most", bucket.getKey() * 1e3, "ms"));
        }
    }
}
