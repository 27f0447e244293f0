package io.tenantry.server;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Whether a server has logged the end of its start: it takes requests from then on, which is after its deployments are started.
 *
 * @param file the server's log, which earlier starts have written to as well
 * @param before its size in bytes before this start
 */
record StartLog(Path file, long before) {
    /** With and without errors. */
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
            // Shorter than before is a new file: it changes at midnight.
            read.position(read.size() < before ? 0 : before);
            var logged = Channels.newInputStream(read).readAllBytes();
            return STARTED.matcher(new String(logged, StandardCharsets.UTF_8)).find();
        }
    }
}
