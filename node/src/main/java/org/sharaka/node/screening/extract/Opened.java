package org.sharaka.node.screening.extract;

import java.util.List;
import org.sharaka.node.screening.HeldLists;
import org.sharaka.node.screening.ScreeningList;
import org.sharaka.node.screening.hit.Distinction;
import org.sharaka.node.screening.register.HeldRegisters;

/** An extract that was opened: all of it in memory. */
public record Opened(
        Manifest manifest,
        Header header,
        List<ScreeningList> names,
        HeldLists lists,
        HeldRegisters registers,
        List<Distinction> distinctions,
        List<PostOfficer> officers) {
    public Opened {
        names = List.copyOf(names);
        distinctions = List.copyOf(distinctions);
        officers = List.copyOf(officers);
    }

    /**
     * What the post must know besides.
     *
     * @param country ISO 3166-1 alpha-2 code: how numbers are written there
     * @param call how the own bureau is reached
     * @param secret 32 bytes that node and post share: hashes of questions and the log's chain come from it
     * @param logKey 32 bytes: the node's public key, to which the log is sealed
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Header(String country, String call, byte[] secret, byte[] logKey) {}
}
