package org.sharaka.protocol.content;

import org.sharaka.protocol.json.Fields;

/** How soon an answer is wanted. Source of the three: Directive (EU) 2023/977, article 5. */
public enum Urgency {
    URGENT,
    PRIORITY,
    ROUTINE;

    /** As it stands in messages and files. */
    public String code() {
        return Fields.nameOf(this);
    }
}
