package org.sharaka.node.bureau;

import java.util.Optional;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.WebAlarm;
import org.sharaka.node.platform.WebViewer;

/** Shows the duty officers on every page that an urgent message stays unread, as far as their unit may see it (SAFEGUARDS S19). */
record BureauAlarm(DutyAlarms alarms) implements WebAlarm {
    /** Names how many, and nothing of what they say. */
    static final String LABEL = "bureau.alarm.ringing";

    @Override
    public Optional<Watch> of(WebViewer viewer) {
        if (!viewer.permissions().contains(Permission.EXCHANGE_READ.name())
                || !viewer.permissions().contains(Permission.EXCHANGE_SEND.name())) return Optional.empty();
        UrgentMatters.Rings rings = alarms.rings(viewer.unit());
        return Optional.of(new Watch("/bureau/alarms", "/bureau/alarms/news", LABEL, rings.alarms(), rings.mark()));
    }
}
