package org.sharaka.node.attachment;

import java.util.Optional;
import java.util.function.Supplier;
import org.sharaka.node.access.Actor;
import org.sharaka.node.evidence.CustodyAct;
import org.sharaka.node.evidence.ItemGuard;
import org.sharaka.node.evidence.ItemId;
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
    public void check(Actor actor, ItemId item, CustodyAct act) {
        for (SqlAttachments.Received carried : attachments.carrying(item))
            exchange.get().received(carried.sender(), carried.message()).ifPresent(held -> control.get()
                    .require(actor, toward(act), held, Optional.empty()));
    }

    private static Act toward(CustodyAct act) {
        return switch (act) {
            case VIEWED -> Act.VIEW;
            case SENT -> Act.ONWARD_SHARE;
            default -> Act.EXPORT;
        };
    }
}
