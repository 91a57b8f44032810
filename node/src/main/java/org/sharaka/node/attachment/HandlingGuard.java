package org.sharaka.node.attachment;

import java.util.Optional;
import java.util.function.Supplier;
import org.sharaka.node.access.Actor;
import org.sharaka.node.evidence.ItemGuard;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.evidence.ItemUse;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.originator.Control;
import org.sharaka.protocol.message.Act;

/**
 * What came with a message is handled as the message is: its originator's codes and remarks bind the file too, and a file whose message was
 * recalled is not opened any more. With a message that was destroyed its files end by themselves.
 */
final class HandlingGuard implements ItemGuard {
    private final SqlAttachments attachments;
    private final Supplier<ExchangeService> exchange;
    private final Supplier<Control> control;

    HandlingGuard(SqlAttachments attachments, Supplier<ExchangeService> exchange, Supplier<Control> control) {
        this.attachments = attachments;
        this.exchange = exchange;
        this.control = control;
    }

    @Override
    public void check(Actor actor, ItemId item, ItemUse use) {
        for (SqlAttachments.Received carried : attachments.carrying(item))
            exchange.get().received(carried.sender(), carried.message()).ifPresent(held -> control.get()
                    .require(actor, toward(use), held, Optional.empty()));
    }

    @Override
    public boolean waits(ItemId item) {
        return exchange.get().returned()
                && attachments.carrying(item).stream().anyMatch(carried -> control.get()
                        .standing(carried.sender(), carried.message())
                        .unsettled());
    }

    private static Act toward(ItemUse use) {
        return switch (use) {
            case VIEW -> Act.VIEW;
            case EXPORT -> Act.EXPORT;
            case COURT -> Act.COURT_BUNDLE;
            case SEND -> Act.ONWARD_SHARE;
        };
    }
}
