package org.sharaka.node.assembly;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Status;

/** The members of a roster while a proposal changes them. */
final class Membership {
    private final Map<MemberId, Member> members = new TreeMap<>();

    Membership(Collection<Member> members) {
        members.forEach(member -> this.members.put(member.id(), member));
    }

    void admit(Member member) {
        if (members.putIfAbsent(member.id(), member) != null)
            throw new OperatorException("assembly.roster.member-known", member.id());
    }

    void replace(Member member) {
        require(member.id());
        members.put(member.id(), member);
    }

    void change(MemberId id, Status status) {
        members.put(id, require(id).with(status));
    }

    private Member require(MemberId id) {
        Member member = members.get(id);
        if (member == null) throw new OperatorException("assembly.roster.member-unknown", id);
        return member;
    }

    List<Member> all() {
        return List.copyOf(members.values());
    }
}
