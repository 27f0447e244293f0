package io.tenantry.cloud.console;

import io.tenantry.kernel.ssh.Ed25519;
import io.tenantry.kernel.ssh.SshKeyPair;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** A real SSH server whose shell echoes its input; {@code q} ends it, and {@code y} makes it send output endlessly. */
final class EchoServer implements AutoCloseable {
    static {
        Ed25519.use();
    }

    final AtomicLong sentBytes = new AtomicLong();

    /** The user name and key of each login attempt. */
    final List<String> loginAttempts = new CopyOnWriteArrayList<>();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey;

    EchoServer(KeyPair hostKey, KeyPair guest) {
        this(hostKey, guest, server -> {});
    }

    /** @param customization changes the server */
    EchoServer(KeyPair hostKey, KeyPair guest, Consumer<SshServer> customization) {
        this.hostKey = hostKey;
        server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((name, key, session) -> {
            loginAttempts.add(name + " " + SshKeyPair.fingerprint(key));
            return name.equals("root") && KeyUtils.compareKeys(key, guest.getPublic());
        });
        server.setShellFactory(channel -> new Shell());
        customization.accept(server);
        try {
            server.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String fingerprint() {
        return SshKeyPair.fingerprint(hostKey.getPublic());
    }

    SshEndpoint endpoint() {
        return new SshEndpoint(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()), Optional.empty());
    }

    List<String> users() {
        return server.getActiveSessions().stream()
                .map(session -> String.valueOf(session.getUsername()))
                .toList();
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            threads.shutdownNow();
        }
    }

    private final class Shell implements Command {
        private InputStream in = InputStream.nullInputStream();
        private OutputStream out = OutputStream.nullOutputStream();
        private ExitCallback exit = (code, message, closeImmediately) -> {};

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            // No data is sent there.
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            var terminal = environment.getEnv();
            threads.execute(() -> {
                try {
                    write(terminal.get(Environment.ENV_TERM) + " " + terminal.get(Environment.ENV_COLUMNS) + "\n");
                    echo();
                    exit.onExit(0);
                } catch (IOException gone) {
                    exit.onExit(1);
                }
            });
        }

        private void echo() throws IOException {
            for (var key = in.read(); key >= 0 && key != 'q'; key = in.read()) {
                if (key == 'y') {
                    while (!threads.isShutdown()) {
                        write("y".repeat(1_000));
                    }
                }
                write(String.valueOf((char) key));
            }
        }

        private void write(String text) throws IOException {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(bytes);
            out.flush();
            sentBytes.addAndGet(bytes.length);
        }

        @Override
        public void destroy(ChannelSession channel) throws IOException {
            in.close();
        }
    }
}
