package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The most common client, where it is installed. */
class OpenSshTest {
    private static final Path SSH = Path.of("/usr/bin/ssh");

    @TempDir
    Path folder;

    private SandboxFixture sandboxFixture;
    private Path key;
    private String id;

    @BeforeEach
    void setUp() throws Exception {
        assumeTrue(Files.isExecutable(SSH));
        sandboxFixture = new SandboxFixture(folder.resolve("sandbox"));
        key = folder.resolve("id");
        run("", List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        id = sandboxFixture.server(SandboxFixture.HOSTNAME, Files.readString(folder.resolve("id.pub")));
    }

    @AfterEach
    void tearDown() {
        sandboxFixture.close();
    }

    @Test
    void runsACommand() throws Exception {
        assertThat(ssh("", List.of(), "hostname && uname -a")).startsWith(SandboxFixture.HOSTNAME + "\nLinux");
    }

    @Test
    void uploadsAndDownloadsAFile() throws Exception {
        ssh("one\ntwo\n", List.of(), "cat > file");
        assertThat(ssh("", List.of(), "cat file")).isEqualTo("one\ntwo\n");
    }

    @Test
    void opensAnInteractiveSession() throws Exception {
        var screen = ssh("echo one\rexit\r", List.of("-tt"), "");
        assertThat(screen).contains("Welcome to Debian").contains("\r\none\r\n");
    }

    private String ssh(String input, List<String> options, String line) throws Exception {
        var endpoint = sandboxFixture.account().shell(id);
        var command = new ArrayList<>(List.of(SSH.toString(), "-F", "none", "-i", key.toString()));
        for (var option : List.of(
                "BatchMode=yes",
                "ConnectTimeout=20",
                "GlobalKnownHostsFile=/dev/null",
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                "LogLevel=ERROR",
                "StrictHostKeyChecking=no",
                "UserKnownHostsFile=/dev/null")) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(options);
        command.addAll(List.of("-p", String.valueOf(endpoint.port()), "root@" + endpoint.host()));
        if (!line.isEmpty()) {
            command.add(line);
        }
        return run(input, command);
    }

    private String run(String input, List<String> command) throws Exception {
        var out = Files.createTempFile(folder, "out", ".txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }
}
