package org.sharaka.node.platform;

/**
 * One subcommand of {@code ./sharaka}, run inside the node's services without its listeners. A module declares its
 * commands as public classes with picocli's annotations and no constructor arguments, and lists them in
 * {@code META-INF/services/org.sharaka.node.platform.NodeCommand}, so that usage help needs no database.
 *
 * <p>Usage texts are found by the module's name and the command's: {@code <module>.command.<name>.usage.description},
 * {@code <module>.command.<name>.<option without dashes>} in messages/&lt;module&gt;_*.properties; for parameters by their
 * {@code descriptionKey}. A command that only groups others need not implement this interface's method.
 */
public interface NodeCommand {
    /**
     * Does the work.
     *
     * @return the exit status: 0 if all went well, 1 if not
     * @throws OperatorException to stop with a message, exit status 1
     * @throws ProblemException likewise, with the problem's title
     */
    int run(CommandContext context) throws Exception;
}
