package org.sharaka.node.evidence;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.EntryId;

/**
 * One line of an item's custody log.
 *
 * @param number from 1 without a gap
 * @param unit the actor's
 * @param counterpart the member on the other side
 * @param reason a word of a fixed list
 * @param reference what it was for: a kind and an id
 * @param entry the same act in the audit record, whose tree nobody can change unseen
 */
public record CustodyEntry(
        int number,
        Instant at,
        CustodyAct act,
        Actor.Kind actorKind,
        String actor,
        Optional<String> unit,
        Optional<String> purpose,
        Optional<String> counterpart,
        Optional<String> reason,
        Optional<String> reference,
        EntryId entry) {}
