package io.tenantry.server;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A detector of the end of a server's start in its log: it accepts requests from then on, which is after its deployments have started.
 *
 * @param file the server's log, which contains earlier starts as well
 * @param before its size in bytes before this start
 */
record StartLog(Path file, long before) {
    /** The message of a start with or without errors. */
    private static final Pattern STARTED = Pattern.compile("WFLYSRV002[56]");

    static StartLog before(Path base) throws IOException {
        var file = base.resolve("log/server.log");
        return new StartLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    boolean isStarted() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (var read = Files.newByteChannel(file)) {
            // A file that is shorter than before is a new one: it rotates at midnight.
            read.position(read.size() < before ? 0 : before);
            var logged = Channels.newInputStream(read).readAllBytes();
            return STARTED.matcher(new String(logged, StandardCharsets.UTF_8)).find();
        }
    }
}
