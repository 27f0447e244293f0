package io.tenantry.provider.sandbox;

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

/** The one SSH server behind all doors. It offers sessions and nothing else: no forwarding, no agent, no subsystem. */
final class Gate extends SshServer {
    private static final System.Logger LOG = System.getLogger(Gate.class.getName());
    private static final String ROOT = "root";
    private static final String SPARE = "127.0.0.1";
    private static final int WORKERS = 2;
    private static final long WINDOW_BYTES = 64 * 1024;
    private static final int CHANNELS_MAX = 8;
    private static final int AUTHENTICATIONS_MAX = 8;
    private static final Duration AUTHENTICATION_MAX = Duration.ofSeconds(30);
    private static final Duration IDLE_MAX = Duration.ofMinutes(30);
    private static final Duration END_MAX = Duration.ofSeconds(5);

    /** Not to be used but by {@link #start}. */
    private Gate() {}

    /** Starts it with no door open. */
    static Gate start(Doors doors, Executor visits) throws IOException {
        var gate = (Gate) ServerBuilder.builder()
                .factory(Gate::new)
                .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
                .channelFactories(List.of(ChannelSessionFactory.INSTANCE))
                .build();
        gate.setHost(SPARE);
        gate.setNioWorkers(WORKERS);
        gate.setKeyPairProvider(new KeysByAddress(doors));
        gate.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        gate.setKeyboardInteractiveAuthenticator(KeyboardInteractiveAuthenticator.NONE);
        gate.setPublickeyAuthenticator((name, key, session) -> ROOT.equals(name)
                && doors.behind(session).filter(house -> house.key().test(key)).isPresent());
        gate.setPasswordAuthenticator((name, password, session) -> ROOT.equals(name)
                && doors.behind(session)
                        .filter(house -> house.password().test(password))
                        .isPresent());
        gate.setShellFactory(channel -> new Caller(channel, doors.behind(channel.getSession()), visits, ""));
        gate.setCommandFactory(
                (channel, line) -> new Caller(channel, doors.behind(channel.getSession()), visits, line));
        gate.addSessionListener(new OnlyWhileUp(doors));
        CoreModuleProperties.SERVER_IDENTIFICATION.set(gate, "SANDBOX");
        CoreModuleProperties.WINDOW_SIZE.set(gate, WINDOW_BYTES);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(gate, CHANNELS_MAX);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(gate, AUTHENTICATIONS_MAX);
        CoreModuleProperties.AUTH_TIMEOUT.set(gate, AUTHENTICATION_MAX);
        CoreModuleProperties.IDLE_TIMEOUT.set(gate, IDLE_MAX);
        CoreModuleProperties.STOP_WAIT_TIME.set(gate, END_MAX);
        gate.start();
        // It does not start without an address; this one is nobody's.
        gate.acceptor.unbind();
        return gate;
    }

    /** Listens at one more address, and says at which if any port was wanted. */
    InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
        var before = new HashSet<>(acceptor.getBoundAddresses());
        acceptor.bind(wanted);
        for (var one : acceptor.getBoundAddresses()) {
            if (!before.contains(one) && one instanceof InetSocketAddress bound) {
                return bound;
            }
        }
        throw new IOException("listens nowhere");
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
            LOG.log(System.Logger.Level.WARNING, "the SSH server of the sandbox ends late: {0}", late.getMessage());
        }
    }

    /** Shows the key of the server that somebody came to. */
    private record KeysByAddress(Doors doors) implements KeyPairProvider {
        @Override
        public Iterable<KeyPair> loadKeys(SessionContext session) {
            return doors.behind(session).map(house -> List.of(house.hostKey())).orElse(List.of());
        }
    }

    /** Sends away who comes to a server that is not up. */
    private record OnlyWhileUp(Doors doors) implements SessionListener {
        @Override
        public void sessionCreated(Session session) {
            if (doors.behind(session).isEmpty()) {
                session.close(true);
            }
        }
    }
}
