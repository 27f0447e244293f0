package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.SshEndpointLookup.Endpoint;
import io.tenantry.kernel.ssh.Ed25519;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** An SSH client with a key. */
final class SshTestClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static {
        Ed25519.use();
    }

    /** The result of a command. */
    record CommandResult(int code, String text) {}

    private final SshClient client = SshClient.setUpDefaultClient();
    private final KeyPair key;
    private volatile String fingerprint = "";

    SshTestClient(KeyPair key) {
        this.key = key;
        client.setServerKeyVerifier((session, address, shown) -> recordHostKey(shown));
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.start();
    }

    static SshTestClient withKey() {
        return new SshTestClient(key("Ed25519", 0));
    }

    static KeyPair key(String kind, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(kind);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the key as a line of authorized_keys. */
    String line() {
        return PublicKeyEntry.toString(key.getPublic());
    }

    /** Returns the fingerprint of the key that the server presented last. */
    String fingerprint() {
        return fingerprint;
    }

    ClientSession connect(Endpoint where, String name) throws IOException {
        return client.connect(name, where.host(), where.port()).verify(PATIENCE).getSession();
    }

    ClientSession login(Endpoint where) throws IOException {
        var session = connect(where, "root");
        session.addPublicKeyIdentity(key);
        session.auth().verify(PATIENCE);
        return session;
    }

    CommandResult run(Endpoint where, String command) throws IOException {
        try (var session = login(where)) {
            return run(session, command, new byte[0]);
        }
    }

    static CommandResult run(ClientSession session, String command, byte[] input) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var channel = session.createExecChannel(command)) {
            channel.setIn(new ByteArrayInputStream(input));
            channel.setOut(out);
            channel.setErr(out);
            channel.open().verify(PATIENCE);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            var code = Objects.requireNonNullElse(channel.getExitStatus(), -1);
            return new CommandResult(code, out.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        client.stop();
    }

    private boolean recordHostKey(PublicKey shown) {
        fingerprint = KeyUtils.getFingerPrint(shown);
        return true;
    }
}
