package io.tenantry.cloud.provider.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/** The single SSH server behind all listeners. It offers sessions only: no forwarding, no agent, no subsystem. */
final class EmbeddedSshServer extends SshServer {
    private static final System.Logger LOG = System.getLogger(EmbeddedSshServer.class.getName());
    private static final String ROOT = "root";
    private static final String SPARE = "127.0.0.1";
    private static final int WORKERS = 2;
    private static final long WINDOW_BYTES = 64 * 1024;
    private static final int CHANNELS_MAX = 8;
    private static final int AUTHENTICATIONS_MAX = 8;
    private static final Duration AUTHENTICATION_MAX = Duration.ofSeconds(30);
    private static final Duration IDLE_MAX = Duration.ofMinutes(30);
    private static final Duration END_MAX = Duration.ofSeconds(5);

    /** Use {@link #start}. */
    private EmbeddedSshServer() {}

    /** Starts it without a listener. */
    static EmbeddedSshServer start(SshListeners sshListeners, Executor visits) throws IOException {
        var embeddedSshServer = (EmbeddedSshServer) ServerBuilder.builder()
                .factory(EmbeddedSshServer::new)
                .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
                .channelFactories(List.of(ChannelSessionFactory.INSTANCE))
                .build();
        embeddedSshServer.setHost(SPARE);
        embeddedSshServer.setNioWorkers(WORKERS);
        embeddedSshServer.setKeyPairProvider(new KeysByAddress(sshListeners));
        embeddedSshServer.setUserAuthFactories(
                List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        embeddedSshServer.setKeyboardInteractiveAuthenticator(KeyboardInteractiveAuthenticator.NONE);
        embeddedSshServer.setPublickeyAuthenticator((name, key, session) -> ROOT.equals(name)
                && sshListeners
                        .behind(session)
                        .filter(listenerTarget -> listenerTarget.key().test(key))
                        .isPresent());
        embeddedSshServer.setPasswordAuthenticator((name, password, session) -> ROOT.equals(name)
                && sshListeners
                        .behind(session)
                        .filter(listenerTarget -> listenerTarget.password().test(password))
                        .isPresent());
        embeddedSshServer.setShellFactory(
                channel -> new SshSession(channel, sshListeners.behind(channel.getSession()), visits, ""));
        embeddedSshServer.setCommandFactory(
                (channel, line) -> new SshSession(channel, sshListeners.behind(channel.getSession()), visits, line));
        embeddedSshServer.addSessionListener(new OnlyWhileUp(sshListeners));
        CoreModuleProperties.SERVER_IDENTIFICATION.set(embeddedSshServer, "SANDBOX");
        CoreModuleProperties.WINDOW_SIZE.set(embeddedSshServer, WINDOW_BYTES);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(embeddedSshServer, CHANNELS_MAX);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(embeddedSshServer, AUTHENTICATIONS_MAX);
        CoreModuleProperties.AUTH_TIMEOUT.set(embeddedSshServer, AUTHENTICATION_MAX);
        CoreModuleProperties.IDLE_TIMEOUT.set(embeddedSshServer, IDLE_MAX);
        CoreModuleProperties.STOP_WAIT_TIME.set(embeddedSshServer, END_MAX);
        embeddedSshServer.start();
        // It does not start without an address; this one is not used.
        embeddedSshServer.acceptor.unbind();
        return embeddedSshServer;
    }

    /** Listens at another address, and returns it with the actual port. */
    InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
        var before = new HashSet<>(acceptor.getBoundAddresses());
        acceptor.bind(wanted);
        for (var one : acceptor.getBoundAddresses()) {
            if (!before.contains(one) && one instanceof InetSocketAddress bound) {
                return bound;
            }
        }
        throw new IOException("not listening");
    }

    void unbind(InetSocketAddress address) {
        acceptor.unbind(address);
    }

    void throwOut(Predicate<SessionContext> whom) {
        for (var session : getActiveSessions()) {
            if (whom.test(session)) {
                session.close(true);
            }
        }
    }

    void end() {
        try {
            stop(true);
        } catch (IOException late) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the sandbox's SSH server did not stop cleanly: {0}",
                    late.getMessage());
        }
    }

    /** Presents the host key of the server that belongs to the address. */
    private record KeysByAddress(SshListeners sshListeners) implements KeyPairProvider {
        @Override
        public Iterable<KeyPair> loadKeys(SessionContext session) {
            return sshListeners
                    .behind(session)
                    .map(listenerTarget -> List.of(listenerTarget.hostKey()))
                    .orElse(List.of());
        }
    }

    /** Disconnects clients of a server that is not running. */
    private record OnlyWhileUp(SshListeners sshListeners) implements SessionListener {
        @Override
        public void sessionCreated(Session session) {
            if (sshListeners.behind(session).isEmpty()) {
                session.close(true);
            }
        }
    }
}
