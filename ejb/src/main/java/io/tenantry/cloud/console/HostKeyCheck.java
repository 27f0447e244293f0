package io.tenantry.cloud.console;

import io.tenantry.kernel.ssh.SshKeyPair;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the host key of a server: any key if none is known, otherwise only the known one. */
final class HostKeyCheck {
    private final Optional<String> known;
    private volatile @Nullable String shown;

    /** @param known the fingerprint */
    HostKeyCheck(Optional<String> known) {
        this.known = known;
    }

    boolean accepts(PublicKey key) {
        var fingerprint = SshKeyPair.fingerprint(key);
        shown = fingerprint;
        return known.isEmpty() || known.get().equals(fingerprint);
    }

    /** Returns the known fingerprint, if any. */
    Optional<String> known() {
        return known;
    }

    /** Returns the fingerprint of the key that the server presented; empty if the server was not reached. */
    Optional<String> shown() {
        return Optional.ofNullable(shown);
    }

    /** Whether the presented key differs from the known one. */
    boolean isAnother() {
        return known.isPresent()
                && shown().filter(key -> !key.equals(known.get())).isPresent();
    }
}
