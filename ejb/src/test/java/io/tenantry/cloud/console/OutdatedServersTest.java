package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.ssh.SshKeyPair;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers with outdated encryption, or one in which truncation can be hidden (Terrapin). */
class OutdatedServersTest {
    /** A refusal is immediate: it does not take as long as a login may. */
    private static final Duration SOON = Duration.ofSeconds(8);

    private final KeyPair key = SshKeyPair.read(SshKeyPair.write(SshKeyPair.make()));
    private final SshClients clients = new SshClients();

    @AfterEach
    void tearDown() {
        clients.close();
    }

    /** A server, and its name in a test failure. */
    private record ServerVariant(String name, Consumer<SshServer> how) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<ServerVariant> outdated() {
        return Stream.of(
                new ServerVariant("only ChaCha20-Poly1305", ciphers(BuiltinCiphers.cc20p1305_openssh)),
                new ServerVariant("only CBC", ciphers(BuiltinCiphers.aes128cbc, BuiltinCiphers.aes256cbc)),
                new ServerVariant("CBC with encrypt-then-MAC", server -> {
                    ciphers(BuiltinCiphers.aes256cbc).accept(server);
                    server.setMacFactories(List.of(BuiltinMacs.hmacsha256etm));
                }),
                new ServerVariant("3DES", ciphers(BuiltinCiphers.fromFactoryName("3des-cbc"))),
                new ServerVariant("no encryption", ciphers(BuiltinCiphers.none)),
                new ServerVariant("SHA-1 MAC", server -> {
                    ciphers(BuiltinCiphers.aes256ctr).accept(server);
                    server.setMacFactories(List.of(BuiltinMacs.hmacsha1, BuiltinMacs.hmacsha1etm));
                }),
                new ServerVariant("host key signed with SHA-1", server -> {
                    server.setKeyPairProvider(KeyPairProvider.wrap(rsa()));
                    server.setSignatureFactories(List.of(BuiltinSignatures.rsa));
                }),
                new ServerVariant(
                        "Diffie-Hellman group 1",
                        server -> server.setKeyExchangeFactories(NamedFactory.setUpTransformedFactories(
                                true,
                                List.of(BuiltinDHFactories.fromFactoryName("diffie-hellman-group1-sha1")),
                                ServerBuilder.DH2KEX))));
    }

    @ParameterizedTest
    @MethodSource("outdated")
    void refusesOutdatedEncryptionBeforeSendingCredentials(ServerVariant variant) {
        try (var server = new EchoServer(SshKeyPair.make(), key, variant.how())) {
            var check = new HostKeyCheck(Optional.empty());
            var began = System.nanoTime();
            assertThatThrownBy(() -> clients.login(server.endpoint(), key, check))
                    .isInstanceOf(NoCommonCipherException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
            assertThat(check.shown()).isEmpty();
            assertThat(server.loginAttempts).isEmpty();
        }
    }

    @Test
    void usesTheOneSecureCipherOffered() throws IOException {
        var all = ciphers(BuiltinCiphers.cc20p1305_openssh, BuiltinCiphers.aes128cbc, BuiltinCiphers.aes128ctr);
        try (var server = new EchoServer(SshKeyPair.make(), key, all);
                var session = clients.login(server.endpoint(), key, new HostKeyCheck(Optional.empty()))) {
            assertThat(session.isAuthenticated()).isTrue();
        }
    }

    @Test
    void distinguishesOutdatedEncryptionFromOtherFailures() {
        var server = new EchoServer(SshKeyPair.make(), key);
        var known = new HostKeyCheck(Optional.of("SHA256:known"));
        assertThatThrownBy(() -> clients.login(server.endpoint(), key, known))
                .isNotInstanceOf(NoCommonCipherException.class);
        var endpoint = server.endpoint();
        server.close();
        assertThatThrownBy(() -> clients.login(endpoint, key, new HostKeyCheck(Optional.empty())))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoCommonCipherException.class);
    }

    private static KeyPair rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Consumer<SshServer> ciphers(BuiltinCiphers... some) {
        return server -> server.setCipherFactories(List.<NamedFactory<Cipher>>of(some));
    }
}
