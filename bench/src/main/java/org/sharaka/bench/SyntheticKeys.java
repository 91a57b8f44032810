package org.sharaka.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sharaka.linking.KeyKind;
import org.sharaka.linking.LinkKey;
import org.sharaka.linking.LinkedReport;

/**
 * A stream of reports that never was: half of them from campaigns (most small, some of many thousands) whose accounts,
 * telephones and domains rotate, half unrelated; one in fifty names a hotline or a common site, one in ten repeats a common
 * sentence. Keeps nothing of what it made.
 */
final class SyntheticKeys {
    private static final int HOTLINES = 40;
    private static final int SENTENCES = 400;

    private final Random random;
    private final int campaigns;
    private long last;

    SyntheticKeys(long seed, int count) {
        random = new Random(seed);
        campaigns = Math.max(1, count / 40);
    }

    int campaigns() {
        return campaigns;
    }

    LinkedReport next() {
        long number = ++last;
        List<LinkKey> keys = new ArrayList<>(8);
        if (random.nextBoolean()) campaign(keys);
        else alone(number, keys);
        if (random.nextInt(50) == 0) keys.add(LinkKey.of(KeyKind.PHONE, "hotline " + random.nextInt(HOTLINES)));
        if (random.nextInt(10) == 0) keys.add(LinkKey.of(KeyKind.TEXT_LINE, "sentence " + random.nextInt(SENTENCES)));
        return new LinkedReport(number, keys);
    }

    private void campaign(List<LinkKey> keys) {
        double chance = random.nextDouble();
        long campaign = (long) (campaigns * chance * chance * chance);
        keys.add(LinkKey.of(KeyKind.IBAN, "account " + campaign + " " + random.nextInt(2)));
        keys.add(LinkKey.of(KeyKind.PHONE, "phone " + campaign + " " + random.nextInt(4)));
        keys.add(LinkKey.of(KeyKind.DOMAIN, "site " + campaign + " " + random.nextInt(4)));
        if (random.nextInt(3) > 0)
            keys.add(LinkKey.of(KeyKind.TEXT_LINE, "text " + campaign + " " + random.nextInt(2)));
        keys.add(LinkKey.of(KeyKind.TEXT_BAND, "band " + campaign + " " + random.nextInt(3)));
    }

    private void alone(long number, List<LinkKey> keys) {
        keys.add(LinkKey.of(KeyKind.PHONE, "own phone " + number));
        if (random.nextBoolean()) keys.add(LinkKey.of(KeyKind.EMAIL, "own address " + number));
        if (random.nextBoolean()) keys.add(LinkKey.of(KeyKind.DOMAIN, "own site " + number));
        keys.add(LinkKey.of(KeyKind.TEXT_LINE, "own text " + number));
        keys.add(LinkKey.of(KeyKind.TEXT_BAND, "own band " + number));
    }
}
