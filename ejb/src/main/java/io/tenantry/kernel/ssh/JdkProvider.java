package io.tenantry.kernel.ssh;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/** The JDK's provider of elliptic curves, through which SSHD finds {@link Ed25519}; SSHD finds everything else without it. */
final class JdkProvider extends AbstractSecurityProviderRegistrar {
    private static final String NAME = "SunEC";

    private final Ed25519 ed25519;

    JdkProvider(Ed25519 ed25519) {
        super(NAME);
        this.ed25519 = ed25519;
    }

    @Override
    public Provider getSecurityProvider() {
        return Security.getProvider(NAME);
    }

    @Override
    public boolean isSupported() {
        return Security.getProvider(NAME) != null;
    }

    @Override
    public boolean isSecurityEntitySupported(Class<?> kind, String name) {
        return false;
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
        return Optional.of(ed25519);
    }
}
