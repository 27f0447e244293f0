package io.tenantry.cloud.console;

import io.tenantry.kernel.ssh.Ed25519;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/**
 * The SSH client shared by all consoles of this node: two threads do the I/O of all of them. It logs in by key only, forwards nothing, and
 * reads nothing of the operating-system account that the application runs as. It supports only ciphers that are immune to prefix truncation
 * (Terrapin, CVE-2023-48795); SHA-1 is accepted neither for integrity nor for host key signatures.
 */
@ApplicationScoped
public class SshClients {
    private static final AttributeKey<HostKeyCheck> CHECK = new AttributeKey<>();
    private static final List<NamedFactory<Cipher>> CIPHERS = List.of(
            BuiltinCiphers.aes256gcm, BuiltinCiphers.aes128gcm, BuiltinCiphers.aes256ctr, BuiltinCiphers.aes128ctr);
    private static final List<NamedFactory<Mac>> MACS = List.of(
            BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256, BuiltinMacs.hmacsha512);
    private static final String SHA1_SIGNATURE = BuiltinSignatures.rsa.getName();
    private static final String ROOT = "root";
    private static final int WORKERS = 2;
    private static final long WINDOW_BYTES = 128 * 1024;
    private static final int SILENT_MAX = 3;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(8);
    private static final Duration LOGIN_MAX = Duration.ofSeconds(15);
    private static final Duration BEAT = Duration.ofSeconds(30);

    /** Idle time is not checked here. */
    private static final Duration NEVER = Duration.ofDays(1);

    static {
        Ed25519.use();
    }

    private Optional<SshClient> client = Optional.empty();
    private boolean isClosed;

    /**
     * Logs in.
     *
     * @throws NoCommonCipherException if the server supports no encryption that we trust
     * @throws IOException if the server cannot be reached, presents a key that the check rejects, or refuses the login
     */
    ClientSession login(SshEndpoint to, KeyPair key, HostKeyCheck check) throws IOException {
        var session = client().connect(ROOT, to.address(), AttributeRepository.ofKeyValuePair(CHECK, check))
                .verify(CONNECT_MAX)
                .getSession();
        try {
            session.addPublicKeyIdentity(key);
            session.auth().verify(LOGIN_MAX);
            return session;
        } catch (SshException failure) {
            session.close(true);
            throw NoCommonCipherException.explained(failure);
        } catch (IOException | RuntimeException failure) {
            session.close(true);
            throw failure;
        }
    }

    @PreDestroy
    synchronized void close() {
        isClosed = true;
        client.ifPresent(SshClient::stop);
        client = Optional.empty();
    }

    private synchronized SshClient client() throws IOException {
        if (isClosed) {
            throw new IOException("the node is shutting down");
        }
        var now = client.orElseGet(SshClients::start);
        client = Optional.of(now);
        return now;
    }

    private static SshClient start() {
        var client = SshClient.setUpDefaultClient();
        client.setNioWorkers(WORKERS);
        client.setCipherFactories(CIPHERS);
        client.setMacFactories(MACS);
        client.setSignatureFactories(client.getSignatureFactories().stream()
                .filter(one -> !one.getName().equals(SHA1_SIGNATURE))
                .toList());
        client.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setServerKeyVerifier((session, address, shown) -> {
            var context = session.getConnectionContext();
            var check = context == null ? null : context.getAttribute(CHECK);
            return check != null && check.accepts(shown);
        });
        CoreModuleProperties.CLIENT_IDENTIFICATION.set(client, "CONSOLE");
        CoreModuleProperties.WINDOW_SIZE.set(client, WINDOW_BYTES);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, NEVER);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, NEVER);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, BEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, SILENT_MAX);
        client.start();
        return client;
    }
}
