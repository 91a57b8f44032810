package org.sharaka.node.originator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.protocol.message.MessageId;

/** What of ours expired on its way, however much else arrived or was turned away. */
final class Lost {
    private Lost() {}

    /**
     * @param after what may have been lost, a page at a time: what follows the last of the page before, empty at the end
     * @param by the message that carries it now
     */
    static <T> List<T> among(
            ExchangeService exchange, Function<Optional<T>, List<T>> after, Function<T, MessageId> by, int limit) {
        List<T> lost = new ArrayList<>();
        Optional<T> last = Optional.empty();
        for (List<T> page = after.apply(last); !page.isEmpty() && lost.size() < limit; page = after.apply(last)) {
            Set<MessageId> skipped = exchange.skipped(page.stream().map(by).toList());
            lost.addAll(page.stream()
                    .filter(each -> skipped.contains(by.apply(each)))
                    .limit(limit - lost.size())
                    .toList());
            last = Optional.of(page.get(page.size() - 1));
        }
        return lost;
    }
}
