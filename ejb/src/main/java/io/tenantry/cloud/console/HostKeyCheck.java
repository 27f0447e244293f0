package io.tenantry.cloud.console;

import io.tenantry.kernel.ssh.SshKeyPair;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at the key that a server shows: any, if none is known of it; else none but that one. */
final class HostKeyCheck {
    private final Optional<String> known;
    private volatile @Nullable String shown;

    /** @param known fingerprint */
    HostKeyCheck(Optional<String> known) {
        this.known = known;
    }

    boolean accepts(PublicKey key) {
        var fingerprint = SshKeyPair.fingerprint(key);
        shown = fingerprint;
        return known.isEmpty() || known.get().equals(fingerprint);
    }

    /** By which it is known, if it is. */
    Optional<String> known() {
        return known;
    }

    /** The fingerprint of what the server showed; empty if it was not reached. */
    Optional<String> shown() {
        return Optional.ofNullable(shown);
    }

    /** Whether it is another one than is known. */
    boolean isAnother() {
        return known.isPresent()
                && shown().filter(key -> !key.equals(known.get())).isPresent();
    }
}
