package org.sharaka.node.exchange;

import java.time.Clock;
import org.sharaka.node.assembly.OwnMember;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.FileReport;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.transport.SignedBytes;

/** Signs what we say of others' files, and verifies what others say of ours, as receipts are. */
final class FileReports {
    private final Rosters rosters;
    private final Profile1 profile;
    private final Clock clock;

    FileReports(Rosters rosters, Profile1 profile, Clock clock) {
        this.rosters = rosters;
        this.profile = profile;
        this.clock = clock;
    }

    SignedBytes sign(MemberId to, String file, FileReport.Progress progress) {
        OwnMember own = rosters.own();
        return new SignedBytes(new FileReport(
                        own.entry().id(),
                        to,
                        file,
                        clock.instant(),
                        RosterReference.toCurrent(rosters.history()),
                        progress)
                .sign(own.signing(), profile));
    }

    /** @throws RefusedException unless this member says it to us, of this file, by the live roster */
    FileReport.Progress verify(MemberId from, String file, SignedBytes signed) {
        FileReport report =
                new Reader(profile, rosters.history()).openFileReport(signed.der(), rosters.us(), clock.instant());
        if (!report.from().equals(from) || !report.file().equals(file))
            throw Refusal.HEADER_MISMATCH.because("file report of " + report.from() + " brought by " + from);
        return report.progress();
    }

    /** Verifies what was kept, against the roster of its day. */
    FileReport proved(SignedBytes signed) {
        return new Reader(profile, rosters.history()).verifyKeptFileReport(signed.der());
    }
}
