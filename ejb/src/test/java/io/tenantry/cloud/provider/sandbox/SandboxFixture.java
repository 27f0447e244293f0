package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.kernel.time.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A sandbox in its own folder, whose time advances on demand. */
final class SandboxFixture implements AutoCloseable {
    static final String TOKEN = "a-good-token";
    static final String HOSTNAME = "web-1.example.org";

    private final Path folder;
    private final MovableClock clock = new MovableClock();
    private Sandbox sandbox;

    SandboxFixture(Path folder) {
        this.folder = folder;
        clock.stopAt(Instant.parse("2026-11-22T10:00:00Z"));
        sandbox = new Sandbox(folder, clock);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    SandboxClient account() {
        return account(TOKEN);
    }

    SandboxClient account(String token) {
        return new SandboxClient(sandbox, token);
    }

    Instant now() {
        return clock.instant();
    }

    void advance(Duration time) {
        clock.stopAt(now().plus(time));
    }

    /** Completes everything in progress. */
    void completeTasks() {
        advance(Duration.ofMinutes(2));
    }

    /** Ends the process and starts another. */
    void restart() {
        sandbox.close();
        sandbox = new Sandbox(folder, clock);
    }

    static ServerSpec serverSpec(String hostname, String... keys) {
        return new ServerSpec(
                new ResourceTag(UUID.randomUUID()),
                hostname,
                "fra1",
                "s-1-2",
                "debian-13",
                List.of(keys),
                Optional.empty(),
                Map.of());
    }

    /** Creates a running server. */
    String server(String hostname, String... keys) {
        var id = account().create(serverSpec(hostname, keys)).id();
        completeTasks();
        return id;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
