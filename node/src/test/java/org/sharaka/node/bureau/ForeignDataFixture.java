package org.sharaka.node.bureau;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementService;
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.originator.ThreeBureaux;
import org.sharaka.node.originator.Verdict;
import org.sharaka.node.platform.Eventually;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Order;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Morocco tells Spain something, and Spain uses it or lets a third have it: three whole nodes, invented cases. */
final class ForeignDataFixture extends ThreeBureaux {
    static final Actor AMINA =
            officer("amina", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, Permission.EXCHANGE_APPROVE);
    static final Actor LUCIA =
            officer("lucia", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, Permission.EXCHANGE_APPROVE);
    static final Actor PABLO = officer("pablo", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);
    static final Words WHY = Words.of("en", "The prosecutor needs it.");
    static final Words NOTE = Words.of("en", "Morocco wrote this.");

    /** Writes and has files under custody. */
    static Actor withFiles(String id) {
        return officer(
                id,
                Permission.EXCHANGE_READ,
                Permission.EXCHANGE_SEND,
                Permission.EVIDENCE_READ,
                Permission.EVIDENCE_ADD,
                Permission.EVIDENCE_EXPORT);
    }

    /** The same officer, at work for another purpose. */
    static Actor working(Actor officer, Purpose purpose) {
        return new Actor(
                officer.kind(),
                officer.id(),
                officer.name(),
                officer.unit(),
                officer.permissions(),
                Optional.of(purpose));
    }

    BureauService bureau(MemberId member) {
        return node(member).service(BureauService.class);
    }

    Reading reading(MemberId member) {
        return node(member).service(Reading.class);
    }

    ForeignData data(MemberId member) {
        return node(member).service(ForeignData.class);
    }

    EvidenceService evidence(MemberId member) {
        return node(member).service(EvidenceService.class);
    }

    static Writing information(HandlingCode... codes) {
        return Writing.information("A shop that does not exist", Words.of("en", "The account is in Bilbao."))
                .codes(codes);
    }

    /** Morocco tells Spain what may go on as far as the codes allow; the conversation as Spain has it. */
    ConversationKey told(HandlingCode... codes) {
        return told(information(codes).passable(), false);
    }

    ConversationKey told(Writing writing, boolean ownUnit) {
        return told(MA, AMINA, ES, writing, ownUnit);
    }

    /** An officer tells another member something, after a second look where it needs one; the conversation as that has it. */
    ConversationKey told(MemberId from, Actor by, MemberId to, Writing writing, boolean ownUnit) {
        Composition composition = writing.composition();
        ConversationKey key = bureau(from)
                .open(by, Map.of(to, composition.terms().legalBasis()), composition, ownUnit, "")
                .get(0);
        if (composition.needsSecondLook()) {
            Reading.Said draft = first(from, by, key);
            node(from)
                    .service(SecondLook.class)
                    .release(
                            officer("omar", Permission.EXCHANGE_READ, Permission.EXCHANGE_APPROVE),
                            key,
                            draft.entry().id(),
                            draft.draft().orElseThrow().shown());
        }
        ConversationKey there = new ConversationKey(from, key.id());
        awaitEntries(to, there, 1);
        return there;
    }

    /** Takes files under custody, each named by what it holds. */
    List<String> take(MemberId member, Actor by, String... contents) {
        return Stream.of(contents)
                .map(content -> BureauFixture.take(node(member), by, content + ".pdf", content))
                .toList();
    }

    int entries(MemberId at, ConversationKey key) {
        Integer count = sql(at).queryForObject(
                        "select count(*) from bureau.message where peer = ? and conversation = ?",
                        Integer.class,
                        key.peer().value(),
                        key.id().value());
        return count == null ? 0 : count;
    }

    void awaitEntries(MemberId at, ConversationKey key, int count) {
        Eventually.await(count + " messages at " + at, () -> entries(at, key) == count);
    }

    Reading.Said first(MemberId at, Actor actor, ConversationKey key) {
        return reading(at).view(actor, key).said().get(0);
    }

    Reading.Said last(MemberId at, Actor actor, ConversationKey key) {
        List<Reading.Said> said = reading(at).view(actor, key).said();
        return said.get(said.size() - 1);
    }

    /** Of the first. */
    UUID message(MemberId at, Actor actor, ConversationKey key) {
        return first(at, actor, key).entry().id();
    }

    List<Attachment> files(MemberId at, Actor actor, ConversationKey key) {
        if (entries(at, key) == 0) return List.of();
        Reading.OpenedConversation opened = reading(at).view(actor, key);
        return opened.files().getOrDefault(opened.said().get(0).entry().id(), List.of());
    }

    /** The files of the first message, once so many are whole. */
    List<Attachment> arrived(MemberId at, Actor actor, ConversationKey key, int count) {
        Eventually.await(
                "files at " + at,
                () -> files(at, actor, key).stream()
                                .filter(file -> file.state() == Attachment.State.COMPLETE)
                                .count()
                        == count);
        return files(at, actor, key);
    }

    Verdict.Say say(MemberId at, Actor actor, ConversationKey key, Act act) {
        return first(at, actor, key).custody().acts().get(act).say();
    }

    void awaitSay(MemberId at, Actor actor, ConversationKey key, Act act, Verdict.Say say) {
        Eventually.await(act + " " + say, () -> say(at, actor, key, act) == say);
    }

    ForeignData.TakenOut takeOut(ConversationKey key, Act act) {
        return data(ES).takeOut(LUCIA, key, message(ES, LUCIA, key), act, commands -> String.join("\n", commands));
    }

    /** Spain asks whether it may give it to a court; the question as Morocco has it. */
    Reading.Said asked(ConversationKey key) {
        ConversationKey here = new ConversationKey(ES, key.id());
        int before = entries(MA, here);
        ConversationKey unused =
                data(ES).ask(LUCIA, key, message(ES, LUCIA, key), Act.COURT_BUNDLE, Optional.empty(), WHY);
        awaitEntries(MA, here, before + 1);
        return last(MA, AMINA, here);
    }

    void permit(ConversationKey key, Reading.Said asked, PermissionAnswer.Outcome outcome) {
        permit(key, asked, outcome, Optional.empty());
    }

    void permit(ConversationKey key, Reading.Said asked, PermissionAnswer.Outcome outcome, Optional<Instant> until) {
        data(MA).permit(AMINA, key, asked.entry().id(), outcome, until, Optional.of(Words.of("fr", "Pour ce procès.")));
    }

    /** Spain shares with the third. @return the conversation as the third has it */
    ConversationKey share(Actor by, ConversationKey key, String... files) {
        ConversationKey shared = data(ES).share(by, key, message(ES, by, key), XK, TREATY, NOTE, List.of(files));
        return new ConversationKey(ES, shared.id());
    }

    /** What Spain shares with the third has come. */
    ConversationKey shared(ConversationKey key) {
        ConversationKey third = share(LUCIA, key);
        awaitEntries(XK, third, 1);
        return third;
    }

    /** About the first message of a conversation. */
    UUID order(MemberId from, Actor by, ConversationKey key, Order.Kind kind, String reason) {
        return data(from).order(by, key, message(from, by, key), BureauFixture.form(kind, reason));
    }

    int entered(MemberId at, String action, String outcome) {
        Integer count = sql(at).queryForObject(
                        "select count(*) from audit.entry where action = ? and outcome = ?",
                        Integer.class,
                        action,
                        outcome);
        return count == null ? 0 : count;
    }

    /** For a while a node knows that the treaty does not bind a country. */
    void withoutTheLaw(MemberId at, String country, Runnable then) {
        byte[] before = unbind(at, TREATY, Set.of(country));
        try {
            then.run();
        } finally {
            int unused = node(at).service(AgreementService.class).importFile(Actor.system("test"), before);
        }
    }

    /** A node knows that an agreement does not bind these countries. @return what it knew before */
    byte[] unbind(MemberId at, String code, Set<String> countries) {
        AgreementService agreements = node(at).service(AgreementService.class);
        byte[] before = agreements.export(Actor.system("test"));
        JsonMapper json = new JsonMapper();
        JsonNode file = json.readTree(before);
        for (JsonNode agreement : file.get("agreements")) {
            if (!agreement.get("code").asString().equals(code)) continue;
            ArrayNode parties = (ArrayNode) agreement.get("parties");
            for (int i = parties.size() - 1; i >= 0; i--)
                if (countries.contains(parties.get(i).get("code").asString())) parties.remove(i);
        }
        int unused = agreements.importFile(Actor.system("test"), json.writeValueAsBytes(file));
        return before;
    }
}
