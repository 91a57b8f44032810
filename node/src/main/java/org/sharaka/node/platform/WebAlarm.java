package org.sharaka.node.platform;

import java.util.Optional;

/** What cannot wait and so stands over every page of whoever it concerns; a module offers one as a bean. It says that, never what. */
@FunctionalInterface
public interface WebAlarm {
    /** @return empty for whom it does not concern; also while nothing rings for whom it does, there is a watch */
    Optional<Watch> of(WebViewer viewer);

    /**
     * How it stands for one reader.
     *
     * @param path where the reader does something about it
     * @param newsPath where a page asks how it stands; answers {@code ringing}, {@code mark} and the {@code text} for the reader
     * @param labelKey message key of that text, given the number; without anything of the matter
     * @param ringing how many ring
     * @param mark another text when it rang anew
     */
    record Watch(String path, String newsPath, String labelKey, int ringing, String mark) {}
}
