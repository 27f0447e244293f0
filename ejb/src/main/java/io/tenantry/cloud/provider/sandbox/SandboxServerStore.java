package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.sandbox.SandboxServer.AdditionalAddress;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** All servers of all accounts: read from their folder once, and written back one by one as they change. */
final class SandboxServerStore {
    private static final int ID_BYTES = 6;

    private final TextFileStore textFileStore;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, SandboxServer> machines;

    SandboxServerStore(TextFileStore textFileStore, Clock clock) {
        this.textFileStore = textFileStore;
        this.clock = clock;
        machines = textFileStore.read(SandboxServerCodec::read);
    }

    Instant now() {
        return clock.instant();
    }

    Clock clock() {
        return clock;
    }

    /** Returns the servers of all accounts. */
    synchronized List<SandboxServer> all() {
        dropGone();
        return new ArrayList<>(machines.values());
    }

    /** Returns the servers of one account, the oldest first. */
    List<SandboxServer> of(String account) {
        return all().stream()
                .filter(one -> one.account().equals(account))
                .sorted(Comparator.comparing(SandboxServer::createdAt).thenComparing(SandboxServer::id))
                .toList();
    }

    synchronized Optional<SandboxServer> find(String id) {
        dropGone();
        return Optional.ofNullable(machines.get(id));
    }

    Optional<SandboxServer> find(String account, String id) {
        return find(id).filter(one -> one.account().equals(account));
    }

    /** @throws ProviderFailure NOT_FOUND if it does not exist */
    SandboxServer need(String account, String id) {
        return find(account, id).orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no server " + id));
    }

    synchronized void add(SandboxServer sandboxServer) {
        keep(sandboxServer);
    }

    /** Changes a server atomically. */
    synchronized SandboxServer change(String account, String id, UnaryOperator<SandboxServer> how) {
        var changed = how.apply(need(account, id));
        keep(changed);
        return changed;
    }

    /** Returns a new random ID. */
    String newId(String prefix) {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }

    /** Returns an unused address of this machine's own network, derived from a server's ID or another text. */
    synchronized String newAddress(String id) {
        var taken = machines.values().stream()
                .flatMap(one -> Stream.concat(
                        Stream.of(one.accessData().address()),
                        one.additionalAddresses().stream().map(AdditionalAddress::address)))
                .toList();
        for (var attempt = 0; ; attempt++) {
            var hash = digest(id + attempt);
            var address = "127." + (16 + (hash[0] & 0x7f)) + "." + (hash[1] & 0xff) + "." + (1 + (hash[2] & 0x7f));
            if (!taken.contains(address)) {
                return address;
            }
        }
    }

    /** Returns the same seed for the same server, for its simulated values. */
    static long seed(String id) {
        return new BigInteger(digest(id)).longValue();
    }

    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void keep(SandboxServer sandboxServer) {
        textFileStore.put(sandboxServer.id(), SandboxServerCodec.write(sandboxServer));
        machines.put(sandboxServer.id(), sandboxServer);
    }

    private void dropGone() {
        var now = now();
        var gone = machines.values().stream().filter(one -> one.isGone(now)).toList();
        for (var one : gone) {
            machines.remove(one.id());
            textFileStore.remove(one.id());
        }
    }
}
