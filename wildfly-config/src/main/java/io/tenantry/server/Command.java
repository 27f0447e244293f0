package io.tenantry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the operating system that is run until it ends. */
record Command(List<String> line, Map<String, String> environment) {

    /** The result of the program. */
    record Answer(int code, String output) {}

    static Command of(List<String> line) {
        return new Command(List.copyOf(line), Map.of());
    }

    /**
     * Runs the program and waits until it ends.
     *
     * <p>The output goes through a file, not a pipe: a daemon that it leaves behind would keep a pipe open.
     *
     * @throws StartupException if it does not exist or does not end in time
     */
    Answer run(Duration atMost) {
        Path output = null;
        try {
            output = Files.createTempFile(TempFolders.folder(), "output-", ".txt");
            var builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().put("LC_ALL", "C");
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new StartupException(line.get(0) + " did not end within " + atMost.toSeconds() + " s");
            }
            return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StartupException("cannot run " + line.get(0) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while " + line.get(0) + " ran", e);
        } finally {
            if (output != null) {
                TempFolders.delete(output);
            }
        }
    }
}
