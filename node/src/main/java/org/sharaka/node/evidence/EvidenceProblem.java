package org.sharaka.node.evidence;

import org.sharaka.node.platform.ProblemType;

/** Why something about a file under custody is refused. */
public enum EvidenceProblem implements ProblemType {
    /** There is no such item, or none that the actor may see. */
    NOT_FOUND(404),
    /** Its content was destroyed; what stays is that it was here. */
    DESTROYED(410),
    /** It may show the abuse of a child: one unit alone sees it, and nobody takes it out. */
    RESTRICTED(403),
    /** It is still on its way here. */
    NOT_ALL_HERE(409),
    /** A name that cannot be a file's. */
    BAD_NAME(422),
    /** Larger than one file may be: send it in parts. */
    TOO_LARGE(413),
    /** The stream ended before all had come. Nothing was kept. */
    BROKE_OFF(400),
    /** Too little space is left. Nothing was kept, nothing that was here is lost. */
    DISK_FULL(507),
    /** The sealed file is not where it belongs. */
    FILE_MISSING(500),
    /** The sealed file is not what was taken in. */
    ALTERED(500),
    /** Its key does not open under this node's key. */
    KEY_REFUSED(500);

    private final int status;

    EvidenceProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
