package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.sshd.client.session.ClientSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class ManyServersTest {
    private static final int MIB = 1_024 * 1_024;

    @TempDir
    Path folder;

    private SandboxFixture sandboxFixture;
    private SshTestClient sshTestClient;

    @BeforeEach
    void setUp() {
        sandboxFixture = new SandboxFixture(folder);
        sshTestClient = SshTestClient.withKey();
    }

    @AfterEach
    void tearDown() {
        sshTestClient.close();
        sandboxFixture.close();
    }

    @Test
    void servesFiftySessionsAtOnce() throws Exception {
        var ids = servers(50);
        var open = new ArrayList<ClientSession>();
        for (var id : ids) {
            open.add(sshTestClient.login(sandboxFixture.account().shell(id)));
        }
        var executor = Executors.newFixedThreadPool(16);
        try {
            var answers = executor.invokeAll(open.stream()
                    .map(session -> (Callable<String>) () ->
                            SshTestClient.run(session, "hostname", new byte[0]).text())
                    .toList());
            for (var i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("many-" + i + "\n");
            }
        } finally {
            executor.shutdownNow();
        }
        for (var session : open) {
            session.close();
        }
    }

    @Test
    void runsIdleServersWithoutThreadsOrMuchMemory() throws IOException {
        var ids = servers(300);
        sandboxFixture.account().shell(ids.get(0));
        var threads = Thread.activeCount();
        var before = usedMib();

        sandboxFixture.sandbox().wake();

        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
        assertThat(usedMib() - before).isLessThan(20);
        assertThat(sshTestClient
                        .run(sandboxFixture.account().shell(ids.get(299)), "hostname")
                        .text())
                .isEqualTo("many-299\n");
    }

    @Test
    void assignsEachServerItsOwnAddress() {
        servers(100);
        assertThat(sandboxFixture.account().servers())
                .extracting(providerServer -> providerServer.addresses().get(0))
                .doesNotHaveDuplicates()
                .noneMatch(address -> address.equals("127.0.0.1"));
    }

    private List<String> servers(int count) {
        var ids = IntStream.range(0, count)
                .mapToObj(i -> sandboxFixture
                        .account()
                        .create(SandboxFixture.serverSpec("many-" + i, sshTestClient.line()))
                        .id())
                .toList();
        sandboxFixture.completeTasks();
        return ids;
    }

    private static long usedMib() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MIB;
    }
}
