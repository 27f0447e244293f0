package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interactive input at a terminal. */
class ConversationTest {
    private static final String PROMPT = "root@web-1:~# ";

    @TempDir
    Path folder;

    private final CollectedOutput collectedOutput = new CollectedOutput();
    private SandboxFixture sandboxFixture;
    private SshTestClient sshTestClient;
    private ClientSession session;
    private ChannelShell channel;
    private OutputStream keys;

    @BeforeEach
    void setUp() throws IOException, InterruptedException {
        sandboxFixture = new SandboxFixture(folder);
        sshTestClient = SshTestClient.withKey();
        session = sshTestClient.login(
                sandboxFixture.account().shell(sandboxFixture.server(SandboxFixture.HOSTNAME, sshTestClient.line())));
        channel = session.createShellChannel();
        channel.setPtyColumns(80);
        channel.setPtyLines(24);
        keys = new PipedOutputStream();
        channel.setIn(new PipedInputStream((PipedOutputStream) keys));
        channel.setOut(collectedOutput);
        channel.open().verify(SshTestClient.PATIENCE);
        collectedOutput.await(PROMPT);
    }

    @AfterEach
    void tearDown() throws IOException {
        session.close();
        sshTestClient.close();
        sandboxFixture.close();
    }

    @Test
    void echoesAndRunsLines() throws IOException, InterruptedException {
        type("echo one  two\r");
        assertThat(collectedOutput.await("\r\none two\r\n")).contains("echo one  two");
        collectedOutput.await(PROMPT);
        type("cd /etc\r");
        collectedOutput.await("root@web-1:/etc# ");
    }

    @Test
    void respectsTheWindowSize() throws IOException, InterruptedException {
        channel.sendWindowChange(30, 6);
        type("top\r");
        collectedOutput.await("\u001b[2J");
        collectedOutput.forget();
        var frame = collectedOutput.await("\u001b[2J");
        assertThat(frame.split("\r\n", -1)).hasSizeLessThanOrEqualTo(6);
        assertThat(frame.lines()).allMatch(line -> line.length() <= 30 + "\u001b[H\u001b[2J".length());
        type("q");
        collectedOutput.await(PROMPT);
    }

    @Test
    void endsTheSessionOnExit() throws IOException, InterruptedException {
        type("cat nothing\r");
        collectedOutput.await("No such file");
        collectedOutput.await(PROMPT);
        type("exit\r");
        assertThat(channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SshTestClient.PATIENCE))
                .contains(ClientChannelEvent.CLOSED);
        assertThat(channel.getExitStatus()).isZero();
    }

    @Test
    void endsTheSessionOnControlD() throws IOException {
        type("\u0004");
        assertThat(channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SshTestClient.PATIENCE))
                .contains(ClientChannelEvent.CLOSED);
    }

    @Test
    void endsTheSessionOnReboot() throws IOException {
        type("reboot\r");
        assertThat(channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SshTestClient.PATIENCE))
                .contains(ClientChannelEvent.CLOSED);
    }

    @Test
    void losesNoPastedInput() throws IOException, InterruptedException {
        for (var i = 0; i < 300; i++) {
            type("echo number " + i + " >> pasted\r");
        }
        type("echo the end\r");
        collectedOutput.await("\r\nthe end\r\n");
        collectedOutput.await(PROMPT);
        type("cat pasted\r");
        assertThat(collectedOutput.await("number 299\r\n").split("number ", -1)).hasSize(301);
    }

    @Test
    void survivesGarbageInput() throws IOException, InterruptedException {
        var garbage = new byte[100_000];
        for (var i = 0; i < garbage.length; i++) {
            var one = (byte) (i * 31 + i / 256);
            garbage[i] = one == 3 || one == 4 || one == '\r' || one == '\n' ? (byte) 1 : one;
        }
        keys.write(garbage);
        keys.flush();
        type("\u0003echo still here\r");
        collectedOutput.await("\r\nstill here\r\n");
    }

    private void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }
}
