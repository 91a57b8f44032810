package org.sharaka.node.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes files of some kinds into the node, for {@code ./sharaka import KIND FILE}. A module that keeps what files bring besides
 * reports offers one as a bean; the command knows it by its kinds alone.
 */
public interface FileImport {
    /** Words that the administrator types as KIND. */
    Set<String> kinds();

    /**
     * Reads the file to its end.
     *
     * @return the exit status: 0 if all went well
     * @throws OperatorException to stop with a message
     * @throws ProblemException likewise, with the problem's title
     */
    int run(CommandContext context, Order order) throws IOException;

    /**
     * What the administrator asked for.
     *
     * @param kind one of {@link #kinds()}
     * @param list name under which the entries are kept, where the kind does not say
     * @param sha256 what the file must hash to, in hexadecimal, if its publisher says
     * @param shrinks whether the file may take many entries away
     * @param standing word for what the entries are in law
     * @param columns what columns of the file mean, where their header does not say
     */
    record Order(
            String kind,
            Path file,
            Optional<String> list,
            Optional<String> sha256,
            boolean shrinks,
            Optional<String> standing,
            Map<String, String> columns) {
        public Order {
            columns = Map.copyOf(columns);
        }
    }
}
