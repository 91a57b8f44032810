package org.sharaka.protocol.cms;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.roster.MemberKeys;

class KnownCertificatesTest {
    private final KnownCertificates known = new KnownCertificates(2);

    private static byte[] certificate(int number) {
        Instant now = Instant.now();
        return MemberKeys.generate(
                        new MemberId("x" + (char) ('a' + number) + "-ncb"),
                        now.minus(Duration.ofHours(1)),
                        now.plus(Duration.ofDays(30)),
                        new SecureRandom())
                .key(KeyUse.SIGNING)
                .certificate()
                .der();
    }

    @Test
    void theSameBytesAreReadOnce() {
        byte[] der = certificate(0);

        Certificate first = known.parse(der);

        assertThat(known.parse(der.clone())).isSameAs(first);
        assertThat(first.der()).isEqualTo(der);
    }

    @Test
    void howeverManyComeOnlySoManyAreKept() {
        List<byte[]> many = IntStream.range(0, 5)
                .mapToObj(KnownCertificatesTest::certificate)
                .toList();

        many.forEach(known::parse);

        assertThat(known.size()).isLessThanOrEqualTo(2);
        for (byte[] der : many) assertThat(known.parse(der).der()).isEqualTo(der);
    }

    @Test
    void whatIsNoneIsRefusedEachTimeAndNotKept() {
        byte[] broken = certificate(0);
        broken[0] ^= 1;

        Refused.with(Refusal.NOT_DER, () -> known.parse(broken));
        Refused.with(Refusal.NOT_DER, () -> known.parse(broken));

        assertThat(known.size()).isZero();
    }
}
