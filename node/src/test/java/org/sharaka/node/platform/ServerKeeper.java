package org.sharaka.node.platform;

import java.nio.file.Path;

/** A process that does nothing but hold a home and its database: what fault tests kill. */
final class ServerKeeper {
    private ServerKeeper() {}

    public static void main(String[] arguments) throws InterruptedException {
        Home home = new Home(Path.of(arguments[0])).create();
        HomeLock.acquire(home);
        EmbeddedPostgres.start(home, new DatabaseSettings("", "", "", 8, "", arguments[1], 32));
        Thread.currentThread().join();
    }
}
